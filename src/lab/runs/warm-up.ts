/**
 * Warms a side's server before it is asked for figures: it is asked for a page until no worker gets quicker any more
 * (`load/warm-rule.ts`). What is asked here is in no figure of a run.
 *
 * Being warm belongs to a process: one that was started anew, or has taken another's place, is cold again.
 */
import type { PlanDefinition } from "../../lab-definition/schema.ts";
import type { LoadPlan, LoadTick, PlannedRequest } from "../../load/plan.ts";
import { isWarm } from "../../load/warm-rule.ts";
import type {
  Host,
  LoadRun,
  Machine,
  Milliseconds,
  Pid,
  Port,
  ProcessInfo,
  RequestEvent,
} from "../../machine/machine.ts";
import type { SideSession } from "../side/side-session.ts";
import { loadPlanOf } from "./load-plan.ts";
import type { WarmUp } from "./run-outcome.ts";

/** No reader waits for longer than this, whether the server is warm by then or not. */
const longest: Milliseconds = 8000;
/**
 * It is asked for this long at a time: requests then end by themselves, and no server writes to somebody who has left.
 */
const batch: Milliseconds = 500;
/** Who does not answer in this time is not to be warmed. */
const timeout: Milliseconds = 2000;
/** A worker that was not asked for this long, while others were, has no part in the answers. */
const idleFor: Milliseconds = 1500;
/** So many readers for each worker: always one with it, and one that waits for it. */
const readersForEach = 2;
const mostReaders = 16;

/** What a warm-up stands on. */
export interface WarmUpContext {
  readonly side: Pick<SideSession, "target" | "workforce" | "requests">;
  readonly plan: PlanDefinition;
  /** The page that is asked before plans whose handlers only wait. */
  readonly path: string;
  readonly machine: Pick<Machine, "capabilities">;
  /** The reader does not want to wait, or has stopped the whole run. */
  readonly over: () => "skipped" | "stopped" | undefined;
  /** A part of the warm-up is under way; `undefined` once it is not. */
  readonly running: (run: LoadRun | undefined) => void;
}

/** What is asked in a warm-up: nothing that changes anything, and nothing that the plan does not ask anyway. */
export function warmUpRequests(plan: PlanDefinition, path: string): readonly PlannedRequest[] {
  if (plan.waitsOnly) return [{ path }];
  // Nobody is told anything in a warm-up that a later answer could contradict.
  return loadPlanOf(plan)
    .requests.filter(({ method = "GET", body, once }) => once === undefined && method === "GET" && body === undefined)
    .map(({ number, ...request }) => request);
}

/** Which processes of a side are warm, and for what. */
export class Warmth {
  /** Processes that are warm for requests, by these as text. */
  readonly #warm = new Map<string, Set<string>>();

  /**
   * Asks a side's server until its workers are warm for a plan. Resolves with what that came to. `undefined`, and that
   * at once, where nothing is cold, or nothing can be warmed.
   */
  warm(context: WarmUpContext): Promise<WarmUp> | undefined {
    const { side, plan, machine } = context;
    const requests = warmUpRequests(plan, context.path);
    const target = side.target();
    if (!machine.capabilities.warms || requests.length === 0 || target === undefined) return undefined;
    const warm = this.#warmFor(requests);
    const workers = side.workforce.value.workers.filter(({ state }) => state !== "zombie");
    const inHand = side.requests.inHand();
    // One that is held by a request would keep everybody waiting, and be none the warmer.
    const cold = workers.filter((worker) => !warm.has(nameOf(worker)) && !inHand.has(worker.pid));
    if (cold.length === 0) return undefined;
    const known = new Set(workers.filter((each) => !cold.includes(each)).map(({ pid }) => pid));
    const asked = planFor(plan, requests, Math.min(mostReaders, readersForEach * workers.length));
    return ask(context, target, asked, new ServiceTimes(cold, known)).finally(() => {
      for (const worker of cold) warm.add(nameOf(worker));
    });
  }

  /** Nothing is known of any process any more. */
  forget(): void {
    this.#warm.clear();
  }

  #warmFor(requests: readonly PlannedRequest[]): Set<string> {
    const key = JSON.stringify(requests);
    const known = this.#warm.get(key) ?? new Set();
    this.#warm.set(key, known);
    return known;
  }
}

/** Asks, a while at a time, until all are warm. */
async function ask(
  { machine, over, running }: WarmUpContext,
  { host, port }: { readonly host: Host; readonly port: Port },
  plan: LoadPlan,
  times: ServiceTimes,
): Promise<WarmUp> {
  const began = performance.now();
  const took = () => performance.now() - began;
  const stopListening = host.onRequestEvent((events) => times.hear(events));
  let answers = 0;
  const until = (end: WarmUp["end"]): WarmUp => ({ end, took: took(), answers });
  try {
    while (took() < longest) {
      if (over() !== undefined) return until("skipped");
      const run = host.load(port, plan);
      running(run);
      const stopTicks = machine.capabilities.requestEvents ? () => {} : run.onTick((tick) => times.hearTick(tick));
      const { statuses, end } = await run.report;
      stopTicks();
      running(undefined);
      const answered = Object.values(statuses).reduce((sum, count) => sum + count, 0);
      answers += answered;
      if (end !== "complete") return until("skipped");
      if (times.allWarm(took())) return until("warm");
      // It does not answer at all: warming is of no use to it.
      if (answered === 0) break;
    }
    return until("limit");
  } finally {
    stopListening();
  }
}

/** How long each worker took for its answers. */
class ServiceTimes {
  readonly #times = new Map<Pid | "server", number[]>();
  readonly #cold: readonly ProcessInfo[];
  readonly #warm: ReadonlySet<Pid>;
  #done = 0;

  /** @param warm those that are known to be warm: they answer, too */
  constructor(cold: readonly ProcessInfo[], warm: ReadonlySet<Pid>) {
    this.#cold = cold;
    this.#warm = warm;
  }

  hear(events: readonly RequestEvent[]): void {
    for (const { pid, accepted, firstByte, end, outcome } of events) {
      if (pid === undefined || accepted === undefined || end === undefined || outcome !== "answered") continue;
      if (!this.#warm.has(pid)) this.#add(pid, (firstByte ?? end) - accepted);
    }
  }

  /**
   * Where single requests are not known, a server is taken as a whole: how long it took for an answer in a tenth of a
   * second.
   */
  hearTick({ done, latency }: LoadTick): void {
    const answers = done - this.#done;
    this.#done = done;
    for (let answer = 0; answer < answers; answer += 1) this.#add("server", latency.p50 ?? latency.mean ?? 0);
  }

  /** Whether all are warm that have any part in the answers. */
  allWarm(took: Milliseconds): boolean {
    const asked = [...this.#times];
    if (asked.length === 0 || asked.some(([, times]) => !isWarm(times))) return false;
    return took >= idleFor || this.#times.has("server") || this.#cold.every(({ pid }) => this.#times.has(pid));
  }

  #add(worker: Pid | "server", time: number): void {
    const times = this.#times.get(worker);
    if (times === undefined) this.#times.set(worker, [time]);
    else times.push(time);
  }
}

/** A pid can come again. */
function nameOf({ pid, started }: ProcessInfo): string {
  return `${pid} ${started}`;
}

function planFor({ keepAlive }: PlanDefinition, requests: readonly PlannedRequest[], users: number): LoadPlan {
  return {
    name: "warm-up",
    model: { kind: "closed", users },
    requests,
    duration: batch,
    timeout,
    seed: 1,
    ...(keepAlive !== undefined && { keepAlive }),
  };
}
