import { useSignal } from "@preact/signals";
import { type ChartLine, courseOf, rowsBySecond } from "./chart-data.ts";
import type { ChartDefinition } from "./charts.ts";
import type { LabSession } from "./lab-session.ts";
import { formatFigure, noFigure } from "./number-format.ts";
import { bySide } from "./sides.ts";
import { labStrings } from "./strings.ts";

const words = labStrings.load;

/** A chart as sentences and as a table, once its run is over. */
export function ChartInWords({ session, chart }: { session: LabSession; chart: ChartDefinition }) {
  const open = useSignal(false);
  if (session.load.running.value) return null;
  return (
    <details
      class="lab-in-words"
      onToggle={({ currentTarget }) => {
        open.value = currentTarget.open;
      }}
    >
      <summary>{words.inWords(chart.label)}</summary>
      {chart.lines.map((line) => (
        <p key={`${line.side} ${line.rank}`}>{course(session, chart, line)}</p>
      ))}
      {open.value && <Table session={session} chart={chart} />}
    </details>
  );
}

function course(session: LabSession, chart: ChartDefinition, line: ChartLine): string {
  const name = lineName(session, chart, line);
  const seen = courseOf(session.load.ticks[line.side].value, line.of);
  if (seen === undefined) return words.noCourse(name);
  const figure = (value: number) => `${formatFigure(value)}\u00a0${chart.unit}`;
  return words.course(name, figure(seen.lowest), figure(seen.highest), formatFigure(seen.highestAt), figure(seen.last));
}

function lineName(session: LabSession, { ranks }: ChartDefinition, { side, rank }: ChartLine): string {
  const { title } = session.sides[side].definition;
  return ranks === undefined ? title : words.lineName(title, ranks[rank]);
}

function Table({ session, chart }: { session: LabSession; chart: ChartDefinition }) {
  const rows = rowsBySecond(
    bySide((side) => session.load.ticks[side].value),
    chart.lines,
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section class="lab-scroll" aria-label={words.tableOf(chart.picture)} tabIndex={0}>
      <table class="lab-table" aria-label={words.tableOf(chart.picture)}>
        <thead>
          <tr>
            <th scope="col">{words.timeAxis}</th>
            {chart.lines.map((line) => (
              <th scope="col" key={`${line.side} ${line.rank}`}>
                {lineName(session, chart, line)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ second, figures }) => (
            <tr key={second}>
              <th scope="row">{second}</th>
              {chart.lines.map((line, index) => (
                <td key={`${line.side} ${line.rank}`}>{withUnit(figures[index], chart.unit)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function withUnit(value: number | undefined, unit: string): string {
  const figure = formatFigure(value);
  return figure === noFigure ? figure : `${figure}\u00a0${unit}`;
}
