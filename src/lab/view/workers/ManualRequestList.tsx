/** What became of the reader's own requests. Loaded with the first of them. */
import type { SideName } from "../../../lab-definition/schema.ts";
import type { HttpResponse } from "../../../machine/machine.ts";
import { labStrings } from "../../../strings/strings.ts";
import { formatTime } from "../../basics/number-format.ts";
import type { LabSession } from "../../session/lab-session.ts";
import type { ManualRequest, ManualRequests, Stage } from "../../side/manual-requests.ts";
import type { Block, RequestLog } from "../../side/request-log.ts";
import { Lane } from "./Lane.tsx";
import { paintRequestLifetime } from "./lane-painter.ts";
import type { SideLanes } from "./side-lanes.ts";
import { useRequestLog } from "./use-request-log.ts";

const words = labStrings.manual;

interface ManualRequestListProps {
  readonly session: LabSession;
  readonly name: SideName;
  readonly lanes: SideLanes;
}

/** What became of the requests by hand: a row each, its life drawn on the scale of the lanes above. */
export function ManualRequestList({ session, name, lanes }: ManualRequestListProps) {
  const hand = session.manual[name];
  const { requests, definition, slots } = session.sides[name];
  useRequestLog(requests);
  // There is room for one of the two: the thread where there is one worker.
  const who = slots.value.length > 1 ? workerOf : threadOf;
  const newest = hand.newest.value;
  if (newest === undefined) return null;
  return (
    <>
      <ul class="lab-hand-list" aria-label={words.list(definition.title)}>
        {hand.requests.value.map((request) => (
          <HandRow key={request.label} hand={hand} request={request} lanes={lanes} requests={requests} who={who} />
        ))}
      </ul>
      <p class="lab-hidden" role="status">
        {words.named(newest.number, newest.path, stageInWords(hand.stageOf(newest), wholeWay))}
      </p>
    </>
  );
}

function HandRow({
  hand,
  request,
  lanes,
  requests,
  who,
}: {
  hand: ManualRequests;
  request: ManualRequest;
  lanes: SideLanes;
  requests: RequestLog;
  who: (block: Readonly<Block>) => string;
}) {
  const stage = hand.stageOf(request);
  const failed = stage.kind === "over" && (stage.exchange.kind === "failed" || stage.exchange.response.status >= 400);
  return (
    <li class="lab-hand-row" data-failed={failed}>
      <span class="lab-hand-number">{words.number(request.number)}</span>
      <Lane
        lanes={lanes}
        paint={(context, { scale, ink }) => {
          const block = requests.labelled(request.label);
          if (block !== undefined) paintRequestLifetime(context, scale, ink, block);
        }}
      />
      <span class="lab-hand-stage" title={stageInWords(stage, wholeWay)}>
        {stageInWords(stage, who)}
      </span>
      {stage.kind === "over" && stage.exchange.kind === "answered" && <Body response={stage.exchange.response} />}
    </li>
  );
}

/** Longer answers, and those for browsers, are looked at in the response pane. */
const longestBody = 120;

/** What a short answer in plain words says, in one line. */
function Body({ response: { headers, body } }: { response: HttpResponse }) {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (body.length === 0 || body.length > longestBody || !/^text\/|json/.test(type)) return null;
  const line = new TextDecoder().decode(body).trim();
  return /[<\n]/.test(line) ? null : <span class="lab-hand-body">{line}</span>;
}

function stageInWords(stage: Stage, who: (block: Readonly<Block>) => string): string {
  switch (stage.kind) {
    case "sent":
      return words.sent;
    case "in the backlog":
      return words.inBacklog;
    case "taken":
      return words.taken(who(stage.block));
    case "answering":
      return words.answering(who(stage.block));
    case "over": {
      const { exchange, block } = stage;
      const time = formatTime(exchange.took);
      const outcome = exchange.kind === "failed" ? words.failed(time) : words.answered(exchange.response.status, time);
      return block?.pid === undefined ? outcome : `${outcome}, ${who(block)}`;
    }
  }
}

function workerOf({ pid = 0 }: Readonly<Block>): string {
  return words.worker(pid);
}

/** Which thread answers is known once it does; a worker's only one is the worker. */
function threadOf(block: Readonly<Block>): string {
  const { pid, tid } = block;
  return tid === undefined || tid === pid ? workerOf(block) : words.thread(tid);
}

/** Who had it, and how long it waited for that. */
function wholeWay(block: Readonly<Block>): string {
  const { pid, tid, queued, accepted = queued } = block;
  const thread = tid === undefined || tid === pid ? [] : [words.thread(tid)];
  return [workerOf(block), ...thread, words.waited(formatTime(accepted - queued))].join(", ");
}
