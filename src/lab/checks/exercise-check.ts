/** Looks whether an exercise is solved: at the texts as they stand, then at what the servers do with them. */
import type { ExerciseCheck, FigureCheck, RequestCheck } from "../../lab-definition/exercise-schema.ts";
import type { SideName } from "../../lab-definition/schema.ts";
import type { LoadReport } from "../../load/plan.ts";
import type { HttpResponse, Milliseconds } from "../../machine/machine.ts";
import { exerciseStrings } from "../../strings/strings.ts";
import { messageOf } from "../basics/message-of.ts";
import { formatCount, formatFigure, formatRate, formatTime } from "../basics/number-format.ts";
import { sideNames } from "../basics/sides.ts";
import { untilSignal } from "../basics/wait-for-signal.ts";
import { DeadlineError, withTimeout } from "../basics/with-timeout.ts";
import { failedRequests } from "../runs/failed-requests.ts";
import { type LoadResult, reportOf } from "../runs/run-outcome.ts";
import type { LabSession } from "../session/lab-session.ts";
import { sideSentence } from "../side/side-sentence.ts";
import type { SideSession } from "../side/side-session.ts";

/** What was found. `seen` says what is so instead. */
export type CheckResult = { readonly kind: "right" } | { readonly kind: "wrong"; readonly seen: string };

type RunCheck = NonNullable<ExerciseCheck["run"]>;

const words = exerciseStrings;
const right: CheckResult = { kind: "right" };
const wrong = (seen: string): CheckResult => ({ kind: "wrong", seen });

/** A cold start on a slow computer. */
const bootWithin: Milliseconds = 90_000;
const answerWithin: Milliseconds = 15_000;
/** So much of a body is shown. */
const mostShown = 300;

/** Looks at one thing. Starts the servers that it needs, as they now stand. Rejects if the lab itself fails. */
export async function lookAt(session: LabSession, check: ExerciseCheck): Promise<CheckResult> {
  const { command, file, request, run } = check;
  if (command !== undefined) {
    const side = session.sides[command.side];
    const line = (command.beside ? side.beside?.line : side.line)?.text.value ?? "";
    return occurs(command.matches, line) ? right : wrong(words.commandIs(line));
  }
  if (file !== undefined) {
    const text = session.files.value.find(({ path }) => path === file.path)?.text ?? "";
    if (file.matches !== undefined && !occurs(file.matches, text)) return wrong(words.notInFile(file.path));
    if (file.lacks !== undefined && occurs(file.lacks, text)) return wrong(words.stillInFile(file.path));
    return right;
  }
  const down = await bringUp(session, request === undefined ? sideNames : [request.side]);
  if (down !== undefined) return wrong(words.notUp(down.definition.title, sideStateOf(down)));
  if (request !== undefined) return ask(session.sides[request.side], request);
  return run === undefined ? right : tryLoad(session, run);
}

/** Starts what does not run as it now stands. Answers the first side that did not come up. */
export async function bringUp(session: LabSession, sides: readonly SideName[]): Promise<SideSession | undefined> {
  await session.startAsTheyStand(sides);
  return notUp(session, sides);
}

/** Waits until these sides are neither on their way up nor down. Answers the first that is not up. */
export async function notUp(session: LabSession, sides: readonly SideName[]): Promise<SideSession | undefined> {
  for (const name of sides) {
    const side = session.sides[name];
    try {
      await withTimeout(bootWithin, settled(side));
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
    }
    if (side.phase.value.kind !== "running" || side.port.value === undefined) return side;
  }
  return undefined;
}

/** Resolves when a side is neither on its way up nor down. */
const settled = ({ phase }: SideSession) => untilSignal(() => !["starting", "stopping"].includes(phase.value.kind));

/** How a side is, as a sentence. */
export function sideStateOf({ phase, port, workforce }: SideSession): string {
  // Whether it is outdated is no news here: it was started a moment ago.
  return sideSentence({
    phase: phase.value,
    port: port.value,
    workforce: workforce.value,
    commandChanged: false,
    edited: false,
  });
}

/** Asks a side once. */
export async function ask(
  side: SideSession,
  check: RequestCheck,
  timeout: Milliseconds = answerWithin,
): Promise<CheckResult> {
  const { path, method, headers, body } = check;
  try {
    const response = await side.request({
      path,
      method,
      headers: Object.entries(headers),
      timeout,
      ...(body !== undefined && { body: new TextEncoder().encode(body) }),
    });
    return answered(check, response);
  } catch (error) {
    return wrong(words.noAnswer(messageOf(error)));
  }
}

function answered(check: RequestCheck, { status, reason, headers, body }: HttpResponse): CheckResult {
  if (status !== check.status) return wrong(words.statusIs(status, reason));
  for (const [name, wanted] of Object.entries(check.answerHeaders)) {
    const value = headers.find(([header]) => header.toLowerCase() === name.toLowerCase())?.[1];
    if (value === undefined) return wrong(words.headerMissing(name));
    if (!occurs(wanted, value)) return wrong(words.headerIs(name, value));
  }
  const text = new TextDecoder().decode(body);
  const fits =
    (check.answer === undefined || occurs(check.answer, text)) &&
    (check.answerLacks === undefined || !occurs(check.answerLacks, text));
  return fits ? right : wrong(words.bodyIs(text.slice(0, mostShown)));
}

async function tryLoad(session: LabSession, check: RunCheck): Promise<CheckResult> {
  if (session.load.running.value) return wrong(words.busy);
  session.load.planName.value = check.plan;
  await session.runLoadTest();
  return showsFigure(session.load.result.value, check);
}

/** Whether a run that is over shows a figure. */
export function showsFigure(result: LoadResult | undefined, check: FigureCheck): CheckResult {
  if (result?.complete !== true || result.hidden) return wrong(words.runDisturbed);
  const [mine, other] = [check.side, otherOf(check.side)].map((side) => {
    const report = reportOf(result, side);
    return report?.end === "complete" ? figures[check.figure].read(report) : undefined;
  });
  if (mine === undefined) return wrong(words.noFigure);
  if (!check.timesTheOther) {
    const seen = words.figureIs(words.figures[check.figure], figures[check.figure].format(mine));
    return between(check, mine) ? right : wrong(seen);
  }
  if (other === undefined) return wrong(words.noFigure);
  return between(check, mine / other)
    ? right
    : wrong(words.timesIs(words.figures[check.figure], formatFigure(mine / other)));
}

const otherOf = (side: SideName): SideName => (side === "production" ? "development" : "production");

const between = ({ atLeast = 0, atMost = Number.POSITIVE_INFINITY }: FigureCheck, value: number) =>
  value >= atLeast && value <= atMost;

const figures: Readonly<
  Record<
    FigureCheck["figure"],
    { readonly read: (report: LoadReport) => number | undefined; readonly format: (value: number) => string }
  >
> = {
  rate: { read: ({ achievedRate }) => achievedRate, format: formatRate },
  median: { read: ({ latency }) => latency.p50, format: formatTime },
  p95: { read: ({ latency }) => latency.p95, format: formatTime },
  failed: { read: failedRequests, format: formatCount },
};

function occurs(pattern: string, text: string): boolean {
  return new RegExp(pattern, "s").test(text);
}
