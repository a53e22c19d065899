import type { ComponentChildren } from "preact";
import { judge, leastAnswers } from "../../load/verdict.ts";
import { trustStrings } from "../../strings/strings.ts";
import { formatCount, formatFigure, formatRate, formatTime } from "../basics/number-format.ts";
import { sideNames } from "../basics/sides.ts";
import { failedRequests } from "../runs/failed-requests.ts";
import { loadPlanOf } from "../runs/load-plan.ts";
import { readersInWords } from "../runs/plan-words.ts";
import type { LoadResult, SideOutcome } from "../runs/run-outcome.ts";
import { range } from "../runs/run-summary.ts";
import type { LabSession } from "../session/lab-session.ts";
import { clockStep } from "./clock-step.ts";

const words = trustStrings;
/** The raw 99th percentile says something else than the corrected one if it is this many times shorter. */
const worthSaying = 1.1;

/** Whatever is known of the last run, or else of the plan that is chosen. */
export function TrustFacts({ session }: { readonly session: LabSession }) {
  const { value: result } = session.load.result;
  const { value: chosen } = session.load.plan;
  const plan = result?.plan ?? chosen;
  if (plan === undefined) return null;
  const outcomes = sideNames.flatMap((side) => result?.sides[side] ?? []);
  const readers = readersInWords(plan);
  return (
    <dl>
      <Fact term={words.model}>
        {plan.users === undefined ? words.open(readers) : words.closed(readers, plan.users === 1)}
      </Fact>
      <Fact term={words.seed}>{words.seedMeaning(String(loadPlanOf(plan).seed))}</Fact>
      {outcomes.length > 0 && (
        <>
          <Fact term={words.rates}>{outcomes.map(ratesOf).join(" ")}</Fact>
          <Fact term={words.samples}>{[...outcomes.map(samplesOf), words.percentiles].join(" ")}</Fact>
        </>
      )}
      {result?.complete && <Fact term={words.warmUp}>{outcomes.flatMap(warmUpOf).join(" ") || words.warm}</Fact>}
      {result?.complete && <Lines term={words.verdict} lines={verdictOf(result)} />}
      <Lines term={words.lateness} lines={outcomes.flatMap(latenessOf)} />
      <Lines term={words.omission} lines={outcomes.flatMap(omissionOf)} />
      <Fact term={words.computer}>{words.cores(navigator.hardwareConcurrency)}</Fact>
      <Fact term={words.timer}>{words.timerStep(formatTime(clockStep()))}</Fact>
      <Fact term={words.tab}>{words.tabStates[tabState(result)]}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div class="lab-fact">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Lines({ term, lines }: { term: string; lines: readonly string[] }) {
  return lines.length === 0 ? null : <Fact term={term}>{lines.join(" ")}</Fact>;
}

function ratesOf({ title, report }: SideOutcome): string {
  return words.ratesOf(title, formatRate(report.offeredRate), formatRate(report.achievedRate));
}

function samplesOf({ title, report }: SideOutcome): string {
  return words.samplesOf(title, formatCount(report.latency.count), formatCount(failedRequests(report)));
}

function warmUpOf({ title, warmUp }: SideOutcome): readonly string[] {
  if (warmUp === undefined) return [];
  const { end, took, answers } = warmUp;
  return [words.warmUpOf(title, end, formatFigure(took / 1000), formatCount(answers))];
}

/** What the verdict stands on: the halves of the run, and the range that they leave. */
function verdictOf({ sides: { development, production }, measure: asked }: LoadResult): readonly string[] {
  if (development === undefined || production === undefined) return [];
  // Failures are counted: the sentence of such a run is about rates.
  const measure = asked === "median" ? "median" : "rate";
  const verdict = judge(measure, development.report, production.report);
  const halves = [development, production].flatMap(({ title, report: { halves: known } }) => {
    if (known === undefined) return [];
    const [first, second] = known;
    if (measure === "rate") return [words.verdictOf(title, formatRate(first.rate), formatRate(second.rate))];
    return [words.mediansOf(title, formatTime(first.median), formatTime(second.median))];
  });
  const between = "range" in verdict && verdict.range && range(verdict.range);
  const [a, b] = verdict.kind === "more" && verdict.side === 1 ? [production, development] : [development, production];
  return [
    words.verdictMeaning(leastAnswers),
    ...halves,
    ...(between ? [words.ratioOf(a.title, b.title, between)] : []),
  ];
}

function latenessOf({ title, report: { lateness } }: SideOutcome): readonly string[] {
  if (lateness.p50 === undefined) return [];
  return [words.latenessOf(title, formatTime(lateness.p50), formatTime(lateness.max))];
}

/** Coordinated omission: what is left out when waiting is counted from the moment of sending only. */
function omissionOf({ title, report }: SideOutcome): readonly string[] {
  const [corrected, raw] = [report.latency.p99, report.latencyFromSending.p99];
  if (corrected === undefined || raw === undefined || corrected < raw * worthSaying) return [];
  return [words.omissionOf(title, formatTime(corrected), formatTime(raw))];
}

function tabState(result: LoadResult | undefined): keyof typeof words.tabStates {
  if (result === undefined) return "none";
  if (result.hidden) return "hidden";
  return result.otherTab ? "otherTab" : "visible";
}
