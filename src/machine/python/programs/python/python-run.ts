/** What a process runs: see `posix/program.py`. */
export interface PythonRun {
  readonly kind: "file" | "command" | "module" | "stdin" | "version";
  readonly target: string | boolean;
}

/** What a command line starts. */
export type StartedProgram =
  | { readonly kind: "python"; readonly argv: string[]; readonly run: PythonRun }
  /** There is no such program, or it refuses its arguments: what is printed, and the exit code. */
  | { readonly kind: "unknown"; readonly message: string; readonly exitCode: number };
