/** What a process runs: see `posix/program.py`. */
export interface PythonRun {
  readonly kind: "file" | "command" | "module" | "stdin" | "version";
  readonly target: string | boolean;
}

/** There is no such program, or it refuses its arguments: what is printed, and the exit code. */
export interface UnknownProgram {
  readonly kind: "unknown";
  readonly message: string;
  readonly exitCode: number;
}

/** What Python's own arguments say. */
export interface PythonProgram {
  readonly kind: "python";
  readonly argv: string[];
  readonly run: PythonRun;
}

/** What a command line starts. */
export type StartedProgram =
  | (PythonProgram & {
      /** The interpreter's path. */
      readonly executable: string;
      /** Its own options, as `interpreterOptions` has them. */
      readonly options?: readonly string[];
    })
  | UnknownProgram;
