import type { List, Word, WordPart } from "../../../../shell/syntax.ts";
import { evaluate } from "./arithmetic.ts";
import { escaped, type Folders, glob, isPattern, patternSource, unescaped } from "./pattern.ts";

/** What words are expanded with. */
export interface Surroundings {
  /** Undefined if it is not set. */
  variable(name: string): string | undefined;
  setVariable(name: string, value: string): void;
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly folders: Folders;
  /** What a list prints, without newlines at its end. */
  output(list: List): Promise<string>;
}

/** A word that cannot be expanded. */
export class ExpansionError extends Error {
  override readonly name = "ExpansionError";
}

/** Words on their way: what is quoted is escaped in `pattern`. */
class Fields {
  readonly done: string[] = [];
  #pattern: string | undefined;

  /** Adds to the current field. */
  add(text: string, quoted: boolean): void {
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

/** Fields out of words: expanded, split, and matched against the files. */
export async function expandWords(words: readonly Word[], around: Surroundings): Promise<string[]> {
  const fields: string[] = [];
  for (const word of words.flatMap(bracesOf)) {
    for (const pattern of await patternsOf(word, around, true)) {
      const found = isPattern(pattern) ? glob(pattern, around.cwd, around.folders) : [];
      fields.push(...(found.length > 0 ? found : [unescaped(pattern)]));
    }
  }
  return fields;
}

/** One text out of a word: for assignments, redirections and the like. */
export async function expandText(word: Word, around: Surroundings): Promise<string> {
  return (await patternsOf(word, around, false)).map(unescaped).join(" ");
}

/** One pattern out of a word, in which what was quoted stands for itself. */
export async function expandPattern(word: Word, around: Surroundings): Promise<string> {
  return (await patternsOf(word, around, false)).join(" ");
}

async function patternsOf(word: Word, around: Surroundings, split: boolean): Promise<string[]> {
  const fields = new Fields();
  for (const [index, part] of word.parts.entries()) {
    if (part.kind === "text")
      fields.add(index === 0 && !part.quoted ? tilde(part.text, around) : part.text, part.quoted);
    else if (part.kind === "variable" && part.name === "@" && part.quoted) {
      for (const [position, argument] of around.arguments.entries()) {
        if (position > 0) fields.end();
        fields.add(argument, true);
      }
    } else {
      const value = await expanded(part, around);
      if (part.quoted || !split) fields.add(value, true);
      else fields.addSplit(value);
    }
  }
  fields.end();
  return fields.done;
}

function tilde(text: string, around: Surroundings): string {
  if (text !== "~" && !text.startsWith("~/")) return text;
  return `${around.variable("HOME") ?? "~"}${text.slice(1)}`;
}

async function expanded(part: Exclude<WordPart, { kind: "text" }>, around: Surroundings): Promise<string> {
  switch (part.kind) {
    case "variable":
      return variableOf(part.name, part.modifier, around);
    case "substitution":
      return around.output(part.list);
    case "arithmetic":
      try {
        return String(evaluate(await expandText(part.expression, around), (name) => around.variable(name) ?? ""));
      } catch (error) {
        throw new ExpansionError(error instanceof Error ? error.message : String(error));
      }
  }
}

async function variableOf(
  name: string,
  modifier: { readonly operator: string; readonly word: Word } | undefined,
  around: Surroundings,
): Promise<string> {
  const value = around.variable(name);
  if (modifier === undefined) return value ?? "";
  const { operator, word } = modifier;
  const missing = value === undefined || (operator.startsWith(":") && value === "");
  switch (operator.replace(":", "")) {
    case "-":
      return missing ? expandText(word, around) : value;
    case "+":
      return missing ? "" : expandText(word, around);
    case "=": {
      if (!missing) return value;
      const set = await expandText(word, around);
      around.setVariable(name, set);
      return set;
    }
    case "?":
      if (!missing) return value;
      throw new ExpansionError(`${name}: ${(await expandText(word, around)) || "parameter not set"}`);
    case "length":
      return String([...(value ?? "")].length);
    default:
      return trimmed(value ?? "", operator, await expandPattern(word, around));
  }
}

/** `${name#pattern}` and its relatives. */
function trimmed(value: string, operator: string, pattern: string): string {
  const source = patternSource(pattern, operator.length === 2 ? "*" : "shortest");
  if (operator.startsWith("#")) return value.replace(new RegExp(`^${source}`), "");
  // The shortest suffix begins as late as possible, the longest as early.
  const starts = Array.from(value, (_, index) => index).concat(value.length);
  if (operator.length === 1) starts.reverse();
  const whole = new RegExp(`^${patternSource(pattern)}$`);
  const start = starts.find((at) => whole.test(value.slice(at)));
  return start === undefined ? value : value.slice(0, start);
}

/** `{a,b}` and `{1..5}` in a word that is one plain text, as bash has them: dash would leave them. */
function bracesOf(word: Word): Word[] {
  const [part, ...more] = word.parts;
  if (part === undefined || more.length > 0 || part.kind !== "text" || part.quoted) return [word];
  return braces(part.text).map((text) => ({ parts: [{ kind: "text", text, quoted: false }] }));
}

function braces(text: string): string[] {
  const [whole, before = "", inside = "", after = ""] = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(text) ?? [];
  if (whole === undefined) return [text];
  const range = /^(-?\d+)\.\.(-?\d+)$/.exec(inside);
  let choices: string[];
  if (range !== null) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    const length = Math.min(Math.abs(to - from) + 1, 10_000);
    choices = Array.from({ length }, (_, index) => String(from + (to < from ? -index : index)));
  } else if (inside.includes(",")) choices = inside.split(",");
  else return [text];
  return choices.flatMap((choice) => braces(after).map((rest) => `${before}${choice}${rest}`));
}
