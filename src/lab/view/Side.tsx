import type { SideName } from "../../lab-definition/schema.ts";
import { labStrings } from "../../strings/strings.ts";
import { componentOf } from "../command/component-of-command.ts";
import { portOfCommand } from "../command/named-port.ts";
import { parseCommand } from "../command/parse-command-line.ts";
import { expectedWorkers } from "../command/workforce.ts";
import type { LabSession } from "../session/lab-session.ts";
import { lastError } from "../side/last-error.ts";
import { sideSentence } from "../side/side-sentence.ts";
import { CommandField, CommandLine } from "./CommandLine.tsx";
import { Panes } from "./panes/Panes.tsx";
import { LazyView } from "./ui/LazyView.tsx";
import { SideBadge } from "./ui/SideBadge.tsx";
import { Faults } from "./workers/Faults.tsx";
import { ManualRequestForm } from "./workers/ManualRequestForm.tsx";
import { Workers } from "./workers/Workers.tsx";

const loadBeside = async () => (await import("./BesidePart.tsx")).BesidePart;
const loadLanesInWords = async () => (await import("./workers/LanesInWords.tsx")).LanesInWords;
const loadWatched = async () => (await import("./panes/WatchedFile.tsx")).WatchedFile;

/** One half of a lab: its command, its server's state, its workers, its panes. */
export function Side({ session, name, shown }: { session: LabSession; name: SideName; shown: boolean }) {
  const side = session.sides[name];
  return (
    <section class={`lab-side lab-of-${name}`} aria-label={side.definition.title} data-shown={shown}>
      <div class="lab-side-server">
        <header class="lab-side-head">
          <h3 class="lab-side-title">
            <SideBadge side={name} />
            {side.definition.title}
          </h3>
          <ProgramTruth session={session} name={name} />
        </header>
        <CommandLine session={session} name={name} />
        <State session={session} name={name} />
        <Workers session={session} name={name} />
        {side.beside && (
          <LazyView shown load={loadBeside} of={{ session, name, program: side.beside, Field: CommandField }} />
        )}
      </div>
      <Beneath session={session} name={name} />
    </section>
  );
}

/** What stands below the verdict, once it is needed: a request by hand, faults, the panes. */
function Beneath({ session, name }: { session: LabSession; name: SideName }) {
  const {
    parts,
    definition: { watches },
  } = session;
  const [byHand, faults, panes] = [parts.shows("by-hand"), parts.shows("faults"), parts.shows("panes")];
  if (!byHand && !faults && !panes) return null;
  return (
    <div class="lab-side-beneath">
      <div class="lab-side-tools">
        {byHand && <ManualRequestForm session={session} name={name} />}
        {faults && <Faults session={session} name={name} />}
        <LazyView shown={session.load.result.value !== undefined} load={loadLanesInWords} of={{ session, name }} />
      </div>
      {panes && (
        <div class="lab-side-panes">
          <Panes session={session} name={name} />
          {watches && <LazyView shown load={loadWatched} of={{ side: session.sides[name], path: watches }} />}
        </div>
      )}
    </div>
  );
}

/** Which program runs here, and how true it is. */
function ProgramTruth({ session, name }: { session: LabSession; name: SideName }) {
  const { value: phase } = session.machine;
  const component = phase.kind === "open" && componentOf(session.sides[name].line.text.value, phase.machine.components);
  if (!component) return null;
  const { componentTitle, truths, truthMeanings } = labStrings.trust;
  return (
    <p class="lab-truth" title={truthMeanings[component.fidelity]}>
      {componentTitle(component.name, component.version)} <span class="lab-badge">{truths[component.fidelity]}</span>
    </p>
  );
}

function State({ session, name }: { session: LabSession; name: SideName }) {
  const side = session.sides[name];
  const { value: phase } = side.phase;
  // Read only where it is said: an output may be long.
  const looks = phase.kind === "exited" || (phase.kind === "starting" && phase.slow);
  const error = looks ? lastError(side.output.text()) : undefined;
  const failed = phase.kind === "failed" || phase.kind === "exited" || phase.kind === "successorExited";
  const mistakes = [...session.mistakes.value];
  const named = portOfCommand(side.line.started.value, session.files.value);
  const started = parseCommand(side.line.started.value);
  const expected = started.ok ? expectedWorkers(started.command.argv) : undefined;
  return (
    <p class="lab-state" role="status" data-phase={phase.kind}>
      <span class={failed ? "lab-failed" : undefined}>
        {sideSentence({
          phase,
          port: side.port.value,
          ports: side.ports.value,
          ...(named !== undefined && { named }),
          ...(expected !== undefined && { expected }),
          ...(error !== undefined && { error }),
          workforce: side.workforce.value,
          commandChanged: side.line.changed.value,
          edited: side.line.edited.value,
          replayed: session.load.replayed.value !== undefined && !session.someAlive.value,
        })}
      </span>
      {mistakes.map(([path, { line }]) => (
        <span class="lab-state-mistake" key={path}>
          {" "}
          {labStrings.file.fileHasMistake(path, line)}
        </span>
      ))}
    </p>
  );
}
