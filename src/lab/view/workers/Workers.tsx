/** A side's workers, each with its lane, and the requests that wait for one. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { SideName } from "../../../lab-definition/schema.ts";
import type { ProcessInfo } from "../../../machine/machine.ts";
import { labStrings } from "../../../strings/strings.ts";
import { formatCount, formatFigure, formatMemory } from "../../basics/number-format.ts";
import { sideNames } from "../../basics/sides.ts";
import { parseCommand } from "../../command/parse-command-line.ts";
import { programOf } from "../../command/program-of-process.ts";
import { expectedWorkers, type Workforce } from "../../command/workforce.ts";
import { mostWaiting } from "../../runs/load-plan.ts";
import type { ReplayedLanes } from "../../runs/load-test.ts";
import type { LabSession } from "../../session/lab-session.ts";
import type { RequestLog } from "../../side/request-log.ts";
import type { SideSession } from "../../side/side-session.ts";
import type { WorkerSlot } from "../../side/worker-slots.ts";
import { LazyView } from "../ui/LazyView.tsx";
import { prefersReducedMotion } from "../ui/theme.ts";
import { useLazyCode } from "../ui/use-lazy-code.ts";
import { useThrottledSignal } from "../ui/use-throttled-signal.ts";
import { useUniqueId } from "../ui/use-unique-id.ts";
import { Lane } from "./Lane.tsx";
import { paintLane, paintMarkWords, paintQueue } from "./lane-painter.ts";
import { type LaneFrame, SideLanes } from "./side-lanes.ts";

const words = labStrings.workers;
const loadFlow = async () => (await import("./request-flow.ts")).paintFlow;
const loadManualRequests = async () => (await import("./ManualRequestList.tsx")).ManualRequestList;
/** Rows thinner than this cannot be told apart. */
const thinnestRow = 3;
const mostEmptyLanes = 8;

interface WorkersProps {
  readonly session: LabSession;
  readonly name: SideName;
}

/** The list of workers with their lanes, the queue below, and the scale of time. */
export function Workers({ session, name }: WorkersProps) {
  const side = session.sides[name];
  const picture = pictureOf(session, name);
  const slots = useThrottledSignal(picture.slots, shapeOfSlots);
  const lanes = useLanes(session, name, picture);
  const list = useRef<HTMLUListElement>(null);
  const labelId = useUniqueId("lab-workers");
  const canKill = picture === side && session.definition.controls.includes("kill") && session.parts.shows("faults");
  const behind = side.requests.behindProxyOn(side.port.value);
  const proxied = slots.some(({ process: { pid } }) => behind.has(pid));
  const busy = useInHand(picture.requests);
  const streams = useOpenStreams(session, picture.requests);
  const left = useCalmly(picture.requests, leftBehind);
  const answered = useCounts(picture.requests, answeredByPid);
  // What a run is measured by has no warm-up in it: neither has what stands beside the lanes.
  const inRun = picture === side && reportsRequests(session) && session.load.windows[name].value.kind === "run";
  const isByHand = session.manual[name].newest.value !== undefined;
  useFocusKept(list, slots);
  return (
    <div class="lab-workers" style={{ "--lanes": expectedLanes(side) }}>
      <div class="lab-workers-head">
        <h4 class="lab-workers-label" id={labelId}>
          {words.label}
        </h4>
        <Memory session={session} name={name} />
        <Mains session={session} name={name} />
      </div>
      {reportsRequests(session) && !prefersReducedMotion() && <Flow lanes={lanes} slots={slots} />}
      <ul class="lab-worker-list" data-empty={slots.length === 0} aria-labelledby={labelId} ref={list} tabIndex={-1}>
        {slots.map((slot) => (
          <Worker
            key={slot.key}
            slot={slot}
            inHand={busy.has(slot.process.pid)}
            requests={
              inRun
                ? words.requestsInRun(formatCount(answered.get(slot.process.pid) ?? 0))
                : requestsInWords(slot, session.load.shownPlan.value !== undefined)
            }
            streams={streams.get(slot.process.pid) ?? 0}
            proxy={proxied && !behind.has(slot.process.pid) && slot.process.requests > 0}
            lanes={lanes}
            paint={(context, frame) => paintSlot(context, frame, slot, picture.requests)}
            onKill={canKill ? (pid) => void session.kill(name, pid) : undefined}
          />
        ))}
      </ul>
      {slots.length === 0 && <EmptyLanes side={side} />}
      {reportsRequests(session) ? (
        <>
          <Queue session={session} requests={picture.requests} lanes={lanes} />
          <LazyView shown={isByHand} load={loadManualRequests} of={{ session, name, lanes }} />
          <TimeScale session={session} name={name} lanes={lanes} />
        </>
      ) : (
        <>
          <p class="lab-no-lanes">{words.noLanes}</p>
          <LazyView shown={isByHand} load={loadManualRequests} of={{ session, name, lanes }} />
        </>
      )}
      <Legend streams={streams.size > 0} left={left} />
    </div>
  );
}

