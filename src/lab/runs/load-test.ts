/** A lab's load tests: which plan is chosen, how a run goes on, what came of it. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { PlanDefinition, SideName } from "../../lab-definition/schema.ts";
import { checkPlan, type PlanProblem } from "../../load/check-plan.ts";
import { reportOfTicks } from "../../load/cut-short.ts";
import type { RunEnd } from "../../load/plan.ts";
import type { LoadRun, Machine, Milliseconds } from "../../machine/machine.ts";
import { messageOf } from "../basics/message-of.ts";
import { type BySide, bySide, type CommandLines, sideNames } from "../basics/sides.ts";
import { readLines } from "../side/command-lines.ts";
import type { RequestLog } from "../side/request-log.ts";
import type { SideSession } from "../side/side-session.ts";
import type { WorkerSlot } from "../side/worker-slots.ts";
import { workByWorker } from "../side/worker-work.ts";
import { loadPlanOf, runsTogether } from "./load-plan.ts";
import { readersInWords } from "./plan-words.ts";
import { RunHistory } from "./run-history.ts";
import type { LoadResult, SideOutcome, WarmUp } from "./run-outcome.ts";
import type { RunTick } from "./run-ticks.ts";
import { Warmth } from "./warm-up.ts";

/** Where a side is in a run. */
export type SideRunState = "waiting" | "warming" | "asked" | "done";

/** Whether a run is under way. */
export type LoadPhase =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly plan: PlanDefinition;
      readonly turns: BySide<SideRunState>;
      /** The page was hidden since the run began. */
      readonly hidden: boolean;
    }
  /** It did not begin, because these sides do not listen. */
  | { readonly kind: "refused"; readonly sides: readonly SideName[] }
  /** It did not begin, because the plan asks for too much. */
  | { readonly kind: "too much"; readonly plan: PlanDefinition; readonly problem: PlanProblem }
  | { readonly kind: "failed"; readonly message: string };

/** The stretch of time that a side's lanes show, on the machine's clock. */
export type LaneWindow =
  /** The last seconds. */
  | { readonly kind: "rolling" }
  /** A run, from its first moment. */
  | { readonly kind: "run"; readonly from: Milliseconds };

/** A run that was recorded elsewhere, as far as it is shown. */
export interface ShownRun {
  readonly plan: PlanDefinition;
  readonly ticks: BySide<readonly RunTick[]>;
  /** How long it took at most. */
  readonly length: Milliseconds;
  /** Once all of it is shown. */
  readonly result: LoadResult | undefined;
}

/** The lanes of a side in a recorded run: in place of the side's own as long as they are shown. */
export interface ReplayedLanes {
  readonly requests: RequestLog;
  readonly slots: ReadonlySignal<readonly WorkerSlot[]>;
  readonly length: Milliseconds;
  /** One request in so many was recorded. */
  readonly every: number;
  /** Where it is, from 0. */
  now(): Milliseconds;
}

/** How a run ends that does not come to its own end. */
type CutShort = Exclude<RunEnd, "complete">;

/** A run under way. */
interface CurrentRun {
  readonly began: Date;
  readonly commands: CommandLines;
  stopped: boolean;
  /** No report will come. */
  abandoned: boolean;
  hidden: boolean;
  otherTab: boolean;
  /** The reader does not wait until the servers are warm. */
  warmUpSkipped: boolean;
  readonly runs: Set<LoadRun>;
  readonly ended: (end: CutShort) => void;
  /** Resolves when it is abandoned. */
  readonly over: Promise<undefined>;
}

/** Lanes show this much of the past outside of runs. */
const rollingLength: Milliseconds = 10_000;
/** A run that outlasts its plan by this much makes the lanes longer, by a second at a time. */
const outlasts = 1.05;
const lengthening: Milliseconds = 1000;

