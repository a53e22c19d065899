/**
 * The sentence under a load test: what happened, in both directions, and why only where the figures show it.
 *
 * A cause is named for one case: handlers that only wait, and a side that was seen to have more of them under way
 * at once, in about the proportion in which it answered more. All else is said as it was counted.
 */
import type { LoadReport } from "../../load/plan.ts";
import { judge, leastAnswers, type RatioRange } from "../../load/verdict.ts";
import { explainStrings } from "../../strings/strings.ts";
import { formatCount, formatFigure, formatTime } from "../basics/number-format.ts";
import { sideNames } from "../basics/sides.ts";
import type { WorkSeen } from "../side/request-log.ts";
import { failedRequests, failureOrder } from "./failed-requests.ts";
import type { RunOutcome, SideOutcome } from "./run-outcome.ts";

const words = explainStrings;

/** A server that answered this share of what was offered kept up. */
const nearlyAll = 0.95;
/** How far apart latencies must be to be worth a sentence when rates are alike. */
const tailWorthSaying = 1.5;
/** A cause must account for the ratio of the rates within this factor. */
const causeAccountsWithin = 1.3;

/** What happened, in one to five sentences without markup. */
export function explain(run: RunOutcome): string {
  return sentences(run).join(" ");
}

/** The same, sentence by sentence: the first one says what happened, the others add to it. */
export function sentences(run: RunOutcome): readonly string[] {
  const outcomes = sideNames.flatMap((side) => run.sides[side] ?? []);
  const [first, second] = outcomes;
  if (first === undefined) return [];
  return [
    ...(second === undefined ? oneSide(run, first) : compare(run, first, second)),
    ...outcomes.flatMap(shortfall),
    ...failures(outcomes),
    ...endings(outcomes),
    ...(second === undefined ? [] : [run.together ? words.together(run.waitsOnly) : words.inTurn]),
    ...(run.hidden ? [words.hidden] : []),
    ...(run.otherTab ? [words.otherTab] : []),
  ];
}

function oneSide(run: RunOutcome, { title, report }: SideOutcome): readonly string[] {
  if (report.done === 0) return [words.silent([title])];
  return [words.oneSide(run.readers, plan(run), title, formatFigure(report.achievedRate))];
}

function compare(run: RunOutcome, a: SideOutcome, b: SideOutcome): readonly string[] {
  const silent = [a, b].filter(({ report }) => report.done === 0);
  if (silent.length > 0) {
    const spoke = [a, b].filter(({ report }) => report.done > 0);
    return [
      words.silent(silent.map(({ title }) => title)),
      ...spoke.map(({ title, report }) => words.onlyAnswer(title, formatFigure(report.achievedRate))),
    ];
  }
  const lost = [a, b].filter(({ report }) => failedRequests(report) > report.done && !contradictsItself(report));
  // A server that contradicts itself is no slower for it, and rates would say so: what it did is told below.
  if ([a, b].some(({ report }) => contradictsItself(report)))
    return lost.map(({ title, report }) => mostFailed(title, report));
  if (lost.length > 0) {
    const working = [a, b].filter((side) => !lost.includes(side));
    return [
      ...lost.map(({ title, report }) => mostFailed(title, report)),
      ...working.map(({ title, report }) => words.onlyAnswer(title, formatFigure(report.achievedRate))),
    ];
  }
  const late = [a, b].filter(({ report }) => report.achievedRate === 0);
  if (late.length > 0) {
    const inTime = [a, b].filter((side) => !late.includes(side));
    return [
      ...late.map(({ title, report }) => words.late(title, report.done)),
      ...inTime.map(({ title, report }) => words.onlyAnswer(title, formatFigure(report.achievedRate))),
    ];
  }
  return run.measure === "median" ? compareMedians(run, a, b) : compareRates(run, a, b);
}