/** Requests on their way, as dots. Who wants little motion sees none: the lanes below say the same. */
function Flow({ lanes, slots }: { lanes: SideLanes; slots: readonly WorkerSlot[] }) {
  const pids = slots.filter(({ ended }) => ended === undefined).map(({ process }) => process.pid);
  const { code: paintFlow, load } = useLazyCode(loadFlow);
  const anybody = pids.length > 0;
  // No request is on its way before there is a worker. Without the dots the lanes below say the same.
  useEffect(() => {
    if (anybody) void load();
  }, [anybody, load]);
  return (
    <div class="lab-flow" aria-hidden="true">
      <Lane
        lanes={lanes}
        bare
        paint={(context, { blocks, clock, ink, scale: { width, height } }) =>
          paintFlow.value?.(context, { width, height, now: clock, blocks, pids, perDot: words.perDot }, ink)
        }
      />
      {words.flow.map((stop) => (
        <span key={stop}>{stop}</span>
      ))}
    </div>
  );
}

/** A closed machine is taken for one that does. */
function reportsRequests(session: LabSession): boolean {
  const { value: phase } = session.machine;
  return phase.kind !== "open" || phase.machine.capabilities.requestEvents;
}

const shapeOfSlots = (slots: readonly WorkerSlot[]) =>
  slots
    .map(({ key, process: { pid, state }, ended }) => {
      const busy = state === "running" || state === "waiting";
      return `${key} ${pid} ${ended !== undefined} ${busy ? "" : state}`;
    })
    .join();

interface WorkerProps {
  readonly slot: WorkerSlot;
  /** It has passed requests on to others. */
  readonly proxy: boolean;
  /** It has a request. */
  readonly inHand: boolean;
  /** How many responses it sends part by part. */
  readonly streams: number;
  /** How many requests it has answered, and since when. */
  readonly requests: string;
  readonly lanes: SideLanes;
  readonly paint: (context: CanvasRenderingContext2D, frame: LaneFrame) => void;
  readonly onKill: ((pid: number) => void) | undefined;
}

function Worker({ slot: { process, ended }, proxy, inHand, streams, requests, lanes, paint, onKill }: WorkerProps) {
  const { pid, state, title } = process;
  const gone = ended !== undefined;
  const says = state === "waiting" && inHand ? words.waitsInHandler : words.states[state];
  return (
    <li class="lab-worker" data-state={gone ? "ended" : state}>
      <span class="lab-worker-who" title={title}>
        <span class="lab-worker-pid">{pid}</span>
        <span class="lab-worker-program">{programOf(title)}</span>
      </span>
      <Lane lanes={lanes} paint={paint} />
      <span class="lab-worker-state" title={says === words.waitsInHandler ? words.waitsInHandlerMeaning : undefined}>
        {gone ? words.ended : proxy ? words.proxy : streams > 0 ? words.streams(streams) : says}
      </span>
      <span class="lab-worker-requests">{requests}</span>
      {onKill && (
        <button
          type="button"
          class="lab-button lab-button-small"
          aria-label={words.killNamed(pid)}
          aria-disabled={gone}
          onClick={() => {
            if (!gone) onKill(pid);
          }}
        >
          {words.kill}
        </button>
      )}
    </li>
  );
}

/** All that it has answered. Once there was a run, and a warm-up before it, that has to be said. */
function requestsInWords({ process: { requests } }: WorkerSlot, wereRuns: boolean): string {
  const count = formatCount(requests);
  return wereRuns ? words.requestsInAll(count) : words.requests(count, requests === 1);
}