/** A lab's load tests. */
export class LoadTest {
  readonly #sides: BySide<SideSession>;
  readonly #phase: Signal<LoadPhase> = signal({ kind: "idle" });
  readonly #ticks: BySide<Signal<readonly RunTick[]>> = bySide(() => signal([]));
  readonly #windows: BySide<Signal<LaneWindow>> = bySide(() => signal({ kind: "rolling" }));
  readonly #laneLength = signal(rollingLength);
  readonly #plans: Signal<readonly PlanDefinition[]>;
  readonly #result: Signal<LoadResult | undefined> = signal(undefined);
  readonly #shownPlan: Signal<PlanDefinition | undefined> = signal(undefined);
  readonly #recorded: Signal<ShownRun | undefined> = signal(undefined);
  readonly #replayed: Signal<BySide<ReplayedLanes> | undefined> = signal(undefined);
  readonly #warmPath: string;
  readonly #warmth = new Warmth();
  #current: CurrentRun | undefined;

  /** Name of the plan that runs next. */
  readonly planName: Signal<string>;
  readonly plan: ReadonlySignal<PlanDefinition | undefined>;
  readonly phase: ReadonlySignal<LoadPhase> = this.#phase;
  readonly running: ReadonlySignal<boolean> = computed(() => this.#phase.value.kind === "running");
  /** What the run under way, or the last one, has shown so far. */
  readonly ticks: BySide<ReadonlySignal<readonly RunTick[]>> = this.#ticks;
  readonly result: ReadonlySignal<LoadResult | undefined> = this.#result;
  /** What is on screen did not run here: it was recorded elsewhere. */
  readonly recorded: ReadonlySignal<ShownRun | undefined> = this.#recorded;
  /** What the lanes show was recorded elsewhere. */
  readonly replayed: ReadonlySignal<BySide<ReplayedLanes> | undefined> = this.#replayed;
  /** The plan of the run under way, or of the last one. */
  readonly shownPlan: ReadonlySignal<PlanDefinition | undefined> = this.#shownPlan;
  /** The last runs, this one among them once it is over. */
  readonly history = new RunHistory();
  readonly windows: BySide<ReadonlySignal<LaneWindow>> = this.#windows;
  /** How much time the lanes of both sides show: the same scale for both. */
  readonly laneLength: ReadonlySignal<Milliseconds> = this.#laneLength;

  /** @param warmPath what servers are warmed with before plans whose handlers only wait */
  constructor(plans: readonly PlanDefinition[], sides: BySide<SideSession>, warmPath: string) {
    this.#plans = signal(plans);
    this.#warmPath = warmPath;
    this.#sides = sides;
    this.planName = signal(plans[0]?.name ?? "");
    this.plan = computed(() => this.plans.find(({ name }) => name === this.planName.value));
  }

  /** The plans to choose from. */
  get plans(): readonly PlanDefinition[] {
    return this.#plans.value;
  }

  /** Other plans to choose from. The one that was chosen stays so if it is among them. */
  replacePlans(plans: readonly PlanDefinition[]): void {
    batch(() => {
      this.#plans.value = plans;
      if (!plans.some(({ name }) => name === this.planName.value)) this.planName.value = plans[0]?.name ?? "";
    });
  }

  /**
   * Runs the chosen plan on both sides: at once if its handlers only wait, otherwise one after the other. Resolves with
   * what came of it, `undefined` if it did not begin or go on.
   */
  async run(machine: Machine | undefined): Promise<LoadResult | undefined> {
    const { value: plan } = this.plan;
    if (plan === undefined || this.running.value) return undefined;
    const problem = checkPlan(loadPlanOf(plan));
    if (problem !== null) {
      this.#phase.value = { kind: "too much", plan, problem };
      return undefined;
    }
    const notListening = sideNames.filter((side) => this.#sides[side].target() === undefined);
    if (machine === undefined || notListening.length > 0) {
      this.#phase.value = { kind: "refused", sides: notListening };
      return undefined;
    }
    const ended = Promise.withResolvers<CutShort>();
    const current: CurrentRun = {
      began: new Date(),
      commands: readLines(this.#sides, ({ started }) => started.value),
      stopped: false,
      abandoned: false,
      hidden: false,
      otherTab: false,
      warmUpSkipped: false,
      runs: new Set<LoadRun>(),
      ended: ended.resolve,
      over: ended.promise.then(() => undefined),
    };
    this.#current = current;
    this.#begin(plan);
    try {
      if (runsTogether(plan)) {
        const warmUps: Partial<Record<SideName, WarmUp>> = {};
        // One after the other: each would be held up by the other's.
        for (const side of sideNames)
          Object.assign(warmUps, { [side]: await this.#warm(side, plan, machine, current) });
        await Promise.all(sideNames.map((side) => this.#runSide(side, plan, machine, ended.promise, warmUps[side])));
      } else {
        for (const side of sideNames) {
          const warming = this.#warm(side, plan, machine, current);
          const warmUp = warming && (await warming);
          if (current.stopped) break;
          await this.#runSide(side, plan, machine, ended.promise, warmUp);
        }
      }
      this.#finish(current, { kind: "idle" });
      return this.#result.value;
    } catch (error) {
      for (const run of current.runs) run.stop();
      this.#finish(current, { kind: "failed", message: messageOf(error) });
      return undefined;
    }
  }

  /** Ends the run under way; what it has shown so far is its result. */
  stop(): void {
    if (this.#current === undefined) return;
    this.#current.stopped = true;
    for (const run of this.#current.runs) run.stop();
  }

  /** Begins the run now, warm or not. */
  skipWarmUp(): void {
    if (this.#current !== undefined) this.#current.warmUpSkipped = true;
  }

  /** The machine is gone, and no report will come: what was seen is all that there is. */
  abandon(end: CutShort = "stopped"): void {
    const current = this.#current;
    if (current === undefined || current.abandoned) return;
    current.abandoned = true;
    current.ended(end);
    if (end === "stopped") this.stop();
    else current.stopped = true;
  }

  /** Takes back what was said about a run that did not begin or go on. */
  dismiss(): void {
    if (!this.running.value) this.#phase.value = { kind: "idle" };
  }

  /** The page is hidden: a run under way is marked. */
  pageHidden(): void {
    if (this.#current === undefined) return;
    this.#current.hidden = true;
    const { value: phase } = this.#phase;
    if (phase.kind === "running") this.#phase.value = { ...phase, hidden: true };
  }

  /** Another tab runs a load test on the same cores: a run under way is marked. */
  otherTabUnderLoad(): void {
    if (this.#current !== undefined) this.#current.otherTab = true;
  }

  /** Lanes show the last seconds again, because somebody asks by hand. */
  onManualRequest(side: SideName): void {
    if (this.running.value) return;
    this.#windows[side].value = { kind: "rolling" };
  }

  /** Shows a recorded run where the last one stands, unless one is under way. */
  show(run: ShownRun): void {
    if (this.running.value) return;
    batch(() => {
      this.#phase.value = { kind: "idle" };
      this.#recorded.value = run;
      this.#shownPlan.value = run.plan;
      this.#laneLength.value = run.length;
      this.#result.value = run.result;
      for (const side of sideNames) this.#ticks[side].value = run.ticks[side];
    });
  }

  /** Shows a recorded run's lanes in place of the servers' own, until a run begins; or the servers' own again. */
  showLanes(lanes: BySide<ReplayedLanes> | undefined): void {
    if (!this.running.value) this.#replayed.value = lanes;
  }

  /** As at the beginning. */
  forget(): void {
    this.#current = undefined;
    batch(() => {
      this.#phase.value = { kind: "idle" };
      this.#result.value = undefined;
      this.#recorded.value = undefined;
      this.#replayed.value = undefined;
      this.#shownPlan.value = undefined;
      this.history.forget();
      this.#warmth.forget();
      this.#laneLength.value = rollingLength;
      for (const side of sideNames) {
        this.#ticks[side].value = [];
        this.#windows[side].value = { kind: "rolling" };
      }
    });
  }

  #begin(plan: PlanDefinition): void {
    batch(() => {
      this.#phase.value = { kind: "running", plan, turns: bySide(() => "waiting"), hidden: false };
      this.#result.value = undefined;
      this.#recorded.value = undefined;
      this.#replayed.value = undefined;
      this.#shownPlan.value = plan;
      this.#laneLength.value = plan.seconds * 1000;
      for (const side of sideNames) this.#ticks[side].value = [];
    });
  }

  /** `undefined`, and that at once, where there is nothing to warm. */
  #warm(
    side: SideName,
    plan: PlanDefinition,
    machine: Machine,
    current: CurrentRun,
  ): Promise<WarmUp | undefined> | undefined {
    if (current.stopped) return undefined;
    const running = (run: LoadRun | undefined) => {
      current.runs.clear();
      if (run === undefined) return;
      current.runs.add(run);
      this.#turn(side, "warming");
    };
    const over = () => (current.stopped ? "stopped" : current.warmUpSkipped ? "skipped" : undefined);
    // No report comes from a machine that is gone.
    const ended = current.over;
    const warmUp = this.#warmth.warm({ side: this.#sides[side], plan, path: this.#warmPath, machine, over, running });
    return warmUp && Promise.race([warmUp, ended]);
  }

  async #runSide(
    side: SideName,
    plan: PlanDefinition,
    machine: Machine,
    ended: Promise<CutShort>,
    warmUp: WarmUp | undefined,
  ): Promise<void> {
    const session = this.#sides[side];
    const target = session.target();
    const current = this.#current;
    if (target === undefined || current === undefined || current.stopped) return;
    const from = machine.now();
    const began = Date.now();
    session.requests.forgetBefore(from);
    session.requests.countFrom(from + 1000 * (plan.warmup ?? 0));
    this.#windows[side].value = { kind: "run", from };
    this.#turn(side, "asked");
    const run = target.host.load(target.port, loadPlanOf(plan));
    current.runs.add(run);
    const { requestEvents } = machine.capabilities;
    const unsubscribe = run.onTick((tick) =>
      this.#onTick(side, requestEvents ? { ...tick, waiting: session.requests.waitingNow() } : tick),
    );
    const cutShort = ended.then((end) => {
      const { value: ticks } = this.#ticks[side];
      return ticks.length === 0 ? undefined : reportOfTicks(loadPlanOf(plan), ticks, end);
    });
    const report = await Promise.race([run.report, cutShort]);
    unsubscribe();
    current.runs.delete(run);
    if (report === undefined || this.#current !== current) return;
    this.#turn(side, "done");
    this.#add(side, plan, {
      title: session.definition.title,
      report,
      began,
      ...(warmUp && { warmUp }),
      ...(machine.capabilities.requestEvents && {
        work: session.requests.workSeen(from),
        workers: workByWorker(session.requests.since(from), machine.now()),
      }),
    });
  }

  #onTick(side: SideName, tick: RunTick): void {
    batch(() => {
      this.#ticks[side].value = [...this.#ticks[side].value, tick];
      if (tick.at > this.#laneLength.value * outlasts)
        this.#laneLength.value = Math.ceil(tick.at / lengthening) * lengthening;
    });
  }

  #turn(side: SideName, turn: SideRunState): void {
    const { value: phase } = this.#phase;
    if (phase.kind === "running") this.#phase.value = { ...phase, turns: { ...phase.turns, [side]: turn } };
  }

  #add(side: SideName, plan: PlanDefinition, outcome: SideOutcome): void {
    this.#result.value = {
      planName: plan.name,
      planLabel: plan.label,
      plan,
      readers: readersInWords(plan),
      ...(plan.predict && { measure: plan.predict.measure }),
      waitsOnly: plan.waitsOnly,
      together: runsTogether(plan),
      hidden: false,
      complete: false,
      sides: { ...this.#result.value?.sides, [side]: outcome },
    };
  }

  #finish(current: CurrentRun, phase: LoadPhase): void {
    if (this.#current !== current) return;
    this.#current = undefined;
    const { hidden, otherTab, began, commands } = current;
    batch(() => {
      this.#phase.value = phase;
      const { value: result } = this.#result;
      if (result === undefined) return;
      const complete: LoadResult = { ...result, hidden, otherTab, complete: true };
      this.#result.value = complete;
      this.history.add({ began, commands, result: complete, ticks: bySide((side) => this.#ticks[side].value) });
    });
  }
}
