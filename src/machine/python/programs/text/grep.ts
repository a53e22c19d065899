/** `grep`: of a live input it shows each line as it comes. */
import type { NativeProgram, System } from "../../native/system.ts";
import { type Options, withOptions } from "../options.ts";
import { type Chunks, contentOfInput, eachInput, linesTogether } from "./each-input.ts";
import { ExpressionError, perlExpression, posixExpression } from "./posix-expression.ts";
import { fitsWildcards } from "./wildcards.ts";

const known = {
  flags: "ivcnlLrREFGPqwxoHhsUaIzbZTKk",
  values: "efABCmIDXd",
  long: {
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
    null: "Z",
    "dereference-recursive": "R",
    "byte-offset": "b",
    "null-data": "z",
    text: "a",
    file: "f",
    directories: "d",
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
    else if (/^--colou?r(?:=.*)?$/.test(arg)) rest.push(...colourOption(arg.split("=")[1] ?? "auto"));
    else if (/^-\d+$/.test(arg)) rest.push("-C", arg.slice(1));
    else rest.push(arg);
  }
  return patterns.length === 0 ? rest : ["-e", patterns.join("\n"), ...rest];
}

/** `-K`: in colour; `-k`: on a terminal. Letters that grep has not. */
function colourOption(when: string): string[] {
  if (["always", "yes", "force"].includes(when)) return ["-K"];
  return ["auto", "tty", "if-tty"].includes(when) ? ["-k"] : [];
}

/** GNU's colours, by what they show. */
const colours = { match: "01;31", name: "35", number: "32", sign: "36" } as const;

class Search {
  readonly #coloured: boolean;
  /** Whether lines around are asked for, and whether any were shown, of whatever input: `--` stands between. */
  readonly #groups: { readonly wanted: boolean; any: boolean };
  readonly #expression: RegExp;
  readonly warnings: string[] = [];
  readonly before: number;
  readonly after: number;
  readonly most: number;

  constructor(
    private readonly system: System,
    readonly options: Options,
    patterns: string,
  ) {
    const { flags, values } = options;
    this.#coloured = flags.has("K") || (flags.has("k") && system.descriptors.isTerminal(1));
    const one = (pattern: string) => {
      if (flags.has("F")) return pattern.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
      if (flags.has("P")) return perlExpression(pattern);
      const { source, warnings } = posixExpression(pattern, flags.has("E"));
      this.warnings.push(...warnings);
      return source;
    };
    const source = patterns
      .split("\n")
      .map((pattern) => `(?:${one(pattern)})`)
      .join("|");
    const whole = flags.has("x") ? `^(?:${source})$` : flags.has("w") ? `(?<!\\w)(?:${source})(?!\\w)` : source;
    try {
      this.#expression = new RegExp(whole, flags.has("i") ? "gi" : "g");
    } catch {
      throw new ExpressionError("Invalid regular expression");
    }
    this.#groups = { wanted: ["A", "B", "C"].some((letter) => values.has(letter)), any: false };
    const context = Number(values.get("C") ?? 0);
    this.before = Number(values.get("B") ?? context);
    this.after = Number(values.get("A") ?? context);
    this.most = Number(values.get("m") ?? Number.POSITIVE_INFINITY);
  }

  /** How many lines of an input match; they are shown as the options say. */
  async search(chunks: Chunks, name: string): Promise<number> {
    const { flags } = this.options;
    const found = { matches: 0, number: 0, offset: 0, over: false };
    const context = flags.has("c") ? undefined : new Context(this.before, this.after, this.#groups);
    for await (const lines of linesTogether(chunks, flags.has("z") ? "\0" : "\n")) {
      const text = this.#searchLines(lines, name, context, found);
      if (text !== "") await this.system.print(text);
      if (found.over) break;
    }
    return found.matches;
  }

  /** What is shown of lines that came together. */
  #searchLines(
    lines: readonly string[],
    name: string,
    context: Context | undefined,
    found: { matches: number; number: number; offset: number; over: boolean },
  ): string {
    const endsAtFirst = ["q", "l", "L"].some((flag) => this.options.flags.has(flag));
    const pieces: string[] = [];
    for (const line of lines) {
      found.number += 1;
      const matched = found.matches < this.most && this.#matches(line);
      if (matched) found.matches += 1;
      found.over = matched && endsAtFirst;
      if (!found.over) {
        pieces.push(this.#around({ line, number: found.number, offset: found.offset }, matched, name, context));
        found.over = found.matches >= this.most && context?.goesOn !== true;
      }
      if (found.over) break;
      if (this.options.flags.has("b")) found.offset += bytesOf(line) + 1;
    }
    return pieces.join("");
  }

  /** What is shown now that this line has come. */
  #around(line: Line, matched: boolean, name: string, context: Context | undefined): string {
    return (context?.take(line, matched) ?? [])
      .map((shown) => {
        if (shown === "gap") return `${this.painted("--", "sign")}\n`;
        return this.#shown(name, shown, shown.number === line.number && matched ? ":" : "-");
      })
      .join("");
  }

