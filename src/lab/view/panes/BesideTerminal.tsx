import { useMemo } from "preact/hooks";
import { besideStrings } from "../../../strings/strings.ts";
import type { BesideProgram } from "../../side/beside-program.ts";
import { LazyTerminal } from "./LazyTerminal.tsx";
import type { TerminalOptions } from "./terminal-screen.ts";

interface BesideTerminalProps {
  readonly program: BesideProgram;
  /** Title of its side. */
  readonly side: string;
  readonly shown: boolean;
}

/** The terminal of the program beside a side's server. */
export function BesideTerminal({ program, side, shown }: BesideTerminalProps) {
  const wanted = program.phase.value.kind !== "idle";
  const { title } = program.definition;
  const options = useMemo<TerminalOptions>(
    () => ({
      name: besideStrings.terminal(title, side),
      log: true,
      onInput: (bytes) => program.type(bytes),
      onResize: (size) => program.resize(size),
    }),
    [program, title, side],
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