/** The process that looks after the workers, where there is one. */
function Mains({ session, name }: WorkersProps) {
  const { mains } = useThrottledSignal(session.sides[name].workforce, shapeOfMains);
  const canKill = session.definition.controls.includes("kill") && session.parts.shows("faults");
  return (
    <>
      {mains.map((process) => (
        <p class="lab-main" key={process.pid} title={process.title}>
          {words.main(process.pid)}
          {canKill && (
            <button
              type="button"
              class="lab-button lab-button-small"
              aria-label={words.killMainNamed(process.pid)}
              onClick={() => void session.kill(name, process.pid)}
            >
              {words.kill}
            </button>
          )}
        </p>
      ))}
    </>
  );
}

/** What the side's processes have taken together, where the lab asks for it or a fault makes it grow. */
function Memory({ session, name }: WorkersProps) {
  const memory = useThrottledSignal(session.sides[name].memory, () => "");
  const { definition } = session;
  const shown = definition.memory ?? definition.controls.includes("leak");
  if (memory === undefined || !shown) return null;
  return <p class="lab-memory">{labStrings.faults.memory(formatMemory(memory))}</p>;
}

const shapeOfMains = ({ mains }: Workforce) => mains.map(({ pid }: ProcessInfo) => pid).join();

interface QueueProps {
  readonly session: LabSession;
  readonly requests: RequestLog;
  readonly lanes: SideLanes;
}

function Queue({ session, requests, lanes }: QueueProps) {
  const waiting = useWaiting(requests);
  const { value: plan } = session.load.plan;
  const most = plan === undefined ? 1 : mostWaiting(plan);
  return (
    <div class="lab-queue">
      <span class="lab-queue-label">{words.queue}</span>
      <Lane lanes={lanes} paint={(context, { scale, ink, blocks }) => paintQueue(context, scale, ink, blocks, most)} />
      <span class="lab-queue-count">{words.waiting(waiting)}</span>
    </div>
  );
}

/** What the marks in the lanes mean; where there are streams, or work that nobody waits for, also theirs. */
function Legend({ streams, left }: { streams: boolean; left: boolean }) {
  const marks = [
    ["answered", words.legendWorking],
    ["waiting", words.legendWaiting],
    ["failed", words.legendFailed],
    ...(streams ? [["stream", words.legendStream]] : []),
    ...(left ? [["left", words.legendLeft]] : []),
  ] as const;
  return (
    <p class="lab-legend" aria-hidden="true">
      {marks.map(([mark, word]) => (
        <span key={mark}>
          <i class={`lab-legend-${mark}`} /> {word}
        </span>
      ))}
    </p>
  );
}

/** As many empty lanes as the command line promises workers. */
function EmptyLanes({ side }: { side: SideSession }) {
  const numbers = Array.from({ length: expectedLanes(side) }, (_, number) => number);
  return (
    <div class="lab-empty-lanes">
      <p class="lab-hidden">{words.none}</p>
      {numbers.map((number) => (
        <span key={number} class="lab-lane" />
      ))}
    </div>
  );
}

/** How many workers the command line promises, as far as there are empty lanes for them. */
function expectedLanes(side: SideSession): number {
  const parsed = parseCommand(side.line.text.value);
  return Math.min((parsed.ok && expectedWorkers(parsed.command.argv)) || 1, mostEmptyLanes);
}

/** How many wait, at most four times a second. */
function useWaiting(requests: RequestLog): number {
  return useCalmly(requests, waitingNow);
}

/** The processes that have a request, at most four times a second. */
function useInHand(requests: RequestLog): ReadonlySet<number> {
  const pids = useCalmly(requests, pidsInHand);
  return useMemo(() => {
    const known: readonly number[] = JSON.parse(pids);
    return new Set(known);
  }, [pids]);
}

/** How many streams each process has open. */
function useOpenStreams({ machine }: LabSession, requests: RequestLog): ReadonlyMap<number, number> {
  const read = useMemo(
    () => (log: RequestLog) =>
      JSON.stringify(machine.value.kind === "open" ? [...log.openStreams(machine.value.machine.now())] : []),
    [machine],
  );
  return useCounts(requests, read);
}

/** A number for each process, at most four times a second. */
function useCounts(requests: RequestLog, read: (requests: RequestLog) => string): ReadonlyMap<number, number> {
  const counts = useCalmly(requests, read);
  return useMemo(() => {
    const pairs: readonly [number, number][] = JSON.parse(counts);
    return new Map(pairs);
  }, [counts]);
}

