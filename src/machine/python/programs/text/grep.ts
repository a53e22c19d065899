/** `grep`: of a live input it shows each line as it comes. */
import type { NativeProgram, System } from "../../native/system.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { fromBasic } from "./basic-expression.ts";
import { type Chunks, eachInput, linesOf } from "./each-input.ts";

const known = {
  flags: "ivcnlLrREFGPqwxoHhsUaIzb",
  values: "efABCmIDX",
  long: {
    color: "s",
    colour: "s",
    count: "c",
    "ignore-case": "i",
    "invert-match": "v",
    "line-number": "n",
    "files-with-matches": "l",
    "files-without-match": "L",
    "only-matching": "o",
    quiet: "q",
    silent: "q",
    recursive: "r",
    "word-regexp": "w",
    "line-regexp": "x",
    "extended-regexp": "E",
    "fixed-strings": "F",
    "perl-regexp": "P",
    "no-filename": "h",
    "with-filename": "H",
    "no-messages": "s",
    regexp: "e",
    "max-count": "m",
    "after-context": "A",
    "before-context": "B",
    context: "C",
    "line-buffered": "U",
    include: "I",
    exclude: "X",
    "exclude-dir": "D",
  },
};

/** An option that is given again and again, and `-I`, whose letter `--include` borrows. */
function renewed(args: readonly string[]): readonly string[] {
  const patterns: string[] = [];
  const rest: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "-e" || arg === "--regexp") {
      at += 1;
      patterns.push(args[at] ?? "");
    } else if (/^-[A-Za-z]*e$/.test(arg) && !arg.startsWith("--")) {
      rest.push(arg.slice(0, -1));
      at += 1;
      patterns.push(args[at] ?? "");
    } else if (arg.startsWith("--regexp=")) patterns.push(arg.slice("--regexp=".length));
    else if (/^--colou?r(?:=.*)?$/.test(arg)) continue;
    else if (/^-\d+$/.test(arg)) rest.push("-C", arg.slice(1));
    else rest.push(arg);
  }
  return patterns.length === 0 ? rest : ["-e", patterns.join("\n"), ...rest];
}

class Search {
  readonly #expression: RegExp;
  readonly before: number;
  readonly after: number;
  readonly most: number;

  constructor(
    private readonly system: System,
    readonly options: Options,
    patterns: string,
  ) {
    const { flags, values } = options;
    const one = (pattern: string) => {
      if (flags.has("F")) return pattern.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
      return withClasses(flags.has("E") || flags.has("P") ? pattern : fromBasic(pattern));
    };
    const source = patterns
      .split("\n")
      .map((pattern) => `(?:${one(pattern)})`)
      .join("|");
    const whole = flags.has("x") ? `^(?:${source})$` : flags.has("w") ? `(?<!\\w)(?:${source})(?!\\w)` : source;
    try {
      this.#expression = new RegExp(whole, flags.has("i") ? "gi" : "g");
    } catch {
      throw new UsageError("Invalid regular expression");
    }
    const context = Number(values.get("C") ?? 0);
    this.before = Number(values.get("B") ?? context);
    this.after = Number(values.get("A") ?? context);
    this.most = Number(values.get("m") ?? Number.POSITIVE_INFINITY);
  }

  /** How many lines of an input match; they are shown as the options say. */
  async search(chunks: Chunks, name: string): Promise<number> {
    const { flags } = this.options;
    const endsAtFirst = ["q", "l", "L"].some((flag) => flags.has(flag));
    const context = flags.has("c") ? undefined : new Context(this.before, this.after);
    let matches = 0;
    let number = 0;
    for await (const line of linesOf(chunks)) {
      number += 1;
      const matched = this.#matches(line);
      if (matched) matches += 1;
      if (matched && endsAtFirst) return matches;
      for (const shown of context?.take({ line, number }, matched) ?? []) {
        if (shown === "gap") await this.system.print("--\n");
        else await this.#show(name, shown.line, shown.number, shown.number === number && matched ? ":" : "-");
      }
      if (matched && matches >= this.most) break;
    }
    return matches;
  }

  #matches(line: string): boolean {
    this.#expression.lastIndex = 0;
    return this.#expression.test(line) !== this.options.flags.has("v");
  }

  async #show(name: string, line: string, number: number, sign: ":" | "-"): Promise<void> {
    const { flags } = this.options;
    const prefix = `${name === "" ? "" : `${name}${sign}`}${flags.has("n") ? `${number}${sign}` : ""}`;
    if (!flags.has("o")) await this.system.print(`${prefix}${line}\n`);
    else if (sign === ":" && !flags.has("v")) {
      this.#expression.lastIndex = 0;
      const found = Array.from(line.matchAll(this.#expression), ([text]) => text).filter((text) => text !== "");
      await this.system.print(found.map((text) => `${prefix}${text}\n`).join(""));
    }
  }
}

