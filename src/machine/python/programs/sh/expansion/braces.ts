/** `{a,b}` and `{1..5}`, as bash has them: dash leaves them as they are. */
import type { Word, WordPart } from "../../../../../shell/syntax.ts";
import type { ExpansionBudget } from "./expansion-budget.ts";

/** A character that may mean something here, or a part of the word that does not. */
type Unit = string | WordPart;

/** Braces within braces; deeper ones stand for themselves. */
const deepest = 100;

/** The words that a word with braces stands for. Throws `ExpansionError`. */
export function bracesOf(word: Word, budget: ExpansionBudget): readonly Word[] {
  if (!word.parts.some((part) => part.kind === "text" && !part.quoted && part.text.includes("{"))) return [word];
  const units = word.parts.flatMap((part): readonly Unit[] =>
    part.kind === "text" && !part.quoted ? Array.from(part.text) : [part],
  );
  return new Braces(units, budget).within(0, units.length, 0).map(wordOf);
}

class Braces {
  /** Where the brace ends that begins at an index. */
  readonly #ends = new Map<number, number>();

  constructor(
    private readonly units: readonly Unit[],
    private readonly budget: ExpansionBudget,
  ) {
    const open: number[] = [];
    for (const [index, unit] of units.entries()) {
      if (unit === "{") open.push(index);
      const start = unit === "}" ? open.pop() : undefined;
      if (start !== undefined) this.#ends.set(start, index);
    }
  }

  /** What the units of a range come to. */
  within(from: number, to: number, depth: number): readonly (readonly Unit[])[] {
    let words: readonly (readonly Unit[])[] = [[]];
    let plain = from;
    let at = from;
    while (at < to) {
      const end = this.#ends.get(at);
      const choices = end === undefined || end >= to || depth >= deepest ? undefined : this.#choices(at, end, depth);
      if (choices === undefined || end === undefined) {
        at += 1;
        continue;
      }
      words = this.#product(this.#product(words, [this.units.slice(plain, at)]), choices);
      at = end + 1;
      plain = at;
    }
    return this.#product(words, [this.units.slice(plain, to)]);
  }

  #product(left: readonly (readonly Unit[])[], right: readonly (readonly Unit[])[]): readonly (readonly Unit[])[] {
    if (right.length > 1) this.budget.make(left.length * right.length);
    const length = (words: readonly (readonly Unit[])[]) => words.reduce((sum, word) => sum + word.length, 0);
    if (left.length > 1 || right.length > 1) {
      this.budget.write(length(left) * right.length + length(right) * left.length);
    }
    return left.flatMap((start) => right.map((end) => (start.length === 0 ? end : [...start, ...end])));
  }

  /** What stands in braces: a range, or words with commas between them; undefined if it is neither. */
  #choices(start: number, end: number, depth: number): readonly (readonly Unit[])[] | undefined {
    const inside = this.units.slice(start + 1, end);
    const text = inside.every((unit) => typeof unit === "string") ? inside.join("") : "";
    const range = rangeOf(text, this.budget);
    if (range !== undefined) return range.map((each) => Array.from(each));
    const commas: number[] = [];
    for (let at = start + 1; at < end; at += 1) {
      if (this.units[at] === ",") commas.push(at);
      else at = Math.min(this.#ends.get(at) ?? at, end);
    }
    if (commas.length === 0) return undefined;
    const borders = [start, ...commas, end];
    return borders.slice(1).flatMap((to, index) => this.within((borders[index] ?? 0) + 1, to, depth + 1));
  }
}

/** `1..5`, `01..10`, `a..e`, `10..1..3`. */
function rangeOf(text: string, budget: ExpansionBudget): readonly string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  const [, first = "", last = "", by = "1"] = numbers ?? letters ?? [];
  if (first === "") return undefined;
  const [from, to] = numbers === null ? [codeOf(first), codeOf(last)] : [Number(first), Number(last)];
  const step = Math.abs(Number(by)) || 1;
  const count = Math.floor(Math.abs(to - from) / step) + 1;
  budget.make(count);
  const padded = [first, last].some((each) => /^-?0\d/.test(each));
  const width = padded ? Math.max(first.length, last.length) : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = from + (to < from ? -index : index) * step;
    if (numbers === null) return String.fromCharCode(value);
    const digits = String(Math.abs(value)).padStart(width - (value < 0 ? 1 : 0), "0");
    return value < 0 ? `-${digits}` : digits;
  });
}

function codeOf(letter: string): number {
  return letter.charCodeAt(0);
}

function wordOf(units: readonly Unit[]): Word {
  const parts: WordPart[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") parts.push({ kind: "text", text, quoted: false });
    text = "";
  };
  for (const unit of units) {
    if (typeof unit === "string") text += unit;
    else {
      flush();
      parts.push(unit);
    }
  }
  flush();
  return { parts };
}
