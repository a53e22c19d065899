/** The part of a side that belongs to the program beside its server. Loaded with the labs that have one. */
import type { SideName } from "../../lab-definition/schema.ts";
import { besideStrings as words } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";
import type { BesideProgram } from "../side/beside-program.ts";
import type { CommandField } from "./CommandLine.tsx";
import { Button } from "./ui/Button.tsx";
import "./beside.css";

interface BesidePartProps {
  readonly session: LabSession;
  readonly name: SideName;
  readonly program: BesideProgram;
  /** What edits a command line. It is given, so that nothing here is loaded with the labs that have no such program. */
  readonly Field: typeof CommandField;
}

/** Its command line, how it is, and what can be done to it. */
export function BesidePart({ session, name, program, Field }: BesidePartProps) {
  const { title } = program.definition;
  const side = session.sides[name];
  const { title: ofSide } = side.definition;
  const { value: phase } = program.phase;
  return (
    <section class="lab-beside" aria-label={words.label(title, ofSide)}>
      <h4 class="lab-beside-title">{title}</h4>
      <Field
        line={program.line}
        label={words.command(title, ofSide)}
        startName={words.startNamed(title, ofSide)}
        restartName={words.restartNamed(title, ofSide)}
        begun={session.parts.begun}
        onRun={() => void session.restart(name, "beside")}
      />
      <div class="lab-beside-foot">
        <p class="lab-beside-state" role="status" data-phase={phase.kind}>
          {sentenceOf(program)}
        </p>
        {phase.kind === "running" && (
          <button
            type="button"
            class="lab-button lab-button-small"
            aria-label={words.killNamed(title, phase.pid)}
            onClick={() => void session.kill(name, phase.pid)}
          >
            {words.kill}
          </button>
        )}
        {session.parts.begun && (side.alive.value || program.alive.value) && (
          <Button
            weight="quiet"
            name={words.restartBothNamed(ofSide)}
            onPress={() => void session.restart(name, "both")}
          >
            {words.restartBoth}
          </Button>
        )}
      </div>
    </section>
  );
}

function sentenceOf({ phase: { value: phase }, line }: BesideProgram): string {
  switch (phase.kind) {
    case "running":
      if (line.changed.value) return `${words.running(phase.pid)} ${words.commandChanged}`;
      return line.edited.value ? `${words.running(phase.pid)} ${words.edited}` : words.running(phase.pid);
    case "exited":
      return phase.status.kind === "exited" ? words.exited(phase.status.code) : words.killed(phase.status.signal);
    case "failed":
      return words.failed(phase.message);
    default:
      return words[phase.kind];
  }
}
