/**
 * One real request followed through the parts of a server, on both sides of a lab that stands on the same page. The
 * parts and what each is stand in the page before, and without, scripts.
 */
import { useComputed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { LabDefinition, SideName } from "../../lab-definition/schema.ts";
import type { Milliseconds } from "../../machine/machine.ts";
import { followStrings } from "../../strings/strings.ts";
import { formatTime } from "../basics/number-format.ts";
import { type BySide, sideNames } from "../basics/sides.ts";
import { labSession } from "../session/lab-registry.ts";
import type { LabSession } from "../session/lab-session.ts";
import type { ManualRequest, Stage } from "../side/manual-requests.ts";
import type { Block } from "../side/request-log.ts";
import {
  blockOf,
  type RequestStage,
  requestStages,
  type StageState,
  stageSpans,
  stageStates,
} from "../side/request-stages.ts";
import { Button } from "../view/ui/Button.tsx";
import { SideBadge } from "../view/ui/SideBadge.tsx";
import { useUniqueId } from "../view/ui/use-unique-id.ts";
import { useRequestLog } from "../view/workers/use-request-log.ts";
import "./follow.css";

const words = followStrings;
/** A bar that grows is drawn this often; with reduced motion, once a second. */
const drawnEvery: Milliseconds = 100;
const drawnCalmlyEvery: Milliseconds = 1000;
/** Bars are never on a shorter scale than this: what takes no time shows as nothing. */
const shortestScale: Milliseconds = 100;

/** What a page gives to it. */
export interface FollowProps {
  /** Name of the lab. */
  readonly lab: string;
  readonly sides: LabDefinition["sides"];
}

/** The newest request of a side, and where it is. */
interface Followed {
  readonly request?: ManualRequest;
  readonly stage?: Stage;
}

/** The parts, and what the newest request by hand of each side did in them. */
export function Follow({ lab, sides }: FollowProps) {
  // Scripts run from the first effect on: until then it is as the page was written.
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const session = useComputed(() => labSession(lab).value).value;
  if (alive && session !== undefined) return <FollowLive session={session} sides={sides} />;
  return (
    <section class="follow" aria-label={words.label}>
      <Parts sides={sides} />
    </section>
  );
}
export default Follow;

function FollowLive({ session, sides }: { session: LabSession; sides: LabDefinition["sides"] }) {
  useRequestLog(session.sides.development.requests);
  useRequestLog(session.sides.production.requests);
  const followed: BySide<Followed> = {
    development: newestOf(session, "development"),
    production: newestOf(session, "production"),
  };
  return (
    <section class="follow" aria-label={words.label}>
      <div class="follow-senders">
        {sideNames.map((side) => (
          <Sender key={side} session={session} name={side} followed={followed[side]} />
        ))}
      </div>
      <Bars session={session} followed={followed} />
      <Parts sides={sides} followed={followed} />
    </section>
  );
}

function newestOf(session: LabSession, side: SideName): Followed {
  const hand = session.manual[side];
  const request = hand.newest.value;
  return request === undefined ? {} : { request, stage: hand.stageOf(request) };
}

/** Starts what is needed, sends a request, and says in words where it is. */
function Sender({ session, name, followed }: { session: LabSession; name: SideName; followed: Followed }) {
  const side = session.sides[name];
  const { title } = side.definition;
  const listens = side.port.value !== undefined;
  const starting = !listens && (side.alive.value || session.machine.value.kind === "opening");
  const { request, stage } = followed;
  return (
    <div class={`follow-sender lab-of-${name}`}>
      <p class="follow-side">
        <SideBadge side={name} /> {title}
      </p>
      {listens || starting ? (
        <Button off={starting} onPress={() => session.sendManually(name)}>
          {starting ? words.starting : words.send(title)}
        </Button>
      ) : (
        <Button onPress={() => void session.startBoth()}>{words.start}</Button>
      )}
      <p class="follow-newest" role="status">
        {request === undefined || stage === undefined
          ? words.nothingYet
          : `${words.followed(request.number, request.path)}: ${hereInWords(stage)}`}
      </p>
    </div>
  );
}

/** Both requests' time on one scale: waiting for a worker, then with it. What they show is in the list, too. */
function Bars({ session, followed }: { session: LabSession; followed: BySide<Followed> }) {
  const { value: phase } = session.machine;
  const blocks = sideNames.map((side) => ({
    side,
    block: session.sides[side].requests.labelled(followed[side].request?.label ?? ""),
  }));
  const moving = blocks.some(({ block }) => block !== undefined && block.end === undefined);
  useRedraw(moving);
  const pattern = useUniqueId("follow-hatch");
  const now = phase.kind === "open" ? phase.machine.now() : 0;
  const drawn = blocks.flatMap(({ side, block }) =>
    block === undefined ? [] : [{ side, spans: stageSpans(block, now) }],
  );
  if (drawn.length === 0) return null;
  const length = Math.max(shortestScale, ...drawn.flatMap(({ spans }) => spans.map(({ to }) => to)));
  return (
    <div class="follow-bars" aria-hidden="true">
      {drawn.map(({ side, spans }) => (
        <svg
          key={side}
          class={`follow-bar lab-of-${side}`}
          viewBox="0 0 1000 14"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <defs>
            <pattern
              id={`${pattern}-${side}`}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect class="follow-soft" width="6" height="6" />
              <rect class="follow-line" width="2" height="6" />
            </pattern>
          </defs>
          {spans.map(({ kind, from, to }) => (
            <rect
              key={kind}
              x={(from / length) * 1000}
              width={((to - from) / length) * 1000}
              height="14"
              class={`follow-${kind}`}
              fill={kind === "waiting" ? `url(#${pattern}-${side})` : undefined}
            />
          ))}
        </svg>
      ))}
      <p class="follow-legend">
        <span>
          <i class="follow-key-waiting" /> {words.waiting}
        </span>
        <span>
          <i class="follow-key-working" /> {words.working}
        </span>
        <span>{words.scale(formatTime(length))}</span>
      </p>
    </div>
  );
}

/** The parts in their order; where a request was sent, when it came to each. */
function Parts({ sides, followed }: { sides: LabDefinition["sides"]; followed?: BySide<Followed> }) {
  const states = followed && {
    development: stageStates(followed.development.stage),
    production: stageStates(followed.production.stage),
  };
  return (
    <ol class="follow-parts">
      {requestStages.map((part) => (
        <li key={part} class="follow-part">
          <p>
            <strong>{words.parts[part].name}</strong> <span class="follow-about">{words.parts[part].about}</span>
          </p>
          {sideNames.map((side) => {
            const state: StageState = states?.[side][part] ?? { kind: "ahead" };
            return (
              <p key={side} class={`follow-moment lab-of-${side}`} data-state={state.kind}>
                <span class="follow-dot" aria-hidden="true" />
                <span>
                  {state.kind !== "ahead" && <span class="lab-hidden">{words.side(sides[side].title)}</span>}
                  {followed && momentInWords(part, state, followed[side].stage)}
                </span>
              </p>
            );
          })}
        </li>
      ))}
    </ol>
  );
}

function momentInWords(part: RequestStage, state: StageState, stage: Stage | undefined): string {
  switch (state.kind) {
    case "ahead":
      return "";
    case "unknown":
      return words.unknown;
    case "now":
      return words.now[part];
    case "failed":
      return words.failed(formatTime(state.at));
    case "passed":
      return passedInWords(part, state, stage);
  }
}

function passedInWords(
  part: RequestStage,
  { at, took }: Extract<StageState, { kind: "passed" }>,
  stage: Stage | undefined,
): string {
  const block = blockOf(stage);
  switch (part) {
    case "backlog":
      return words.waited(formatTime(took));
    case "accept":
      return block?.pid === undefined
        ? words.after(formatTime(at))
        : words.tookBy(words.after(formatTime(at)), words.worker(block.pid));
    case "handler":
      return handlerInWords(took, block);
    case "end":
      return stage?.kind === "over" && stage.exchange.kind === "answered"
        ? words.status(formatTime(at), stage.exchange.response.status)
        : words.after(formatTime(at));
    case "connect":
    case "first byte":
      return words.after(formatTime(at));
  }
}

/** The main thread of a process has the process's number: naming it says nothing. */
function handlerInWords(took: Milliseconds, block: Readonly<Block> | undefined): string {
  if (block?.tid === undefined || block.tid === block.pid) return formatTime(took);
  return words.tookBy(formatTime(took), words.thread(block.tid));
}

/** Where a request is, for those who don't see the list change. */
function hereInWords(stage: Stage): string {
  const states = stageStates(stage);
  const here = requestStages.find((part) => states[part].kind !== "passed") ?? "end";
  return `${words.parts[here].name}, ${momentInWords(here, states[here], stage)}`;
}

/** Renders again and again while something moves. */
function useRedraw(moving: boolean): void {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (!moving) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const timer = setInterval(() => redraw((count) => count + 1), calm ? drawnCalmlyEvery : drawnEvery);
    return () => clearInterval(timer);
  }, [moving]);
}
