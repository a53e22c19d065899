import type { List, Word, WordPart } from "../../../../shell/syntax.ts";
import { evaluate } from "./arithmetic.ts";
import { ExpansionBudget, ExpansionError } from "./expansion-budget.ts";
import { escaped, type Folders, glob, isPattern, Pattern, unescaped } from "./pattern.ts";

/** What words are expanded with. */
export interface ExpansionContext {
  /** Undefined if it is not set. */
  variable(name: string): string | undefined;
  setVariable(name: string, value: string): void;
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly folders: Folders;
  /** What a list prints, without newlines at its end. */
  output(list: List): Promise<string>;
}

/** Words on their way: what is quoted is escaped in `pattern`. */
class Fields {
  readonly done: string[] = [];
  #pattern: string | undefined;

  constructor(private readonly budget: ExpansionBudget) {}

  /** Adds to the current field. */
  add(text: string, quoted: boolean): void {
    this.budget.write(text.length);
    this.#pattern = (this.#pattern ?? "") + (quoted ? escaped(text) : text.replace(/\\/g, "\\\\"));
  }

  /** The current field is over, if one has begun. */
  end(): void {
    if (this.#pattern !== undefined) this.done.push(this.#pattern);
    this.#pattern = undefined;
  }

  /** What a variable held, cut at blanks. */
  addSplit(text: string): void {
    const [first = "", ...more] = text.split(/[ \t\n]+/);
    if (first !== "") this.add(first, false);
    for (const piece of more) {
      this.end();
      if (piece !== "") this.add(piece, false);
    }
  }
}

/** Fields out of words: expanded, split, and matched against the files. Throws `ExpansionError`. */
export async function expandWords(words: readonly Word[], around: ExpansionContext): Promise<string[]> {
  const budget = new ExpansionBudget();
  const fields: string[] = [];
  for (const word of words.flatMap((each) => bracesOf(each, budget))) {
    for (const pattern of await patternsOf(word, around, true, budget)) {
      const found = isPattern(pattern) ? glob(pattern, around.cwd, around.folders, budget) : [];
      for (const field of found.length > 0 ? found : [unescaped(pattern)]) fields.push(field);
    }
  }
  return fields;
}

/** One text out of a word: for assignments, redirections and the like. Throws `ExpansionError`. */
export function expandText(word: Word, around: ExpansionContext): Promise<string> {
  return textOf(word, around, new ExpansionBudget());
}

/** Whether a text is what a word stands for as a pattern, in which what was quoted stands for itself. Throws `ExpansionError`. */
export async function matchesWord(text: string, word: Word, around: ExpansionContext): Promise<boolean> {
  const budget = new ExpansionBudget();
  return new Pattern(await patternOf(word, around, budget)).matches(text, budget);
}

async function textOf(word: Word, around: ExpansionContext, budget: ExpansionBudget): Promise<string> {
  return (await patternsOf(word, around, false, budget)).map(unescaped).join(" ");
}

async function patternOf(word: Word, around: ExpansionContext, budget: ExpansionBudget): Promise<string> {
  return (await patternsOf(word, around, false, budget)).join(" ");
}

async function patternsOf(
  word: Word,
  around: ExpansionContext,
  split: boolean,
  budget: ExpansionBudget,
): Promise<readonly string[]> {
  const fields = new Fields(budget);
  for (const [index, part] of word.parts.entries()) {
    if (part.kind === "text")
      fields.add(index === 0 && !part.quoted ? tilde(part.text, around) : part.text, part.quoted);
    else if (part.kind === "variable" && part.name === "@" && part.quoted) {
      for (const [position, argument] of around.arguments.entries()) {
        if (position > 0) fields.end();
        fields.add(argument, true);
      }
    } else {
      const value = await expanded(part, around, budget);
      if (split && !part.quoted) fields.addSplit(value);
      else fields.add(value, part.quoted);
    }
  }
  fields.end();
  return fields.done;
}

function tilde(text: string, around: ExpansionContext): string {
  if (text !== "~" && !text.startsWith("~/")) return text;
  return `${around.variable("HOME") ?? "~"}${text.slice(1)}`;
}

async function expanded(
  part: Exclude<WordPart, { kind: "text" }>,
  around: ExpansionContext,
  budget: ExpansionBudget,
): Promise<string> {
  switch (part.kind) {
    case "variable":
      return variableOf(part.name, part.modifier, around, budget);
    case "substitution":
      return around.output(part.list);
    case "arithmetic":
      return String(evaluate(await textOf(part.expression, around, budget), (name) => around.variable(name) ?? ""));
  }
}

async function variableOf(
  name: string,
  modifier: { readonly operator: string; readonly word: Word } | undefined,
  around: ExpansionContext,
  budget: ExpansionBudget,
): Promise<string> {
  const value = around.variable(name);
  if (modifier === undefined) return value ?? "";
  const { operator, word } = modifier;
  const missing = value === undefined || (operator.startsWith(":") && value === "");
  switch (operator.replace(":", "")) {
    case "-":
      return missing ? textOf(word, around, budget) : value;
    case "+":
      return missing ? "" : textOf(word, around, budget);
    case "=": {
      if (!missing) return value;
      const set = await textOf(word, around, budget);
      around.setVariable(name, set);
      return set;
    }
    case "?":
      if (!missing) return value;
      throw new ExpansionError(`${name}: ${(await textOf(word, around, budget)) || "parameter not set"}`);
    case "length":
      return String([...(value ?? "")].length);
    default:
      return trimmed(value ?? "", operator, await patternOf(word, around, budget), budget);
  }
}

/** `${name#pattern}` and its relatives. */
function trimmed(value: string, operator: string, pattern: string, budget: ExpansionBudget): string {
  const extent = operator.length === 2 ? "longest" : "shortest";
  const compared = new Pattern(pattern);
  return operator.startsWith("#")
    ? compared.withoutPrefix(value, extent, budget)
    : compared.withoutSuffix(value, extent, budget);
}

/** `{a,b}` and `{1..5}` in a word that is one plain text, as bash has them: dash would leave them. */
function bracesOf(word: Word, budget: ExpansionBudget): readonly Word[] {
  const [part, ...more] = word.parts;
  if (part === undefined || more.length > 0 || part.kind !== "text" || part.quoted) return [word];
  return braces(part.text, budget).map((text) => ({ parts: [{ kind: "text", text, quoted: false }] }));
}

/** Each choice doubles the words, so that a line of 100 characters could ask for more than a computer holds. */
function braces(text: string, budget: ExpansionBudget): readonly string[] {
  let words = [""];
  let at = 0;
  const group = /([^{]*)\{([^{}]*)\}/y;
  for (let found = group.exec(text); found !== null; found = group.exec(text)) {
    const [whole, before = "", inside = ""] = found;
    const choices = choicesOf(inside, budget);
    if (choices === undefined) break;
    at += whole.length;
    budget.make(words.length * choices.length);
    budget.write(
      choices.reduce((sum, choice) => sum + choice.length + before.length, 0) * words.length +
        words.reduce((sum, word) => sum + word.length, 0) * choices.length,
    );
    words = words.flatMap((word) => choices.map((choice) => `${word}${before}${choice}`));
  }
  const rest = text.slice(at);
  budget.write(words.length * rest.length);
  return words.map((word) => word + rest);
}

function choicesOf(inside: string, budget: ExpansionBudget): readonly string[] | undefined {
  const range = /^(-?\d+)\.\.(-?\d+)$/.exec(inside);
  if (range === null) return inside.includes(",") ? inside.split(",") : undefined;
  const [from, to] = [Number(range[1]), Number(range[2])];
  const length = Math.abs(to - from) + 1;
  budget.make(length);
  return Array.from({ length }, (_, index) => String(from + (to < from ? -index : index)));
}