interface Line {
  readonly line: string;
  /** From 1. */
  readonly number: number;
}

/** Which lines around those that match are shown: so many before, and so many after. */
class Context {
  readonly #waiting: Line[] = [];
  /** The number of the line shown last. */
  #last = 0;
  /** How many lines are still to come after the latest match. */
  #trailing = 0;

  constructor(
    private readonly before: number,
    private readonly after: number,
  ) {}

  /** The lines that are to be shown now that this one has come, and where lines in between are not. */
  take(line: Line, matched: boolean): (Line | "gap")[] {
    if (matched) return this.#takeMatch(line);
    if (this.#trailing > 0) {
      this.#trailing -= 1;
      this.#last = line.number;
      return [line];
    }
    if (this.before > 0) this.#waiting.push(line);
    if (this.#waiting.length > this.before) this.#waiting.shift();
    return [];
  }

  #takeMatch(line: Line): (Line | "gap")[] {
    const shown = [...this.#waiting.splice(0), line];
    const begins = shown[0]?.number ?? line.number;
    const gap = this.#last > 0 && begins > this.#last + 1 && this.before + this.after > 0;
    this.#last = line.number;
    this.#trailing = this.after;
    return gap ? ["gap", ...shown] : shown;
  }
}

function withClasses(source: string): string {
  return source.replace(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole).replace(/\\[<>]/g, "\\b");
}

const classes: Readonly<Record<string, string>> = {
  alnum: "A-Za-z0-9",
  alpha: "A-Za-z",
  blank: " \\t",
  digit: "0-9",
  lower: "a-z",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\s",
  upper: "A-Z",
  xdigit: "0-9A-Fa-f",
};

export const grep: NativeProgram = withOptions(
  known,
  async (system, options) => {
    const { flags, values, operands } = options;
    const given = values.get("e");
    const [pattern, ...files] = given === undefined ? operands : [given, ...operands];
    if (pattern === undefined) {
      await system.write(2, "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
      return 2;
    }
    let search: Search;
    try {
      search = new Search(system, options, pattern);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      await system.complain(error.message);
      return 2;
    }
    const recursive = flags.has("r") || flags.has("R");
    const wanted = recursive ? filesBelow(system, files.length > 0 ? files : ["."], values) : files;
    const named = (flags.has("H") || recursive || wanted.length > 1) && !flags.has("h");
    let found = false;
    const folders = recursive ? [] : wanted.filter((name) => system.files.isFolder(system.path(name)));
    for (const name of folders) await system.complain(`${name}: Is a directory`);
    const inputs = wanted.filter((name) => !folders.includes(name));
    if (inputs.length === 0 && (recursive || folders.length > 0)) return 1;
    const status = await eachInput(system, inputs, async (chunks, name) => {
      const shown = name === "-" ? "(standard input)" : name;
      const matches = await search.search(chunks, named ? shown : "");
      found ||= flags.has("L") ? matches === 0 : matches > 0;
      if (flags.has("c")) await system.print(`${named ? `${shown}:` : ""}${matches}\n`);
      else if (flags.has("l") ? matches > 0 : flags.has("L") && matches === 0) await system.print(`${shown}\n`);
    });
    if (status !== 0 && !(found && flags.has("q"))) return 2;
    return found ? 0 : 1;
  },
  renewed,
);

function filesBelow(system: System, names: readonly string[], values: ReadonlyMap<string, string>): string[] {
  const fits = (name: string, pattern: string | undefined) =>
    pattern !== undefined &&
    new RegExp(
      `^${pattern
        .replace(/[.+^$()|[\]{}\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
    ).test(name);
  const walk = (name: string, top: boolean): string[] => {
    const base = name.slice(name.lastIndexOf("/") + 1);
    const path = system.path(name);
    if (!system.files.isFolder(path)) {
      const included = top || values.get("I") === undefined || fits(base, values.get("I"));
      return included && !fits(base, values.get("X")) ? [name] : [];
    }
    if (!top && fits(base, values.get("D"))) return [];
    return system.files.names(path).flatMap((each) => walk(`${name.replace(/\/$/, "")}/${each}`, false));
  };
  return names.flatMap((name) => walk(name, true));
}
