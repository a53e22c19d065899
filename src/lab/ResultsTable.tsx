import type { LoadReport } from "../load/plan.ts";
import { failedRequests } from "./explain.ts";
import type { LabSession } from "./lab-session.ts";
import { type LoadResult, reportOf } from "./load-test.ts";
import { formatCount, formatRate, formatTime, noFigure } from "./number-format.ts";
import { SideMark } from "./SideMark.tsx";
import { sideNames } from "./sides.ts";
import { labStrings } from "./strings.ts";

const words = labStrings.results;

interface Row {
  readonly label: string;
  readonly text: (report: LoadReport) => string;
  /** What the bar under the figure stands for, if it has one. */
  readonly bar?: (report: LoadReport) => number | undefined;
  readonly bad?: (report: LoadReport) => boolean;
}

const rows: readonly Row[] = [
  {
    label: words.rate,
    text: ({ done, achievedRate }) => formatRate(done === 0 ? 0 : achievedRate),
    bar: ({ achievedRate }) => achievedRate,
  },
  { label: words.median, text: ({ latency }) => formatTime(latency.p50), bar: ({ latency }) => latency.p50 },
  { label: words.p95, text: ({ latency }) => formatTime(latency.p95), bar: ({ latency }) => latency.p95 },
  { label: words.p99, text: ({ latency }) => formatTime(latency.p99), bar: ({ latency }) => latency.p99 },
  {
    label: words.errors,
    text: (report) => formatCount(failedRequests(report)),
    bad: (report) => failedRequests(report) > 0,
  },
];

/** The figures of both sides of a run. */
export function ResultsTable({ session, result }: { session: LabSession; result: LoadResult }) {
  return (
    <table class="lab-table" aria-label={words.label}>
      <thead>
        <tr>
          <th scope="col">
            <span class="lab-hidden">{words.measure}</span>
          </th>
          {sideNames.map((side) => (
            <th scope="col" key={side}>
              <span class="lab-column">
                <SideMark side={side} /> {session.sides[side].definition.title}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            {sideNames.map((side) => (
              <Figure key={side} side={side} row={row} result={result} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figure({ side, row, result }: { side: (typeof sideNames)[number]; row: Row; result: LoadResult }) {
  const report = reportOf(result, side);
  if (report === undefined) return <td>{result.complete && <NoFigure reason={words.notAsked} />}</td>;
  const text = row.text(report);
  const longest = Math.max(0, ...sideNames.map((each) => barOf(row, reportOf(result, each)) ?? 0));
  const bar = barOf(row, report);
  return (
    <td class={`lab-of-${side}`}>
      <span class={row.bad?.(report) ? "lab-failed" : undefined}>
        {text === noFigure ? <NoFigure reason={words.noFigure} /> : text}
      </span>
      {bar !== undefined && longest > 0 && (
        <span class="lab-bar" style={{ inlineSize: `${(100 * bar) / longest}%` }} aria-hidden="true" />
      )}
    </td>
  );
}

function NoFigure({ reason }: { reason: string }) {
  return (
    <>
      {noFigure}
      <span class="lab-hidden"> ({reason})</span>
    </>
  );
}

function barOf(row: Row, report: LoadReport | undefined): number | undefined {
  return report && row.bar?.(report);
}
