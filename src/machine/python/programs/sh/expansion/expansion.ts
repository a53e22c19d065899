import type { List, Modifier, Word, WordPart } from "../../../../../shell/syntax.ts";
import type { ShellLanguage } from "../../../../../shell/word-parser.ts";
import { evaluate } from "./arithmetic.ts";
import { bracesOf } from "./braces.ts";
import { ExpansionBudget, ExpansionError, UnsetError } from "./expansion-budget.ts";
import { escaped, type Folders, type GlobOptions, glob, isPattern, Pattern, unescaped } from "./pattern.ts";
import { inTableOrder } from "./table-order.ts";
import { changed, quotedForBash } from "./value-changes.ts";

/** What words are expanded with. */
export interface ExpansionContext {
  /** Undefined if it is not set. */
  variable(name: string): string | undefined;
  /** Throws `ExpansionError` if it is read only. */
  setVariable(name: string, value: string): void;
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly folders: Folders;
  /** What stands at a path is looked at next: it may have to be found out. Absolute. */
  lookAt?(path: string): Promise<void>;
  /** What a list prints, without newlines at its end. */
  output(list: List): Promise<string>;
  /** Whose rules hold; left out: bash's. */
  readonly language?: ShellLanguage;
  /** `IFS`; left out or undefined: blanks, tabs and newlines. */
  readonly splitters?: string | undefined;
  /** `set -f`. */
  readonly noGlob?: boolean;
  /** `shopt -s nullglob`. */
  readonly nullGlob?: boolean;
  /** `shopt -s failglob`. */
  readonly failGlob?: boolean;
  readonly globOptions?: GlobOptions;
  /** `set -u`. */
  readonly strict?: boolean;
  /** The elements of an array, by their keys; undefined if it is none. */
  elements?(name: string): ReadonlyMap<string, string> | undefined;
  /** Whether an array's keys are texts. */
  isAssociative?(name: string): boolean;
  setElement?(name: string, key: string, value: string): void;
  /** The name of the variable that this one stands for (`declare -n`). */
  reference?(name: string): string | undefined;
  /** The letters with which `declare` makes this variable. */
  marks?(name: string): string;
  /** All names of variables. */
  names?(): readonly string[];
  /** The path of a file with what a list prints, or, with `reads`, of one whose text the list reads afterwards. */
  file?(list: List, reads: boolean): Promise<string>;
  /** It is a here-document, in which bash puts a blank between arguments, whatever `IFS` is. */
  readonly inHereDocument?: boolean;
  /** Patterns such as `@(a|b)` mean something (`shopt -s extglob`). */
  readonly extendedPatterns?: boolean;
}

/** A piece of a field on its way, or the border between two. */
type Segment = { readonly text: string; readonly quoted: boolean; readonly split: boolean } | Border;

/** Between arguments: those of `$@`, or those of `$*`. */
type Border = "border" | "joint";

/** Words on their way: what is quoted is escaped in a field's pattern. */
class Fields {
  readonly done: string[] = [];
  #pattern: string | undefined;
  /** A blank has just ended a field: another splitter may belong to the same border. */
  #afterBlank = false;
  readonly #splitterTest: (unit: number) => boolean;

  constructor(
    private readonly around: ExpansionContext,
    private readonly budget: ExpansionBudget,
  ) {
    this.#splitterTest = splitterTest(around.splitters ?? " \t\n");
  }

  add(segment: Segment): void {
    if (typeof segment === "string") {
      this.end();
      this.#afterBlank = false;
    } else {
      this.budget.write(segment.text.length);
      if (segment.split) this.#addSplit(segment.text);
      else this.#append(segment.text, segment.quoted);
    }
  }

  /** The current field is over, if one has begun. */
  end(): void {
    if (this.#pattern === undefined) return;
    this.budget.make(1);
    this.done.push(this.#pattern);
    this.#pattern = undefined;
  }

  #append(text: string, quoted: boolean): void {
    this.#pattern = (this.#pattern ?? "") + asPattern(text, quoted, this.around);
    this.#afterBlank = false;
  }

  /** What an expansion came to, cut at the splitters. */
  #addSplit(text: string): void {
    const isSplitter = this.#splitterTest;
    let start = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (!isSplitter(unit)) continue;
      if (at > start) this.#append(text.slice(start, at), false);
      start = at + 1;
      if (isBlank(unit)) {
        this.#afterBlank ||= this.#pattern !== undefined;
        this.end();
      } else if (this.#afterBlank) this.#afterBlank = false;
      else {
        this.#pattern ??= "";
        this.end();
      }
    }
    if (start < text.length) this.#append(text.slice(start), false);
  }
}

