import { useState } from "preact/hooks";
import { programNames } from "../../../lab-definition/programs.ts";
import type { SideName } from "../../../lab-definition/schema.ts";
import { labStrings } from "../../../strings/strings.ts";
import { formatRate, formatTimeOfDay } from "../../basics/number-format.ts";
import { sideNames } from "../../basics/sides.ts";
import type { ExportFormat } from "../../runs/run-export.ts";
import type { PastRun } from "../../runs/run-history.ts";
import { reportOf } from "../../runs/run-outcome.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { downloadFile } from "../ui/download-file.ts";
import { SideBadge } from "../ui/SideBadge.tsx";

const words = labStrings.runs;
const formats = ["json", "csv", "hdr"] as const satisfies readonly ExportFormat[];

/** The runs that are kept: one can be laid over the last, and all can be saved. */
export function Runs({ session }: { session: LabSession }) {
  const { history } = session.load;
  const { value: runs } = history.runs;
  if (runs.length === 0) return null;
  const last = runs.at(-1);
  return (
    <details class="lab-runs">
      <summary>{words.summary(runs.length)}</summary>
      <p>{words.hint}</p>
      <ol aria-label={words.list}>
        {runs.toReversed().map((run) => (
          <Run key={run.number} session={session} run={run} isLast={run === last} />
        ))}
      </ol>
    </details>
  );
}

interface RunProps {
  readonly session: LabSession;
  readonly run: PastRun;
  readonly isLast: boolean;
}

function Run({ session, run, isLast }: RunProps) {
  const { history } = session.load;
  const compared = history.compared.value === run;
  const name = words.number(run.number);
  return (
    <li class="lab-run">
      <span>
        {words.label(name, run.result.planLabel, formatTimeOfDay(run.began))}
        <span class="lab-run-rates">
          {sideNames.map((side) => (
            <span key={side} class={`lab-of-${side}`} title={run.commands[side]}>
              <SideBadge side={side} />
              <span class="lab-hidden">{session.sides[side].definition.title}</span>{" "}
              {formatRate(reportOf(run.result, side)?.achievedRate)}
            </span>
          ))}
        </span>
        <span class="lab-run-commands">
          {programNames.map((program) => run.commands[program] && <code key={program}>{run.commands[program]}</code>)}
        </span>
      </span>
      <span class="lab-run-buttons">
        {isLast ? (
          words.last
        ) : (
          <button
            type="button"
            class="lab-button lab-button-small"
            aria-pressed={compared}
            aria-label={words.compareNamed(name)}
            onClick={() => history.compare(compared ? undefined : run.number)}
          >
            {compared ? words.stopComparing : words.compare}
          </button>
        )}
        <Save session={session} run={run} />
      </span>
    </li>
  );
}

function Save({ session, run }: { session: LabSession; run: PastRun }) {
  const [failed, setFailed] = useState(false);
  const name = words.number(run.number);
  const save = async (format: ExportFormat, side: SideName) => {
    const outcome = run.result.sides[side];
    if (outcome === undefined) return;
    try {
      const { exportRun } = await import("../../runs/run-export.ts");
      const { text, type, ending } = exportRun(format, outcome, run.ticks[side]);
      downloadFile(`${run.result.planName}-run-${run.number}-${side}.${ending}`, type, text);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  const saveWhole = async () => {
    try {
      const [{ courseOf }, { requestsOf }] = await Promise.all([
        import("../../replay/recorded-run.ts"),
        import("../../replay/requests-of-run.ts"),
      ]);
      const text = JSON.stringify(courseOf(run, requestsOf(session, run)));
      downloadFile(`${run.result.planName}-run-${run.number}.json`, "application/json", text);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  return (
    <details class="lab-save">
      <summary aria-label={words.saveLabel(name)}>{words.save}</summary>
      {sideNames
        .filter((side) => run.result.sides[side] !== undefined)
        .map((side) => (
          <p key={side}>
            <SideBadge side={side} /> {session.sides[side].definition.title}
            {formats.map((format) => (
              <button
                key={format}
                type="button"
                class="lab-button lab-button-small"
                aria-label={words.formatNamed(words.formats[format], session.sides[side].definition.title, name)}
                onClick={() => void save(format, side)}
              >
                {words.formats[format]}
              </button>
            ))}
          </p>
        ))}
      <p>
        <button
          type="button"
          class="lab-button lab-button-small"
          aria-label={words.wholeRunNamed(name)}
          onClick={() => void saveWhole()}
        >
          {words.wholeRun}
        </button>
      </p>
      {failed && <p class="lab-failed">{words.saveFailed}</p>}
    </details>
  );
}
