import { useCallback, useLayoutEffect, useRef } from "preact/hooks";
import type { SideName } from "../../../lab-definition/schema.ts";
import { siteRoot } from "../../../site-root.ts";
import { paneStrings } from "../../../strings/strings.ts";
import type { BrowserSession } from "../../browser/browser-session.ts";
import type { BrowserProblem } from "../../browser/browser-view.ts";
import {
  frameReady,
  isPageLeft,
  type PageNote,
  pageFloods,
  pageReady,
  type ShownPage,
} from "../../browser/page-service.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { Button } from "../ui/Button.tsx";
import { useGuardedKeyboard } from "./guarded-keyboard.ts";

const words = paneStrings.browser;

/** A browser on a side's computer: its server's pages, with their links, forms and scripts. */
export function BrowserPane({ session, name }: { session: LabSession; name: SideName }) {
  const side = session.sides[name];
  const { browser } = side;
  const { title } = side.definition;
  const { value: view } = browser.view;
  const go = () => void browser.go(browser.address.value);
  return (
    <div class="lab-browser">
      <form
        class="lab-request"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <Button name={words.back} off={!browser.canGoBack.value} onPress={() => browser.travel(-1)}>
          ←
        </Button>
        <Button name={words.forward} off={!browser.canGoForward.value} onPress={() => browser.travel(1)}>
          →
        </Button>
        <Button name={words.reload} onPress={() => void browser.reload()}>
          ↻
        </Button>
        <input
          class="lab-command-text"
          aria-label={words.address}
          placeholder={browser.home() || words.address}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          value={browser.address.value}
          onInput={({ currentTarget }) => {
            browser.address.value = currentTarget.value;
          }}
        />
        <Button onPress={go}>{words.go}</Button>
      </form>
      <div role="status" class="lab-browser-state">
        {browser.loading.value && <p class="lab-pane-note">{words.loading}</p>}
        {!browser.loading.value && view.kind === "empty" && <p class="lab-pane-note">{words.hint}</p>}
        {!browser.loading.value && view.kind === "failed" && (
          <p class="lab-pane-note lab-failed">{explain(view.problem, title)}</p>
        )}
        {browser.notes.value.length > 0 && (
          <div class="lab-browser-notes">
            <ul>
              {browser.notes.value.map((note) => (
                <li>{noteText(note)}</li>
              ))}
            </ul>
            <Button onPress={() => browser.dismissNotes()}>{words.dismissNotes}</Button>
          </div>
        )}
      </div>
      {view.kind === "page" && (
        <PageFrame key={numberOf(view.page)} browser={browser} page={view.page} title={words.page(title)} />
      )}
    </div>
  );
}

/** Messages that a page may send past its line before it is closed. */
const mostPast = 20;

/**
 * The frame that a page is shown in. See `browser/frame.html`. The page itself stands in a sandboxed frame within; this
 * one is not, because a service worker answers for no sandboxed frame, and without a network nothing else could.
 *
 * Each page has a frame of its own, and one line to the lab: the first that its frame brings. What comes besides is not
 * taken.
 */
function PageFrame({ browser, page, title }: { browser: BrowserSession; page: ShownPage; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);

  // At once: the frame may be there before an effect would run.
  useLayoutEffect(() => {
    let line: { close(): void } | undefined;
    let connected = false;
    const stop = () => browser.stopPage(page);
    let past = 0;
    const listen = ({ source, data, ports: [port] }: MessageEvent<unknown>) => {
      const window = frame.current?.contentWindow;
      // The page itself has nothing to say here.
      if (source !== null && source === window?.[0] && ++past > mostPast) stop();
      if (source === null || source !== window) return;
      if (data === frameReady) window.postMessage(page, location.origin);
      else if (data === pageFloods) stop();
      else if (isPageLeft(data)) browser.left(page, data.left);
      else if (data === pageReady && port !== undefined && !connected) {
        connected = true;
        // Not loaded before a click: it came with the machine, whose servers have sent the page.
        void import("../../browser/page-line.ts").then(({ openPageLine }) => {
          line = openPageLine(port, browser.serviceFor(page), stop);
        });
      }
    };
    addEventListener("message", listen);
    return () => {
      removeEventListener("message", listen);
      line?.close();
    };
  }, [browser, page]);
  useGuardedKeyboard(
    frame,
    useCallback(() => browser.stopPage(page), [browser, page]),
  );

  return (
    <iframe class="lab-browser-page" title={title} src={new URL("machine/browser.html", siteRoot()).href} ref={frame} />
  );
}

const numbers = new WeakMap<ShownPage, number>();
let lastNumber = 0;

/** A number for each page: a page that is shown again after another begins anew. */
function numberOf(page: ShownPage): number {
  const known = numbers.get(page) ?? ++lastNumber;
  numbers.set(page, known);
  return known;
}

function explain(problem: BrowserProblem, title: string): string {
  switch (problem.kind) {
    case "address":
      return problem.address === "" ? words.notRunning(title) : words.badAddress(problem.address);
    case "outside":
      return words.outside(problem.url);
    case "left":
      return words.left(problem.url);
    case "stopped":
      return words.stopped(problem.url);
    case "redirects":
      return words.redirects;
    case "no-answer":
      return words.noAnswer(problem.url, problem.message);
  }
}

function noteText(note: PageNote): string {
  switch (note.kind) {
    case "alert":
      return words.alert(note.text);
    case "question":
      return words.question(note.name, note.text);
    case "missing":
      return words.missing(note.what, note.url);
  }
}
