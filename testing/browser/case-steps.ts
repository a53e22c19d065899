/**
 * A case: a small project as courses and bug reports have them, what is done with it, and what must be seen, as it was
 * seen natively.
 *
 * Its folder holds the project's files and `expect.json`. Every text is a part that must occur, unless the field's name
 * says otherwise.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What is expected of a text, by the field's ending: exactly this, these parts, none of these, these patterns
 * (multi-line).
 */
export type TextExpectations<Prefix extends string> = {
  readonly [Field in Prefix]?: string;
} & {
  readonly [Field in `${Prefix}_contains` | `${Prefix}_excludes` | `${Prefix}_matches`]?: readonly string[];
};

/**
 * A program in the foreground of a terminal of its own. `until`: it counts as started once it has printed this. Times
 * are in seconds.
 */
export interface StartStep {
  readonly start: string;
  readonly as?: string;
  readonly until?: string;
  readonly within?: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A command line, run by `sh` (or another shell, `with`) without a terminal, to its end. Standard output and error are
 * one text.
 */
export type RunStep = {
  readonly run: string;
  readonly with?: "bash";
  readonly exit?: number;
  readonly within?: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
} & TextExpectations<"out">;

/** A shell with a prompt, on a terminal of its own. Its prompts are `$ ` and `> `. */
export interface ShellStep {
  readonly shell: "bash" | "sh";
  readonly as?: string;
}

/**
 * What is typed at a terminal, with Enter after it unless it is `raw`. The step is over when the terminal shows `until`, or a prompt and nothing
 * more for `quiet` seconds, or after `within` seconds. What is expected counts from what was typed on, as the terminal shows it.
 */
export type TypeStep = {
  readonly type: string;
  readonly to?: string;
  readonly raw?: boolean;
  readonly until?: string;
  readonly quiet?: number;
  readonly within?: number;
} & TextExpectations<"out">;

/**
 * What is asked of a port. Of the fields that give a body there is one. `cookies`: they are kept and sent, as by a
 * browser.
 */
export interface CaseRequest {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly body_base64?: string;
  readonly body_repeat?: readonly [text: string, times: number];
  readonly body_parts?: readonly (string | readonly [text: string, times: number])[];
  readonly cookies?: boolean;
  /** In seconds. */
  readonly timeout?: number;
}

/** A request; headers are patterns of the whole value, null: there is none. */
export type RequestStep = {
  readonly request: CaseRequest;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | null>>;
  /** In bytes. */
  readonly body_length?: number;
} & TextExpectations<"body">;

/** A signal to a program that was started, or `^C` at its terminal. */
export interface SignalStep {
  readonly signal: string;
  readonly to?: string;
}

/** A program ends by itself. An exit status below zero is a signal. */
export interface EndsStep {
  readonly ends: string;
  readonly exit?: number;
  readonly within?: number;
}

/** What a terminal has shown so far. */
export interface TerminalStep {
  readonly terminal: string;
  readonly within?: number;
  readonly terminal_contains?: readonly string[];
  readonly terminal_excludes?: readonly string[];
  readonly terminal_matches?: readonly string[];
  readonly terminal_counts?: Readonly<Record<string, number>>;
}

/** The reader saves a file. */
export interface WriteStep {
  readonly write: string;
  readonly text: string;
}

/**
 * Time goes by, in seconds: what is looked at is what happens meanwhile. Where that is one thing, it need not all go by: it is over when the
 * terminal of `of` (the server's) has shown `until` anew, since it was last waited for there.
 */
export interface SleepStep {
  readonly sleep: number;
  readonly until?: string;
  readonly of?: string;
}

/** One step. */
export type CaseStep =
  | StartStep
  | RunStep
  | ShellStep
  | TypeStep
  | RequestStep
  | SignalStep
  | EndsStep
  | TerminalStep
  | WriteStep
  | SleepStep;

/** A case as it is played. */
export interface Case {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly content: Buffer }[];
  readonly steps: readonly CaseStep[];
}

/** What lies in a case's folder and is none of the project's files. */
const notOfTheProject = new Set(["case.md", "expect.json"]);

/** The cases of a folder that are played step by step, by name. */
export function readCases(folder: string): readonly Case[] {
  const cases: Case[] = [];
  for (const name of readdirSync(folder).sort()) {
    const expectations = readOptional(join(folder, name, "expect.json"));
    if (expectations === undefined) continue;
    const { steps }: { steps?: readonly CaseStep[] } = JSON.parse(expectations);
    if (!steps) continue;
    const files = readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !notOfTheProject.has(entry.name))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path: path.slice(join(folder, name).length + 1), content: readFileSync(path) };
      });
    cases.push({ name, files, steps });
  }
  return cases;
}

function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}