  #matches(line: string): boolean {
    this.#expression.lastIndex = 0;
    return this.#expression.test(line) !== this.options.flags.has("v");
  }

  /** A part of the output in its colour, where there are colours. */
  painted(text: string, colour: keyof typeof colours): string {
    return this.#coloured && text !== "" ? `\u001b[${colours[colour]}m\u001b[K${text}\u001b[m\u001b[K` : text;
  }

  #shown(name: string, { line, number, offset }: Line, sign: ":" | "-"): string {
    const { flags } = this.options;
    const end = flags.has("z") ? "\0" : "\n";
    const between = this.painted(sign, "sign");
    const told = name === "" ? "" : `${this.painted(name, "name")}${flags.has("Z") ? "\0" : between}`;
    const before = `${told}${flags.has("n") ? `${this.painted(String(number), "number")}${between}` : ""}`;
    const at = (index: number) =>
      flags.has("b") ? `${this.painted(String(offset + bytesOf(line.slice(0, index))), "number")}${between}` : "";
    const isMatch = sign === ":" && !flags.has("v");
    if (!flags.has("o")) return `${before}${at(0)}${isMatch && this.#coloured ? this.#marked(line) : line}${end}`;
    if (!isMatch) return "";
    this.#expression.lastIndex = 0;
    return Array.from(line.matchAll(this.#expression))
      .filter(([text]) => text !== "")
      .map(({ 0: text, index }) => `${before}${at(index)}${this.painted(text, "match")}${end}`)
      .join("");
  }

  /** A line with what matches in it marked. */
  #marked(line: string): string {
    this.#expression.lastIndex = 0;
    return line.replace(this.#expression, (...found) => this.painted(String(found[0]), "match"));
  }
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

interface Line {
  readonly line: string;
  /** From 1. */
  readonly number: number;
  /** Where it begins in its input, in bytes, if that is asked for. */
  readonly offset: number;
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
    private readonly groups: { readonly wanted: boolean; any: boolean },
  ) {}

  /** Something is still to come after the latest match. */
  get goesOn(): boolean {
    return this.#trailing > 0;
  }

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
    const isNext = this.#last > 0 && begins <= this.#last + 1;
    const gap = this.groups.wanted && this.groups.any && !isNext;
    this.groups.any = true;
    this.#last = line.number;
    this.#trailing = this.after;
    return gap ? ["gap", ...shown] : shown;
  }
}

export const grep: NativeProgram = withOptions(
  known,
  async (system, options) => {
    const { flags, values } = options;
    const { pattern, files } = await patternAndFiles(system, options);
    if (pattern === undefined) {
      await system.write(2, "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
      return 2;
    }
    let search: Search;
    try {
      search = new Search(system, options, pattern);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      await system.complain(error.message);
      return 2;
    }
    for (const warning of search.warnings) await system.complain(`warning: ${warning}`);
    const recursive = flags.has("r") || flags.has("R");
    const wanted = recursive ? filesBelow(system, files.length > 0 ? files : ["."], values) : files;
    const inFolders = recursive && (files.length !== 1 || system.files.isFolder(system.path(files[0] ?? "")));
    const named = (flags.has("H") || inFolders || wanted.length > 1) && !flags.has("h");
    let found = false;
    const folders = recursive ? [] : wanted.filter((name) => system.files.isFolder(system.path(name)));
    const skipped = values.get("d") === "skip";
    if (!(flags.has("s") || skipped)) await complainOfFolders(system, folders);
    const inputs = wanted.filter((name) => !folders.includes(name));
    if (inputs.length === 0 && (recursive || folders.length > 0)) return folders.length > 0 && !skipped ? 2 : 1;
    const status = await eachInput(
      system,
      inputs,
      async (chunks, name) => {
        const shown = name === "-" ? "(standard input)" : name;
        const matches = await search.search(chunks, named ? shown : "");
        found ||= flags.has("L") ? matches === 0 : matches > 0;
        const end = flags.has("Z") ? "\0" : "\n";
        if (flags.has("l") ? matches > 0 : flags.has("L") && matches === 0)
          await system.print(`${search.painted(shown, "name")}${end}`);
        else if (flags.has("c") && !flags.has("l") && !flags.has("L"))
          await system.print(
            `${named ? `${search.painted(shown, "name")}${flags.has("Z") ? "\0" : search.painted(":", "sign")}` : ""}${matches}\n`,
          );
      },
      flags.has("s") ? () => undefined : undefined,
    );
    return statusOf(found, status !== 0, flags.has("q"));
  },
  renewed,
);

/** 2 where something could not be read, unless all that was asked is whether there is a match. */
function statusOf(found: boolean, failed: boolean, quiet: boolean): number {
  if (failed && !(found && quiet)) return 2;
  return found ? 0 : 1;
}

/** Patterns come from `-e`, from `-f`, or before the files. */
async function patternAndFiles(
  system: System,
  { values, operands }: Options,
): Promise<{ readonly pattern: string | undefined; readonly files: readonly string[] }> {
  const file = values.get("f");
  const given = [values.get("e"), file === undefined ? undefined : await patternsIn(system, file)];
  const patterns = given.filter((each) => each !== undefined);
  const [pattern, ...files] = patterns.length > 0 ? [patterns.join("\n"), ...operands] : operands;
  return { pattern, files };
}

/** One pattern a line. Throws what keeps the file from being read. */
async function patternsIn(system: System, file: string): Promise<string> {
  return new TextDecoder().decode(await contentOfInput(system, file)).replace(/\n$/, "");
}

function filesBelow(system: System, names: readonly string[], values: ReadonlyMap<string, string>): string[] {
  const walk = (name: string, top: boolean): string[] => {
    const base = name.slice(name.lastIndexOf("/") + 1);
    const path = system.path(name);
    if (!system.files.isFolder(path)) {
      const included = top || values.get("I") === undefined || fitsWildcards(base, values.get("I"));
      return included && !fitsWildcards(base, values.get("X")) ? [name] : [];
    }
    if (!top && fitsWildcards(base, values.get("D"))) return [];
    return system.files.names(path).flatMap((each) => walk(`${name.replace(/\/$/, "")}/${each}`, false));
  };
  return names.flatMap((name) => walk(name, true));
}

async function complainOfFolders(system: System, folders: readonly string[]): Promise<void> {
  for (const name of folders) await system.complain(`${name}: Is a directory`);
}