/** Asked of every UTF-16 code unit of what may be millions: one comparison for most. */
function splitterTest(splitters: string): (unit: number) => boolean {
  const units = Array.from({ length: splitters.length }, (_, at) => splitters.charCodeAt(at));
  const largest = Math.max(-1, ...units);
  return (unit) => unit <= largest && units.includes(unit);
}

/** A blank, a tab, or the end of a line. */
function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0a;
}

/** Without `extglob` a bracket is a character like others. */
function asPattern(text: string, quoted: boolean, { extendedPatterns = false }: ExpansionContext): string {
  if (quoted) return escaped(text);
  return text.replace(extendedPatterns ? /\\/g : /[\\(]/g, "\\$&");
}

/** Fields out of words: expanded, split, and matched against the files. Throws `ExpansionError`. */
export async function expandWords(words: readonly Word[], around: ExpansionContext): Promise<string[]> {
  const budget = new ExpansionBudget();
  const fields: string[] = [];
  const isBash = around.language !== "posix";
  for (const word of isBash ? words.flatMap((each) => bracesOf(each, budget)) : words) {
    for (const pattern of await fieldsOf(word, around, budget)) {
      if (pattern.startsWith("/proc")) await around.lookAt?.(pattern);
      addMatching(pattern, around, budget, fields);
    }
  }
  return fields;
}

function addMatching(pattern: string, around: ExpansionContext, budget: ExpansionBudget, fields: string[]): void {
  const matched = !around.noGlob && isPattern(pattern);
  const found = matched ? glob(pattern, around.cwd, around.folders, budget, around.globOptions) : [];
  if (matched && found.length === 0 && around.failGlob) throw new ExpansionError(`no match: ${unescaped(pattern)}`);
  for (const field of found) fields.push(field);
  if (found.length === 0 && !(matched && around.nullGlob)) fields.push(unescaped(pattern));
}

/** One text out of a word: for assignments, redirections and the like. Throws `ExpansionError`. */
export function expandText(
  word: Word,
  around: ExpansionContext,
  tilde: "word" | "assignment" = "word",
): Promise<string> {
  return textOf(word, around, new ExpansionBudget(), tilde);
}

/** What a word stands for as a pattern, in which what was quoted stands for itself. Throws `ExpansionError`. */
export function expandPattern(word: Word, around: ExpansionContext): Promise<string> {
  return patternOf(word, around, new ExpansionBudget());
}

/** Whether a text is what a word stands for as a pattern. Throws `ExpansionError`. */
export async function matchesWord(text: string, word: Word, around: ExpansionContext): Promise<boolean> {
  const budget = new ExpansionBudget();
  return new Pattern(await patternOf(word, around, budget)).matches(text, budget);
}

async function fieldsOf(word: Word, around: ExpansionContext, budget: ExpansionBudget): Promise<readonly string[]> {
  const fields = new Fields(around, budget);
  for (const segment of await segmentsOf(word, around, budget, "word")) fields.add(segment);
  fields.end();
  return fields.done;
}

async function textOf(
  word: Word,
  around: ExpansionContext,
  budget: ExpansionBudget,
  tilde: "word" | "assignment" = "word",
): Promise<string> {
  const segments = await segmentsOf(word, around, budget, tilde);
  return written(
    segments.map((segment) => (typeof segment === "string" ? betweenArguments(segment, around) : segment.text)),
    budget,
  );
}

async function patternOf(word: Word, around: ExpansionContext, budget: ExpansionBudget): Promise<string> {
  const segments = await segmentsOf(word, around, budget, "word");
  return written(
    segments.map((segment) =>
      typeof segment === "string" ? betweenArguments(segment, around) : asPattern(segment.text, segment.quoted, around),
    ),
    budget,
  );
}

/** Where nothing is split arguments are one text. */
function betweenArguments(border: Border, { language, splitters = " " }: ExpansionContext): string {
  return border === "joint" || language === "posix" ? splitters.charAt(0) : " ";
}

function written(texts: readonly string[], budget: ExpansionBudget): string {
  for (const text of texts) budget.write(text.length);
  return texts.join("");
}

async function segmentsOf(
  word: Word,
  around: ExpansionContext,
  budget: ExpansionBudget,
  tilde: "word" | "assignment",
): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const [index, part] of word.parts.entries()) {
    if (part.kind !== "text") {
      segments.push(...(await expanded(part, around, budget)));
      continue;
    }
    const more = index < word.parts.length - 1;
    for (const segment of textSegments(part, index === 0, more, tilde, around)) segments.push(segment);
  }
  return segments;
}

