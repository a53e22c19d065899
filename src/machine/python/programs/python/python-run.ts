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

/** What Python's own options change. */
export interface InterpreterOptions {
  /** `-W`, in their order. */
  readonly warnings: readonly string[];
  /** `-u` */
  readonly unbuffered: boolean;
  /** All of them, each by its letter and behind it what it was given: `["u", "Werror"]`. */
  readonly all: readonly string[];
}

/** What Python's own arguments say. */
export interface PythonProgram {
  readonly kind: "python";
  /** Left out: there are none that change anything. */
  readonly options?: InterpreterOptions;
  readonly argv: string[];
  readonly run: PythonRun;
}

/** What a command line starts. */
export type StartedProgram =
  | (PythonProgram & {
      /** The interpreter's path. */
      readonly executable: string;
    })
  | UnknownProgram;
