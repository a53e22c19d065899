import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { SideName } from "../../../lab-definition/schema.ts";
import { labStrings } from "../../../strings/strings.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { LazyView } from "../ui/LazyView.tsx";
import { useUniqueId } from "../ui/use-unique-id.ts";
import { FilePane } from "./FilePane.tsx";
import { ShellPane } from "./ShellPane.tsx";
import { Terminal } from "./Terminal.tsx";

interface Pane {
  readonly name: string;
  readonly content: (shown: boolean) => ComponentChildren;
  /** A terminal is in it, or will be. */
  readonly terminal?: true;
  /** The reader presses its tab, and wants to type in it. Passing by with the arrow keys is no press. */
  readonly onPress?: () => void;
}

const loadBrowser = async () => (await import("./BrowserPane.tsx")).BrowserPane;
const loadResponse = async () => (await import("./ResponsePane.tsx")).ResponsePane;

/** The panes of a side, one open at a time: its terminal, an answer of its server, the lab's files. */
export function Panes({ session, name }: { session: LabSession; name: SideName }) {
  const side = session.sides[name];
  const { beside } = side;
  const shellAsked = useSignal(false);
  /** A machine that is not there takes a while, and a download: that is asked with a button. */
  const openShell = async () => {
    const { kind } = side.shell.phase.value;
    if (session.machine.value.kind !== "open" || (kind !== "closed" && kind !== "failed")) return;
    shellAsked.value = true;
    await session.openShell(name).finally(() => {
      shellAsked.value = false;
    });
  };
  const panes: readonly Pane[] = [
    {
      name: labStrings.side.terminal,
      terminal: true,
      content: (shown) => <Terminal program={side} title={side.definition.title} shown={shown} />,
    },
    ...(session.definition.machine !== "node"
      ? [
          {
            name: labStrings.side.shell,
            terminal: true as const,
            content: (shown: boolean) => (
              <ShellPane session={session} name={name} shown={shown} asked={shellAsked.value} />
            ),
            onPress: () => void openShell(),
          },
        ]
      : []),
    ...(beside
      ? [
          {
            name: beside.definition.title,
            terminal: true as const,
            content: (shown: boolean) => <Terminal program={beside} title={beside.definition.title} shown={shown} />,
          },
        ]
      : []),
    {
      name: labStrings.side.browser,
      content: (shown) => <LazyView shown={shown} load={loadBrowser} of={{ session, name }} />,
    },
    {
      name: labStrings.side.response,
      content: (shown) => <LazyView shown={shown} load={loadResponse} of={{ session, name }} />,
    },
    // Who embeds the lab may leave its files out.
    ...(document.documentElement.dataset["labEditor"] === "off" || !session.filesInPanes
      ? []
      : session.files.value
    ).map(({ path }) => ({
      name: path,
      content: (shown: boolean) => <FilePane session={session} name={name} path={path} shown={shown} />,
    })),
  ];
  const open = useSignal(0);
  const large = useSignal(false);
  const whole = useRef<HTMLDivElement>(null);
  /**
   * In the top layer it has the whole window, and stays where it is in the page: a terminal or a frame that is moved
   * begins anew.
   */
  const enlarge = (wanted: boolean) => {
    const { current: element } = whole;
    if (element === null) return;
    if (wanted) {
      element.popover = "manual";
      element.showPopover();
    } else {
      element.hidePopover();
      element.popover = null;
    }
    large.value = wanted;
  };
  const tabs = useRef<HTMLDivElement>(null);
  const id = useUniqueId("lab-pane");
  const select = (index: number) => {
    open.value = (index + panes.length) % panes.length;
    tabs.current?.querySelectorAll<HTMLButtonElement>("[role=tab]").item(open.value).focus();
  };
  const typing = useRef(false);
  const press = (index: number) => {
    select(index);
    const { onPress } = panes[index] ?? {};
    typing.current = onPress !== undefined;
    onPress?.();
  };
  useEffect(() => {
    if (!typing.current) return;
    typing.current = false;
    // A screen that is not there yet takes the keyboard when it comes.
    whole.current?.querySelector<HTMLElement>("[role=tabpanel]:not([hidden]) textarea")?.focus();
  });
  const moves: Readonly<Record<string, () => number>> = {
    ArrowRight: () => open.value + 1,
    ArrowLeft: () => open.value - 1,
    Home: () => 0,
    End: () => panes.length - 1,
  };
  return (
    <div class="lab-panes" ref={whole} data-large={large.value}>
      <div class="lab-panes-head">
        <div class="lab-tabs" role="tablist" aria-label={labStrings.side.panes(side.definition.title)} ref={tabs}>
          {panes.map((pane, index) => (
            <button
              key={pane.name}
              type="button"
              role="tab"
              class="lab-tab"
              id={`${id}-tab-${index}`}
              aria-controls={`${id}-${index}`}
              aria-selected={index === open.value}
              tabIndex={index === open.value ? 0 : -1}
              onClick={() => press(index)}
              onKeyDown={(event) => {
                const move = moves[event.key];
                if (move === undefined) return;
                event.preventDefault();
                select(move());
              }}
            >
              {pane.name}
              {session.mistakes.value.has(pane.name) && (
                <span class="lab-tab-mistake">
                  <span aria-hidden="true">!</span>
                  <span class="lab-hidden">{labStrings.file.hasMistake}</span>
                </span>
              )}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="lab-button lab-button-small lab-button-quiet lab-enlarge"
          aria-pressed={large.value}
          aria-label={labStrings.side.enlargeNamed(side.definition.title)}
          title={large.value ? labStrings.side.shrink : labStrings.side.enlarge}
          onClick={() => enlarge(!large.value)}
        >
          <span aria-hidden="true">{large.value ? "⤡" : "⤢"}</span>
        </button>
      </div>
      {panes.map((pane, index) => (
        <div
          key={pane.name}
          class="lab-pane"
          role="tabpanel"
          id={`${id}-${index}`}
          aria-labelledby={`${id}-tab-${index}`}
          hidden={index !== open.value}
          data-terminal={pane.terminal}
        >
          {pane.content(index === open.value)}
        </div>
      ))}
    </div>
  );
}