function textSegments(
  part: Extract<WordPart, { kind: "text" }>,
  first: boolean,
  more: boolean,
  tilde: "word" | "assignment",
  around: ExpansionContext,
): Segment[] {
  const { text, quoted } = part;
  if (quoted || !text.includes("~")) return [{ text, quoted, split: false }];
  const pieces = tilde === "assignment" ? text.split(/(?<=:)/) : [text];
  return pieces.flatMap((piece, index): Segment[] => {
    const [, user, end = ""] = /^~([A-Za-z0-9_-]*)(\/|:|$)/.exec(piece) ?? [];
    const last = index === pieces.length - 1;
    const home = user === undefined ? undefined : homeOf(user, around);
    const begins = index > 0 || first;
    if (home === undefined || user === undefined || !begins || (end === "" && last && more)) {
      return [{ text: piece, quoted: false, split: false }];
    }
    return [
      { text: home, quoted: true, split: false },
      { text: piece.slice(user.length + 1), quoted: false, split: false },
    ];
  });
}

function homeOf(user: string, around: ExpansionContext): string | undefined {
  if (user === "") return around.variable("HOME");
  if (user === "root") return "/root";
  return user === around.variable("USER") ? around.variable("HOME") : undefined;
}

async function expanded(
  part: Exclude<WordPart, { kind: "text" }>,
  around: ExpansionContext,
  budget: ExpansionBudget,
): Promise<readonly Segment[]> {
  switch (part.kind) {
    case "variable":
      return new VariableExpansion(part, around, budget).segments();
    case "substitution":
      return [{ text: await around.output(part.list), quoted: part.quoted, split: !part.quoted }];
    case "process":
      if (around.file === undefined) throw new ExpansionError("<( ) is not known here");
      return [{ text: await around.file(part.list, part.reads), quoted: true, split: false }];
    case "arithmetic": {
      const text = String(evaluateIn(await textOf(part.expression, around, budget), around));
      return [{ text, quoted: part.quoted, split: !part.quoted }];
    }
  }
}

/** What an expression comes to with the shell's variables. Throws `ExpansionError`. */
export function evaluateIn(expression: string, around: ExpansionContext): bigint {
  const language = around.language ?? "bash";
  return evaluate(
    expression,
    {
      get: (name, index) => {
        const value = index === undefined ? around.variable(name) : around.elements?.(name)?.get(String(index));
        const isMissing = value === undefined && index === undefined;
        if (isMissing && around.strict && language === "bash") throw unset(name, language);
        return value ?? "";
      },
      set: (name, index, value) => {
        if (index === undefined) around.setVariable(name, value);
        else around.setElement?.(name, String(index), value);
      },
      isAssociative: (name) => around.isAssociative?.(name) ?? false,
    },
    language,
  );
}

function unset(name: string, language: ShellLanguage): UnsetError {
  return new UnsetError(`${name}: ${language === "posix" ? "parameter not set" : "unbound variable"}`);
}

/** What a name stands for: one value, if any, or several. */
type Value =
  | { readonly kind: "one"; readonly value: string | undefined }
  | { readonly kind: "several"; readonly values: readonly string[]; readonly joined: boolean };

class VariableExpansion {
  constructor(
    private readonly part: Extract<WordPart, { kind: "variable" }>,
    private readonly around: ExpansionContext,
    private readonly budget: ExpansionBudget,
  ) {}

