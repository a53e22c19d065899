import { useSignal } from "@preact/signals";
import type { SideName } from "../lab-definition/schema.ts";
import type { HttpResponse, Milliseconds } from "../machine/machine.ts";
import { Button } from "./Button.tsx";
import type { LabSession } from "./lab-session.ts";
import { formatCount, formatTime } from "./number-format.ts";
import { messageOf } from "./side-session.ts";
import { labStrings } from "./strings.ts";

type Exchange =
  | { readonly kind: "none" }
  | { readonly kind: "sending" }
  | { readonly kind: "answered"; readonly response: HttpResponse; readonly took: Milliseconds }
  | { readonly kind: "failed"; readonly message: string };

const words = labStrings.response;
const mostCharacters = 20_000;

/** Asks a side's server once and shows the whole answer. */
export function ResponsePane({ session, name }: { session: LabSession; name: SideName }) {
  const side = session.sides[name];
  const path = useSignal("/");
  const exchange = useSignal<Exchange>({ kind: "none" });
  const send = async () => {
    if (exchange.value.kind === "sending") return;
    if (!path.value.startsWith("/")) {
      exchange.value = { kind: "failed", message: words.badPath };
      return;
    }
    if (side.port.value === undefined) {
      exchange.value = { kind: "failed", message: words.notRunning(side.definition.title) };
      return;
    }
    session.load.askedByHand(name);
    exchange.value = { kind: "sending" };
    const sent = performance.now();
    try {
      const response = await side.ask(path.value);
      exchange.value = { kind: "answered", response, took: performance.now() - sent };
    } catch (error) {
      exchange.value = { kind: "failed", message: words.failed(messageOf(error)) };
    }
  };
  return (
    <div class="lab-response">
      <form
        class="lab-request"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <span class="lab-prompt" aria-hidden="true">
          GET
        </span>
        <input
          class="lab-command-text"
          aria-label={words.path}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          value={path.value}
          onInput={({ currentTarget }) => {
            path.value = currentTarget.value;
          }}
        />
        <Button onPress={() => void send()}>{words.send}</Button>
      </form>
      <div role="status">
        <Answer exchange={exchange.value} />
      </div>
    </div>
  );
}

function Answer({ exchange }: { exchange: Exchange }) {
  switch (exchange.kind) {
    case "none":
      return <p class="lab-pane-note">{words.hint}</p>;
    case "sending":
      return <p class="lab-pane-note">{words.sending}</p>;
    case "failed":
      return <p class="lab-pane-note lab-failed">{exchange.message}</p>;
    case "answered":
      return <Answered response={exchange.response} took={exchange.took} />;
  }
}

function Answered({ response, took }: { response: HttpResponse; took: Milliseconds }) {
  const { version, status, reason, headers, body } = response;
  return (
    <>
      <p class="lab-answer-status">
        <strong class={status >= 400 ? "lab-failed" : undefined}>
          {version} {status} {reason}
        </strong>
        <span>{words.took(formatTime(took))}</span>
      </p>
      <p class="lab-answer-part">{words.headers}</p>
      <pre class="lab-answer">{headers.map(([header, value]) => `${header}: ${value}`).join("\n")}</pre>
      <Body body={body} />
    </>
  );
}

function Body({ body }: { body: Uint8Array }) {
  const text = asText(body);
  if (body.length === 0) return <p class="lab-pane-note">{words.emptyBody}</p>;
  if (text === undefined) return <p class="lab-pane-note">{words.binaryBody(formatCount(body.length))}</p>;
  return (
    <>
      <p class="lab-answer-part">{words.body}</p>
      <pre class="lab-answer">{text.slice(0, mostCharacters)}</pre>
      {text.length > mostCharacters && <p class="lab-pane-note">{words.cut(formatCount(mostCharacters))}</p>}
    </>
  );
}

function asText(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