function compareRates(run: RunOutcome, a: SideOutcome, b: SideOutcome): readonly string[] {
  const verdict = judge("rate", a.report, b.report);
  switch (verdict.kind) {
    case "more": {
      const [more, less] = verdict.side === 0 ? [a, b] : [b, a];
      return [faster(run, more, less, verdict.ratio), ...cause(run, more, less, verdict.ratio)];
    }
    case "far more": {
      const [more, less] = verdict.side === 0 ? [a, b] : [b, a];
      return [words.farMore(run.readers, plan(run), more.title, more.report.done, less.title, less.report.done)];
    }
    case "alike":
      return alike(run, a, b);
    case "uneven":
      return [words.uneven(run.readers, plan(run), a.title, b.title, ...rates(a, b), range(verdict.range))];
    case "too few":
      return [words.tooFew(run.readers, plan(run), [a.title, b.title], [a.report.done, b.report.done], leastAnswers)];
  }
}

/** What the plan is about comes first; the rates follow where they differ, too. */
function compareMedians(run: RunOutcome, a: SideOutcome, b: SideOutcome): readonly string[] {
  const verdict = judge("median", a.report, b.report);
  const times = ({ report }: SideOutcome) => formatTime(report.latency.p50);
  switch (verdict.kind) {
    case "more": {
      const [slow, quick] = verdict.side === 0 ? [a, b] : [b, a];
      const ratio = words.times(formatRatio(verdict.ratio));
      return [
        words.longer(run.readers, plan(run), slow.title, times(slow), quick.title, times(quick), ratio),
        ...ofRates(a, b),
      ];
    }
    case "alike":
      return [words.asLong(run.readers, plan(run), times(a), times(b)), ...ofRates(a, b)];
    case "uneven":
      return [words.unevenMedians(run.readers, plan(run), times(a), times(b), range(verdict.range))];
    case "far more":
    case "too few":
      return [words.tooFew(run.readers, plan(run), [a.title, b.title], [a.report.done, b.report.done], leastAnswers)];
  }
}

function ofRates(a: SideOutcome, b: SideOutcome): readonly string[] {
  const verdict = judge("rate", a.report, b.report);
  if (verdict.kind !== "more") return [];
  const [more, less] = verdict.side === 0 ? [a, b] : [b, a];
  return [words.ofRates(more.title, ...rates(more, less))];
}

function faster(run: RunOutcome, more: SideOutcome, less: SideOutcome, ratio: number): string {
  return words.faster(
    run.readers,
    plan(run),
    more.title,
    words.times(formatRatio(ratio)),
    less.title,
    ...rates(more, less),
  );
}

function rates(a: SideOutcome, b: SideOutcome): readonly [string, string] {
  return [formatFigure(a.report.achievedRate), formatFigure(b.report.achievedRate)];
}

/** A range of ratios for the middle of a sentence; `undefined` where the run leaves all open. */
export function range([least, most]: RatioRange): string | undefined {
  return Number.isFinite(most) ? words.range(formatRatio(least), formatRatio(most)) : undefined;
}

/** Rates are no comparison where most requests failed: that is what happened. */
function mostFailed(title: string, report: LoadReport): string {
  const failed = failedRequests(report);
  return words.mostFailed(title, formatCount(failed), formatCount(failed + report.done));
}

/** Whether one answer of four contradicts an earlier one, or more do, and nothing else failed. */
function contradictsItself(report: LoadReport): boolean {
  const { contradictory = 0 } = report.failed;
  return (
    report.done > 0 && 4 * contradictory >= contradictory + report.done && contradictory === failedRequests(report)
  );
}

function alike(run: RunOutcome, a: SideOutcome, b: SideOutcome): readonly string[] {
  const sentence = words.alike(run.readers, plan(run), a.title, b.title, ...rates(a, b));
  // The tail says most. Where too few requests were answered for it, the median has to do.
  const apart = furtherApart(a, b, "p95", words.tailApart) ?? furtherApart(a, b, "p50", words.medianApart);
  return apart === undefined ? [sentence] : [sentence, apart];
}

function furtherApart(
  a: SideOutcome,
  b: SideOutcome,
  rank: "p50" | "p95",
  say: (title: string, longer: string, shorter: string) => string,
): string | undefined {
  const [slow, quick] = (a.report.latency[rank] ?? 0) >= (b.report.latency[rank] ?? 0) ? [a, b] : [b, a];
  const [longer, shorter] = [slow.report.latency[rank], quick.report.latency[rank]];
  if (longer === undefined || shorter === undefined || longer < shorter * tailWorthSaying) return undefined;
  return say(slow.title, formatTime(longer), formatTime(shorter));
}