  async segments(): Promise<readonly Segment[]> {
    const { modifier, name } = this.part;
    if (modifier?.operator === "bad") throw new ExpansionError("Bad substitution");
    if (modifier?.operator === "names") {
      const names = this.around.names?.().filter((each) => each.startsWith(name)) ?? [];
      return this.#written({ kind: "several", values: names.sort(), joined: false });
    }
    const value = await this.#value();
    return modifier === undefined ? this.#written(this.#checked(value)) : this.#modified(value, modifier);
  }

  async #value(): Promise<Value> {
    const { name, index, indirect } = this.part;
    if (name === "@" || name === "*") {
      return { kind: "several", values: this.around.arguments, joined: name === "*" };
    }
    const key = index && (await textOf(index, this.around, this.budget));
    if (key === "@" || key === "*") {
      const elements = this.#elements(name);
      const all = this.around.isAssociative?.(name) ? inTableOrder(elements) : [...elements];
      const values = all.map(([each, text]) => (indirect ? each : text));
      return { kind: "several", values, joined: key === "*" };
    }
    if (key !== undefined) return { kind: "one", value: this.#element(name, key) };
    if (!indirect) return { kind: "one", value: this.around.variable(name) };
    const reference = this.around.reference?.(name);
    if (reference !== undefined) return { kind: "one", value: reference };
    const other = this.around.variable(name);
    if (other === undefined || other === "") throw new ExpansionError(`${name}: invalid indirect expansion`);
    const [, array, at] = /^(\w+)\[(.*)\]$/.exec(other) ?? [];
    if (array !== undefined && at !== undefined) {
      if (at === "@" || at === "*") {
        return { kind: "several", values: [...this.#elements(array).values()], joined: at === "*" };
      }
      return { kind: "one", value: this.#element(array, at) };
    }
    return { kind: "one", value: this.around.variable(other) };
  }

  #elements(name: string): ReadonlyMap<string, string> {
    const elements = this.around.elements?.(name);
    if (elements !== undefined) return elements;
    const value = this.around.variable(name);
    return new Map(value === undefined ? [] : [["0", value]]);
  }

  #element(name: string, key: string): string | undefined {
    const elements = this.#elements(name);
    if (this.around.isAssociative?.(name)) return elements.get(key);
    const index = evaluateIn(key, this.around);
    if (index >= 0n) return elements.get(String(index));
    const last = Math.max(-1, ...Array.from(elements.keys(), Number));
    return elements.get(String(BigInt(last) + 1n + index));
  }

  /** With `set -u` what is not set is a mistake. */
  #checked(value: Value): Value {
    if (this.around.strict && value.kind === "one" && value.value === undefined) {
      throw unset(this.part.name, this.around.language ?? "bash");
    }
    return value;
  }

  async #modified(value: Value, { operator, word, second }: Modifier): Promise<readonly Segment[]> {
    switch (operator) {
      case "length":
        return this.#written(one(this.#length(this.#checked(value))));
      case "slice":
        return this.#slice(value, word, second);
      case "-":
      case ":-":
        return this.#isMissing(value, operator) ? this.#word(word) : this.#written(value);
      case "+":
      case ":+":
        return this.#isMissing(value, operator) ? this.#written(this.#nothing(value)) : this.#word(word);
      case "=":
      case ":=": {
        if (!this.#isMissing(value, operator)) return this.#written(value);
        const set = await textOf(word, this.around, this.budget);
        this.around.setVariable(this.part.name, set);
        return this.#written(one(set));
      }
      case "?":
      case ":?": {
        if (!this.#isMissing(value, operator)) return this.#written(value);
        const said = await textOf(word, this.around, this.budget);
        throw new UnsetError(`${this.part.name}: ${said || this.#missingText(operator)}`);
      }
      default:
        return this.#edited(this.#checked(value), operator, word, second);
    }
  }

  #length(value: Value): string {
    // dash knows no number of arguments here, but the length of all of them.
    const isNumber = value.kind === "several" && this.around.language !== "posix";
    return String(isNumber ? value.values.length : [...this.#text(value)].length);
  }

  #missingText(operator: string): string {
    if (operator === "?") return "parameter not set";
    return this.around.language === "posix" ? "parameter not set or null" : "parameter null or not set";
  }

  #isMissing(value: Value, operator: string): boolean {
    const orEmpty = operator.startsWith(":");
    if (value.kind === "one") return value.value === undefined || (orEmpty && value.value === "");
    return value.values.length === 0 || (orEmpty && value.values.join("") === "");
  }

