import type { SideName } from "../../../lab-definition/schema.ts";
import type { HttpResponse, Milliseconds } from "../../../machine/machine.ts";
import { paneStrings } from "../../../strings/strings.ts";
import { formatCount, formatTime } from "../../basics/number-format.ts";
import type { LabSession } from "../../session/lab-session.ts";
import type { ManualExchange } from "../../side/manual-requests.ts";

const words = paneStrings.response;
const mostCharacters = 20_000;

/** The whole answer to the last request that the reader has sent by hand. */
export function ResponsePane({ session, name }: { session: LabSession; name: SideName }) {
  const newest = session.manual[name].newest.value;
  return (
    <div class="lab-response" role="status">
      <Answer exchange={newest?.exchange} />
    </div>
  );
}

function Answer({ exchange }: { exchange: ManualExchange | undefined }) {
  switch (exchange?.kind) {
    case undefined:
      return <p class="lab-pane-note">{words.hint}</p>;
    case "sending":
      return <p class="lab-pane-note">{words.sending}</p>;
    case "failed":
      return <p class="lab-pane-note lab-failed">{words.failed(exchange.message)}</p>;
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