function cause(run: RunOutcome, more: SideOutcome, less: SideOutcome, ratio: number): readonly string[] {
  const [moreWork, lessWork] = [more.work, less.work];
  if (moreWork === undefined || lessWork === undefined || lessWork.atOnce === 0) return [];
  const accounted = moreWork.atOnce / lessWork.atOnce;
  const accounts = accounted > 1 && accounted < ratio * causeAccountsWithin && accounted > ratio / causeAccountsWithin;
  if (run.waitsOnly && accounts) {
    const { title } = more;
    const start = threadForEach(moreWork)
      ? words.threadEach(title)
      : moreWork.atOnceInOneProcess > 1
        ? words.threads(title)
        : words.several(title);
    return [words.waitedAtOnce(start, moreWork.atOnce, less.title, lessWork.atOnce, lessWork.processes)];
  }
  if (moreWork.processes <= lessWork.processes) return [];
  const { processes, atOnceInOneProcess } = moreWork;
  return [words.processes(more.title, processes, atOnceInOneProcess, less.title, lessWork.processes)];
}

/** Nearly every request was answered by a thread of its own. A small server's fixed threads come again and again. */
function threadForEach({ taken, threads, atOnceInOneProcess }: WorkSeen): boolean {
  return atOnceInOneProcess > 1 && threads >= 0.9 * taken && threads > 2 * atOnceInOneProcess;
}

/** What the readers of an open model wanted and did not get. */
function shortfall({ title, report }: SideOutcome): readonly string[] {
  if (!fellShort(report)) return [];
  const { offeredRate, achievedRate, dropped } = report;
  const lost = dropped === 0 ? undefined : formatCount(dropped);
  return [words.shortfall(title, formatFigure(offeredRate), formatFigure(achievedRate), lost)];
}

/** Whether readers came by a schedule, and a side answered clearly less than they asked. */
export function fellShort({ plan: { model }, offeredRate, achievedRate, dropped }: LoadReport): boolean {
  return model.kind !== "closed" && (dropped > 0 || achievedRate < offeredRate * nearlyAll);
}

function failures(outcomes: readonly SideOutcome[]): readonly string[] {
  const said = outcomes.map(({ title, report }) => ({ title, report, kinds: failureWords(report) }));
  const [first, second] = said;
  if (first && second && first.kinds.length > 0 && first.kinds.join() === second.kinds.join()) {
    return [words.failuresOnBoth(first.kinds)];
  }
  return said.flatMap(({ title, report, kinds }) => {
    if (kinds.length === 0) return [];
    const failed = failedRequests(report);
    return contradictsItself(report)
      ? [words.mostContradicted(title, formatCount(failed), formatCount(failed + report.done))]
      : [words.failures(title, kinds)];
  });
}

function failureWords({ failed, failedWait }: LoadReport): readonly string[] {
  const kinds = failureOrder.filter((kind) => (failed[kind] ?? 0) > 0);
  const [only] = kinds;
  return kinds.map((kind) => {
    const said = words.failureKinds[kind](failed[kind] ?? 0);
    // The longest wait is known of all kinds together.
    const waited = kind === only && kinds.length === 1 && (kind === "timed out" || kind === "gave up");
    return waited && failedWait.max !== undefined ? words.waitedInVain(said, formatTime(failedWait.max)) : said;
  });
}

function endings(outcomes: readonly SideOutcome[]): readonly string[] {
  const stopped = outcomes.find(({ report }) => report.end === "stopped");
  return [
    ...(stopped === undefined ? [] : [words.stopped(formatTime(stopped.report.elapsed))]),
    ...outcomes.flatMap(({ title, report }) => (report.end === "machine died" ? [words.died(title)] : [])),
  ];
}

/** Two digits are enough for a comparison: `1.4`, `2`, `18`. */
function formatRatio(ratio: number): string {
  return formatFigure(Number(ratio.toPrecision(2)));
}

const plan = ({ planLabel }: RunOutcome) => words.quoted(planLabel);
