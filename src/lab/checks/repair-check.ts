/** Looks at a site that was broken on purpose, symptom by symptom: at what it does while readers come. */
import type { RepairDefinition, Symptom } from "../../lab-definition/repair-schema.ts";
import type { SideName } from "../../lab-definition/schema.ts";
import type { Milliseconds, Pid } from "../../machine/machine.ts";
import { exerciseStrings, repairStrings } from "../../strings/strings.ts";
import { formatTime } from "../basics/number-format.ts";
import { untilSignal } from "../basics/wait-for-signal.ts";
import type { LabSession } from "../session/lab-session.ts";
import type { SideSession } from "../side/side-session.ts";
import { ask, bringUp, type CheckResult, notUp, showsFigure, sideStateOf } from "./exercise-check.ts";

/** What a check has got to. */
export type RepairStep = "starting" | "asking" | "killing";

/** What a check tells as it goes on. */
export interface RepairEvent {
  readonly step: (step: RepairStep) => void;
  readonly found: (symptom: string, result: CheckResult) => void;
}

/** How a check ended. */
export type RepairEnd =
  | { readonly kind: "looked" }
  /** A server had to be started again, because it did not come back by itself. */
  | { readonly kind: "started again" }
  /** A side did not start, and nothing was looked at. */
  | { readonly kind: "down"; readonly seen: string };

type Survives = NonNullable<Symptom["survives"]>;

const words = repairStrings;

/** Readers have come for so long before anything else is done. */
const underLoadAfter: Milliseconds = 1000;
/** A request may wait this long in the queue of a site that is too slow: that is a symptom of its own. */
const answerWithin: Milliseconds = 60_000;
/**
 * A server of which nothing has run for this long does not come back: on a busy computer the emulated one takes its
 * time.
 */
const deadAfter: Milliseconds = 20_000;
/** One that runs again may take this long to answer: an emulated computer is slow. */
const answersWithin: Milliseconds = 120_000;
const askEvery: Milliseconds = 500;
const askTimeout: Milliseconds = 5000;

/** Looks at each symptom. Starts the production side as it now stands. Rejects if the lab itself fails. */
export async function lookAtSite(
  session: LabSession,
  { plan, symptoms }: RepairDefinition,
  { step, found }: RepairEvent,
): Promise<RepairEnd> {
  if (session.load.running.value) throw new Error(exerciseStrings.busy);
  step("starting");
  await session.startBoth();
  // The side to compare with goes on as it is: its start would slow down the other's.
  const down = (await bringUp(session, ["production"])) ?? (await notUp(session, ["development"]));
  if (down !== undefined)
    return { kind: "down", seen: exerciseStrings.notUp(down.definition.title, sideStateOf(down)) };

  // Workers boot after their port has opened, and readers are not to wait for that.
  await answers(session.sides.production, session.definition.paths.byHand, answersWithin);

  step("asking");
  await whileReadersCome(session, plan, () =>
    Promise.all(
      symptoms.map(async ({ name, request }) => {
        if (request !== undefined) found(name, await ask(session.sides[request.side], request, answerWithin));
      }),
    ),
  );
  for (const { name, figures } of symptoms) {
    if (figures === undefined) continue;
    const results = figures.map((figure) => showsFigure(session.load.result.value, figure));
    found(name, results.find(({ kind }) => kind === "wrong") ?? { kind: "right" });
  }

  const dead = new Set<SideName>();
  for (const { name, survives } of symptoms) {
    if (survives === undefined) continue;
    step("killing");
    await whileReadersCome(session, plan, async () => {
      const result = await killAndAsk(session.sides[survives.side], survives);
      found(name, result);
      if (result.kind === "wrong") dead.add(survives.side);
    });
  }
  for (const side of dead) await session.restart(side);
  return { kind: dead.size > 0 ? "started again" : "looked" };
}

/** Runs a plan, does something a moment after readers have begun to come, and resolves when both are over. */
async function whileReadersCome(session: LabSession, plan: string, act: () => Promise<unknown>): Promise<void> {
  const { load } = session;
  load.planName.value = plan;
  const run = session.runLoadTest();
  await untilSignal(() => !load.running.value || load.ticks.production.value.some(({ at }) => at >= underLoadAfter));
  await Promise.all([run, act()]);
}

/** Kills the oldest process of a server, and looks whether a new one answers. */
async function killAndAsk(side: SideSession, { process, path }: Survives): Promise<CheckResult> {
  const before = pidsOf(side, process);
  const oldest = Math.min(...before);
  if (before.length === 0) return { kind: "wrong", seen: words.nothingToKill(process) };
  await side.kill(oldest);
  const killed = performance.now();
  const since = () => performance.now() - killed;
  for (let lastSeen = 0; ; ) {
    // What ran before may still answer for a moment, and is no proof.
    const back = pidsOf(side, process).some((pid) => !before.includes(pid));
    if (back) lastSeen = since();
    if (back && (await answers(side, path))) return { kind: "right" };
    if (since() - lastSeen > deadAfter) return { kind: "wrong", seen: words.stayedDead(formatTime(since())) };
    if (since() > answersWithin) return { kind: "wrong", seen: words.noAnswerAgain(formatTime(since())) };
    await pause(askEvery);
  }
}

function pidsOf({ workforce }: SideSession, process: string): readonly Pid[] {
  const { mains, workers } = workforce.value;
  return [...mains, ...workers].flatMap(({ pid, title, state }) =>
    state !== "zombie" && title.includes(process) ? [pid] : [],
  );
}

async function answers(side: SideSession, path: string, timeout = askTimeout): Promise<boolean> {
  try {
    return (await side.request({ path, timeout })).status === 200;
  } catch {
    // Nobody answers yet: it is asked again.
    return false;
  }
}

const pause = (time: Milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, time));
