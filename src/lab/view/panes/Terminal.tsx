import type { ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { TerminalSize } from "../../../machine/machine.ts";
import { labStrings } from "../../../strings/strings.ts";
import type { EditableCommand } from "../../side/editable-command.ts";
import type { OutputLog } from "../../side/output-log.ts";
import { LazyTerminal } from "./LazyTerminal.tsx";
import type { TerminalOptions } from "./terminal-screen.ts";

/** A program with a terminal of its own, as far as its terminal goes. */
export interface TerminalProgram {
  readonly line: Pick<EditableCommand, "text">;
  readonly phase: ReadonlySignal<{ readonly kind: string }>;
  readonly output: OutputLog;
  type(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  /** A terminal is being made, whose size what starts meanwhile may wait for. */
  expectScreen?(): void;
}

/** The terminal of a server, or of the program beside it: its own bytes. Its code is loaded when it is started. */
export function Terminal({ program, title, shown }: { program: TerminalProgram; title: string; shown: boolean }) {
  const wanted = program.phase.value.kind !== "idle";
  const options = useMemo<TerminalOptions>(
    () => ({
      name: labStrings.terminal.input(title),
      log: true,
      onAwaited: () => program.expectScreen?.(),
      onInput: (bytes) => program.type(bytes),
      onResize: (size) => program.resize(size),
    }),
    [program, title],
  );
  return (
    <LazyTerminal wanted={wanted} shown={shown} output={program.output} options={options}>
      {!wanted && (
        <p class="lab-terminal-prompt">
          <span aria-hidden="true">$ </span>
          {program.line.text.value}
        </p>
      )}
    </LazyTerminal>
  );
}
