/**
 * Programs that keep something from one line to the next, on an input that comes slowly. They are run over what has come so far, as often as there
 * is a pause, and what is new of their output is printed: as they would have printed it.
 */
import type { System } from "../../native/system.ts";
import { latin1 } from "./just-bash-files.ts";

/** How a program is run while its input may go on. */
export interface LiveRun {
  readonly args: readonly string[];
  /** What it has printed of the lines themselves; undefined if it has ended by itself, and waits for no more of them. */
  printed(output: string, exitCode: number): string | undefined;
}

/** How to run a program while its input may go on; undefined if it has to see all of it first. */
export function liveRun(name: string, args: readonly string[]): LiveRun | undefined {
  return name === "awk" ? liveAwk(args) : undefined;
}

const left = 211;
/** What of a program of awk is no code, and what begins its last block. */
const awkParts = /"(?:[^"\\\n]|\\.)*"|(^|[\s(,;!~&|{}])(\/(?:[^/\\\n]|\\.)*\/)|#.*|\bEND(?=\s*\{)|\bexit\b[^;}\n]*/g;

/** `END` is for the end of all input; a program that is left says so by its status. */
function liveAwk(args: readonly string[]): LiveRun | undefined {
  const at = placeOfProgram(args);
  const program = at === undefined ? undefined : args[at];
  if (at === undefined || program === undefined) return undefined;
  const code = program.replace(awkParts, (part, before = "") => (/^["#]|\/$/.test(part) ? before : part));
  // What it does to others must be done once.
  if (/\b(?:getline|system|close|srand|systime)\b|\bprintf?\b[^;{}\n]*[>|]/.test(code)) return undefined;
  const live = program.replace(awkParts, (part) => {
    if (part === "END") return "0";
    return /^exit\b/.test(part) ? `exit ${left}` : part;
  });
  return {
    args: args.with(at, live),
    printed: (output, exitCode) => (exitCode === left ? undefined : output),
  };
}

function placeOfProgram(args: readonly string[]): number | undefined {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "-F" || arg === "-v") at += 1;
    else if (arg === "--") return at + 1;
    else if (!/^-/.test(arg)) return at;
    else if (!/^-[Fv]./.test(arg)) return undefined;
  }
  return undefined;
}

/** Standard input that grows, each character a byte. */
export class GrowingInput {
  #text = "";
  #growing: Promise<boolean> | undefined;

  constructor(private readonly system: System) {}

  /** All that has come. */
  get text(): string {
    return this.#text;
  }

  /** What has come, up to the end of a line. */
  get lines(): string {
    return this.#text.slice(0, this.#text.lastIndexOf("\n") + 1);
  }

  /** Waits until something has come; false at the end of the input. */
  grown(): Promise<boolean> {
    this.#growing ??= this.#grow();
    return this.#growing;
  }

  async #grow(): Promise<boolean> {
    const bytes = await this.system.read(0);
    this.#growing = undefined;
    if (bytes === null) return false;
    this.#text += latin1(bytes);
    return true;
  }

  /** Waits until nothing has come for so long, `most` at the longest, in milliseconds; false at the end of the input. */
  async rests(quiet: number, most: number): Promise<boolean> {
    const end = performance.now() + most;
    while (performance.now() < end) {
      const waiting = Promise.withResolvers<"quiet">();
      const timer = setTimeout(() => waiting.resolve("quiet"), quiet);
      const goesOn = await Promise.race([this.grown(), waiting.promise]);
      clearTimeout(timer);
      if (goesOn === "quiet") return true;
      if (!goesOn) return false;
    }
    return true;
  }
}
