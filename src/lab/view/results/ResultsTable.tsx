import type { SideName } from "../../../lab-definition/schema.ts";
import type { LoadReport } from "../../../load/plan.ts";
import { labStrings } from "../../../strings/strings.ts";
import { formatCount, formatRate, formatTime, noFigure } from "../../basics/number-format.ts";
import { sideNames } from "../../basics/sides.ts";
import { failedRequests } from "../../runs/failed-requests.ts";
import type { PastRun } from "../../runs/run-history.ts";
import { type LoadResult, reportOf } from "../../runs/run-outcome.ts";
import { fellShort } from "../../runs/run-summary.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { SideBadge } from "../ui/SideBadge.tsx";

const words = labStrings.results;

interface Row {
  readonly label: string;
  readonly text: (report: LoadReport) => string;
  /** What the bar under the figure stands for, if it has one. */
  readonly bar?: (report: LoadReport) => number | undefined;
  readonly bad?: (report: LoadReport) => boolean;
  /** Whether the row says anything of a run. Left out: always. */
  readonly when?: (report: LoadReport) => boolean;
}

/** An answer comes in parts where its first byte comes this much earlier than its last, in milliseconds. */
const inParts = 100;

function comesInParts({ firstByte, latency }: LoadReport): boolean {
  return firstByte?.p50 !== undefined && latency.p50 !== undefined && latency.p50 - firstByte.p50 >= inParts;
}

const contradictions = ({ failed }: LoadReport) => failed.contradictory ?? 0;

const rows: readonly Row[] = [
  { label: words.offered, text: ({ offeredRate }) => formatRate(offeredRate), when: fellShort },
  {
    label: words.rate,
    text: ({ done, achievedRate }) => formatRate(done === 0 ? 0 : achievedRate),
    bar: ({ achievedRate }) => achievedRate,
  },
  { label: words.firstByte, text: ({ firstByte }) => formatTime(firstByte?.p50), when: comesInParts },
  { label: words.median, text: ({ latency }) => formatTime(latency.p50), bar: ({ latency }) => latency.p50 },
  { label: words.p95, text: ({ latency }) => formatTime(latency.p95), bar: ({ latency }) => latency.p95 },
  { label: words.p99, text: ({ latency }) => formatTime(latency.p99), bar: ({ latency }) => latency.p99 },
  {
    label: words.errors,
    text: (report) => formatCount(failedRequests(report)),
    bad: (report) => failedRequests(report) > 0,
  },
  {
    label: words.contradictory,
    text: (report) => formatCount(contradictions(report)),
    bad: (report) => contradictions(report) > 0,
    when: (report) => contradictions(report) > 0,
  },
  {
    label: words.dropped,
    text: ({ dropped }) => formatCount(dropped),
    bad: ({ dropped }) => dropped > 0,
    when: ({ dropped }) => dropped > 0,
  },
];

/** A side of a run in a column of its own. */
interface Column {
  readonly key: string;
  readonly side: SideName;
  readonly title: string;
  readonly report: LoadReport | undefined;
  /** The run is over: what has no report was not asked. */
  readonly complete: boolean;
}

/** The figures of both sides of a run, and beside them those of the run that it is compared with. */
export function ResultsTable({ session, result }: { session: LabSession; result: LoadResult }) {
  const { value: compared } = session.load.history.compared;
  const columns = [
    ...sideNames.map((side) => columnOf(result, side, session.sides[side].definition.title)),
    ...(compared === undefined || compared.result === result
      ? []
      : sideNames.map((side) => comparedColumn(compared, side, session.sides[side].definition.title))),
  ];
  const reports = columns.flatMap(({ report }) => report ?? []);
  // A row of dashes says nothing.
  const shown = rows.filter(
    ({ when, text }) =>
      reports.some((report) => text(report) !== noFigure) && (when === undefined || reports.some(when)),
  );
  const table = (
    <table class="lab-table" aria-label={words.label}>
      <thead>
        <tr>
          <th scope="col">
            <span class="lab-hidden">{words.measure}</span>
          </th>
          {columns.map(({ key, side, title, report }) => (
            <th scope="col" key={key}>
              <span class="lab-column">
                <SideBadge side={side} /> {title}
              </span>
              {report !== undefined && report.end !== "complete" && (
                <span class="lab-incomplete"> ({words.incomplete})</span>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            {columns.map((column) => (
              <Figure key={column.key} row={row} column={column} reports={reports} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (columns.length === sideNames.length) return table;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section class="lab-scroll lab-compared" aria-label={words.label} tabIndex={0}>
      {table}
    </section>
  );
}

function columnOf(result: LoadResult, side: SideName, title: string): Column {
  return { key: side, side, title, report: reportOf(result, side), complete: result.complete };
}

function comparedColumn({ number, result }: PastRun, side: SideName, title: string): Column {
  const run = labStrings.runs.number(number);
  return { ...columnOf(result, side, words.ofRun(run, title)), key: `${number} ${side}` };
}

interface FigureProps {
  readonly row: Row;
  readonly column: Column;
  /** All reports in the table, for the bars' one scale. */
  readonly reports: readonly LoadReport[];
}

function Figure({ row, column: { side, report, complete }, reports }: FigureProps) {
  if (report === undefined) return <td>{complete && <NoFigure reason={words.notAsked} />}</td>;
  const text = row.text(report);
  const longest = Math.max(0, ...reports.map((each) => row.bar?.(each) ?? 0));
  const bar = row.bar?.(report);
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
