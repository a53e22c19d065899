import { useSignal } from "@preact/signals";
import { chartStrings, labStrings } from "../../../strings/strings.ts";
import { formatFigure, noFigure } from "../../basics/number-format.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { type ChartLine, rowsBySecond, summariseLine, ticksOfLine } from "./chart-data.ts";
import type { ChartDefinition } from "./charts.ts";
import { runsOnScreen } from "./runs-on-screen.ts";

const words = chartStrings;

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
      {linesOnScreen(session, chart).map((line) => (
        <p key={`${line.side} ${line.rank}`}>{course(session, chart, line)}</p>
      ))}
      {chart.note && <p>{chart.note}</p>}
      {open.value && <Table session={session} chart={chart} />}
    </details>
  );
}

function linesOnScreen({ load }: LabSession, { lines }: ChartDefinition): readonly ChartLine[] {
  return lines.filter(({ rank }) => rank !== "compared" || load.history.compared.value !== undefined);
}

function course(session: LabSession, chart: ChartDefinition, line: ChartLine): string {
  const name = lineName(session, chart, line);
  const seen = summariseLine(ticksOfLine(runsOnScreen(session), line), line.of);
  if (seen === undefined) return words.noCourse(name);
  const figure = (value: number) => `${formatFigure(value)}\u00a0${chart.unit}`;
  return words.course(name, figure(seen.lowest), figure(seen.highest), formatFigure(seen.highestAt), figure(seen.last));
}

function lineName(session: LabSession, { ranks }: ChartDefinition, { side, rank }: ChartLine): string {
  const { title } = session.sides[side].definition;
  const { value: compared } = session.load.history.compared;
  if (rank === "compared") return words.lineName(title, labStrings.runs.number(compared?.number ?? 0));
  const name = ranks?.[rank];
  return name === undefined ? title : words.lineName(title, name);
}

function Table({ session, chart }: { session: LabSession; chart: ChartDefinition }) {
  const lines = linesOnScreen(session, chart);
  const rows = rowsBySecond(runsOnScreen(session), lines);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section class="lab-scroll" aria-label={words.tableOf(chart.picture)} tabIndex={0}>
      <table class="lab-table" aria-label={words.tableOf(chart.picture)}>
        <thead>
          <tr>
            <th scope="col">{words.timeAxis}</th>
            {lines.map((line) => (
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
              {lines.map((line, index) => (
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