const leftBehind = (requests: RequestLog) => requests.leftBehind();
const waitingNow = (requests: RequestLog) => requests.waitingNow();
const answeredByPid = (requests: RequestLog) => JSON.stringify([...requests.answered()]);
const pidsInHand = (requests: RequestLog) => JSON.stringify([...requests.inHand().keys()].sort());

/** What is read from the log, at most four times a second: in between, requests come and go too fast to be said. */
function useCalmly<T extends string | number | boolean>(requests: RequestLog, read: (requests: RequestLog) => T): T {
  const [value, show] = useState(() => read(requests));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = requests.onChange(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        show(read(requests));
      }, 250);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [requests, read]);
  return value;
}

function TimeScale({ session, name, lanes }: WorkersProps & { lanes: SideLanes }) {
  const replayed = replayedOf(session, name);
  const inRun = replayed !== undefined || session.load.windows[name].value.kind === "run";
  const seconds = formatFigure((replayed?.length ?? session.load.laneLength.value) / 1000);
  const ends = inRun
    ? ([words.seconds("0"), words.seconds(seconds)] as const)
    : ([words.ago(seconds), words.now] as const);
  return (
    <div class="lab-time" aria-hidden="true">
      <Lane
        lanes={lanes}
        paint={(context, { scale, ink, marks }) => paintMarkWords(context, scale, ink, marks, ends)}
        bare
      />
      <span>{ends[0]}</span>
      <span>{ends[1]}</span>
    </div>
  );
}

function paintSlot(context: CanvasRenderingContext2D, frame: LaneFrame, slot: WorkerSlot, requests: RequestLog): void {
  const { pid } = slot.process;
  const endings = slot.ended === undefined ? slot.before : [...slot.before, { pid, ended: slot.ended }];
  // A worker that has taken another's place begins with an empty lane: only where the other one ended is still marked.
  const blocks = frame.blocks.filter((block) => block.pid === pid);
  const wanted = Math.max(requests.rowsOf(pid), 1 + Math.max(0, ...blocks.map(({ row }) => row)));
  const rows = Math.min(wanted, Math.floor(frame.scale.height / thinnestRow));
  paintLane(context, frame.scale, frame.ink, blocks, rows, endings);
}

/** What lanes are drawn from: a side's own requests and workers, or a recorded run's. */
type Picture = Pick<ReplayedLanes, "requests" | "slots">;

function pictureOf(session: LabSession, name: SideName): Picture {
  // Servers that live are never hidden by others.
  return replayedOf(session, name) ?? session.sides[name];
}

function replayedOf(session: LabSession, name: SideName): ReplayedLanes | undefined {
  return session.someAlive.value ? undefined : session.load.replayed.value?.[name];
}

function useLanes(session: LabSession, name: SideName, { requests, slots }: Picture): SideLanes {
  const lanes = useMemo(() => {
    const { load } = session;
    const replayed = () => (session.someAlive.peek() ? undefined : load.replayed.peek()?.[name]);
    return new SideLanes({
      requests,
      window: () => (replayed() ? { kind: "run", from: 0 } : load.windows[name].peek()),
      length: () => replayed()?.length ?? load.laneLength.peek(),
      marks: () => (replayed() ? [] : session.faults[name].marks.peek()),
      now: () => {
        const phase = session.machine.peek();
        return replayed()?.now() ?? (phase.kind === "open" ? phase.machine.now() : undefined);
      },
      starting: () => sideNames.some((each) => session.sides[each].phase.peek().kind === "starting"),
      rounded: name === "development",
    });
  }, [session, name, requests]);
  useEffect(() => () => lanes.dispose(), [lanes]);
  useSignalEffect(() => {
    session.load.windows[name].value;
    session.load.laneLength.value;
    slots.value;
    session.faults[name].marks.value;
    lanes.wake();
  });
  return lanes;
}

/** When the row that had the focus goes away, the list takes it. */
function useFocusKept(list: { readonly current: HTMLUListElement | null }, slots: readonly WorkerSlot[]): void {
  const had = useRef(false);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const note = () => {
      had.current = element.contains(document.activeElement);
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, [list]);
  useEffect(() => {
    if (had.current && document.activeElement === document.body) list.current?.focus();
  }, [slots]);
}