  /** To bash `"${array[@]+word}"` is no word at all where there are no elements. */
  #nothing(value: Value): Value {
    const isNone = value.kind === "several" && !value.joined && this.around.language !== "posix";
    return isNone ? { ...value, values: [] } : one("");
  }

  /** What stands behind `:-` is split as the value would have been. */
  async #word(word: Word): Promise<readonly Segment[]> {
    const segments = await segmentsOf(word, this.around, this.budget, "word");
    // Within quotes nothing is an empty word, not none.
    if (this.part.quoted && segments.length === 0) return this.#written(one(""));
    return segments.map((segment) =>
      typeof segment === "string" ? segment : { ...segment, split: !this.part.quoted && !segment.quoted },
    );
  }

  async #slice(value: Value, first: Word, second: Word | undefined): Promise<readonly Segment[]> {
    const offset = Number(evaluateIn(await textOf(first, this.around, this.budget), this.around));
    const length =
      second === undefined
        ? undefined
        : Number(evaluateIn(await textOf(second, this.around, this.budget), this.around));
    const cut = <T>(all: readonly T[]): T[] => {
      const from = offset < 0 ? all.length + offset : offset;
      if (from < 0) return [];
      const to = length === undefined ? all.length : length < 0 ? all.length + length : from + length;
      if (to < from && length !== undefined) throw new ExpansionError(`${length}: substring expression < 0`);
      return all.slice(from, to);
    };
    if (value.kind === "one") return this.#written(one(cut(Array.from(this.#text(this.#checked(value)))).join("")));
    const positional = this.part.name === "@" || this.part.name === "*";
    const values = positional ? [this.around.variable("0") ?? "", ...value.values] : value.values;
    const wanted = positional && offset === 0 && length === undefined ? values : cut(values);
    return this.#written({ ...value, values: wanted });
  }

  async #edited(value: Value, operator: string, word: Word, second: Word | undefined): Promise<readonly Segment[]> {
    if (operator === "@Q") return this.#written(mapped(value, quotedForBash));
    if (operator === "@A" || operator === "@a") return this.#written(one(this.#declaration(value, operator)));
    const pattern = await patternOf(word, this.around, this.budget);
    const replacement = second === undefined ? "" : await textOf(second, this.around, this.budget);
    return this.#written(mapped(value, (text) => changed(text, operator, pattern, replacement, this.budget)));
  }

  /** `${name@a}`: what it was declared as; `${name@A}`: the command that makes it so. */
  #declaration(value: Value, operator: string): string {
    const { name } = this.part;
    const marks = this.around.marks?.(name) ?? "";
    if (operator === "@a") return marks;
    return `${marks === "" ? "" : `declare -${marks} `}${name}=${quotedForBash(this.#text(value))}`;
  }

  #text(value: Value): string {
    return value.kind === "one" ? (value.value ?? "") : value.values.join(" ");
  }

  /** `$*` and the keys of an array, but not its elements. */
  #isBlankSeparated(): boolean {
    const { name, indirect = false } = this.part;
    return name === "*" || indirect;
  }

  #written(value: Value): readonly Segment[] {
    const { quoted } = this.part;
    if (value.kind === "one") return [{ text: value.value ?? "", quoted, split: !quoted }];
    if (value.joined && quoted) {
      const { splitters = " ", inHereDocument = false } = this.around;
      const between = inHereDocument && this.#isBlankSeparated() ? " " : splitters.charAt(0);
      return [{ text: value.values.join(between), quoted, split: false }];
    }
    return value.values.flatMap((text, index): Segment[] => [
      ...(index > 0 ? [value.joined ? ("joint" as const) : ("border" as const)] : []),
      { text, quoted, split: !quoted },
    ]);
  }
}

function one(value: string): Value {
  return { kind: "one", value };
}

function mapped(value: Value, change: (text: string) => string): Value {
  return value.kind === "one" ? one(change(value.value ?? "")) : { ...value, values: value.values.map(change) };
}
