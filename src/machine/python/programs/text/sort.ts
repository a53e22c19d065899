/** `sort`: lines by keys, in the order of their bytes, as GNU's in the C locale. */
import type { System } from "../../native/system.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { eachInput, linesTogether } from "./each-input.ts";

const known = {
  flags: "bdfghiMnRrVcCmsuz",
  values: "kotST",
  long: {
    "ignore-leading-blanks": "b",
    "dictionary-order": "d",
    "ignore-case": "f",
    "general-numeric-sort": "g",
    "human-numeric-sort": "h",
    "month-sort": "M",
    "numeric-sort": "n",
    "random-sort": "R",
    reverse: "r",
    "version-sort": "V",
    check: "c",
    key: "k",
    merge: "m",
    output: "o",
    stable: "s",
    "field-separator": "t",
    unique: "u",
    "zero-terminated": "z",
  },
};

/** Options of order, as a key may have its own. */
const orderLetters = "bdfghiMnRrV";

/** Where a key begins or ends. */
interface Place {
  /** From 1. */
  readonly field: number;
  /** From 1; 0 is the field's end. */
  readonly character: number;
  readonly skipsBlanks: boolean;
}

interface Key {
  readonly begin: Place;
  readonly end: Place | undefined;
  readonly order: ReadonlySet<string>;
}

/** `2,2nr`, `1.3`. Throws `UsageError`. */
function keyOf(text: string, general: ReadonlySet<string>): Key {
  const [, field, character, letters = "", endField, endCharacter, endLetters = ""] =
    /^(\d+)(?:\.(\d+))?([A-Za-z]*)(?:,(\d+)(?:\.(\d+))?([A-Za-z]*))?$/.exec(text) ?? [];
  if (field === undefined) throw new UsageError(`invalid number at field start: invalid count at start of ‘${text}’`);
  if (Number(field) === 0) throw new UsageError(`field number is zero: invalid field specification ‘${text}’`);
  const wrong = Array.from(letters + endLetters).find((letter) => !orderLetters.includes(letter));
  if (wrong !== undefined) throw new UsageError(`stray character in field spec: invalid field specification ‘${text}’`);
  const own = new Set((letters + endLetters).replaceAll("b", ""));
  const isPlain = letters + endLetters === "";
  const order = isPlain ? general : own;
  return {
    begin: {
      field: Number(field),
      character: Number(character ?? 1),
      skipsBlanks: isPlain ? general.has("b") : letters.includes("b"),
    },
    end:
      endField === undefined
        ? undefined
        : {
            field: Number(endField),
            character: Number(endCharacter ?? 0),
            skipsBlanks: isPlain ? general.has("b") : endLetters.includes("b"),
          },
    order,
  };
}

/** Where a field begins and ends in its line. */
interface Field {
  readonly begin: number;
  readonly end: number;
}

/** The fields of a line: without a separator blanks belong to the field behind them. */
function fieldsOf(line: string, separator: string | undefined): Field[] {
  const fields: Field[] = [];
  if (separator !== undefined) {
    let begin = 0;
    for (const part of line.split(separator)) {
      fields.push({ begin, end: begin + part.length });
      begin += part.length + separator.length;
    }
    return fields;
  }
  for (const found of line.matchAll(/[ \t]*[^ \t]+|[ \t]+$/g)) {
    fields.push({ begin: found.index, end: found.index + found[0].length });
  }
  return fields;
}

function afterBlanks(line: string, from: number): number {
  let at = from;
  while (line.charAt(at) === " " || line.charAt(at) === "\t") at += 1;
  return at;
}

/** What a key takes of a line. */
function cutOut(line: string, fields: readonly Field[], { begin, end }: Key): string {
  const first = fields[begin.field - 1];
  if (first === undefined) return "";
  const from = Math.min(
    line.length,
    (begin.skipsBlanks ? afterBlanks(line, first.begin) : first.begin) + begin.character - 1,
  );
  if (end === undefined) return line.slice(from);
  const last = fields[end.field - 1];
  if (last === undefined) return line.slice(from);
  if (end.character === 0) return line.slice(from, Math.max(from, last.end));
  const to = (end.skipsBlanks ? afterBlanks(line, last.begin) : last.begin) + end.character;
  return line.slice(from, Math.max(from, Math.min(line.length, to)));
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

function numberOf(text: string): number {
  return Number(/^[ \t]*(-?(?:\d+\.?\d*|\.\d+))/.exec(text)?.[1] ?? 0);
}

/** `1.5K` after `900`: by the unit first. */
function humanOf(text: string): number {
  const [, sign = "", digits = "0", unit = ""] = /^[ \t]*(-?)(\d+\.?\d*|\.\d+)([kKMGTPEZY]?)/.exec(text) ?? [];
  const value =
    Number(digits) * 1e-12 + (Number(digits) === 0 ? 0 : " KMGTPEZY".indexOf(unit.toUpperCase() || " ") * 1e6);
  return sign === "-" ? -value : value;
}

/** Numbers in names count as numbers. */
function compareVersions(a: string, b: string): number {
  const parts = (text: string) => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one = "", other = ""] = [left[at], right[at]];
    const numbers = /^\d/.test(one) && /^\d/.test(other) ? Number(one) - Number(other) : 0;
    if (numbers !== 0) return numbers;
    if (one !== other && !(/^\d/.test(one) && /^\d/.test(other))) return compareTexts(one, other);
  }
  return 0;
}

/** By code points, which is the order of UTF-8's bytes. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left === right) continue;
    // Halves of one character come behind all others, but stand before some of them in UTF-16.
    const [one, other] = [a.codePointAt(at) ?? left, b.codePointAt(at) ?? right];
    return one - other || left - right;
  }
  return a.length - b.length;
}

function compareBy(order: ReadonlySet<string>, a: string, b: string): number {
  if (order.has("n")) return numberOf(a) - numberOf(b);
  if (order.has("g")) return compareGeneral(a, b);
  if (order.has("h")) return humanOf(a) - humanOf(b);
  if (order.has("M")) return monthOf(a) - monthOf(b);
  if (order.has("V")) return compareVersions(a, b);
  return compareTexts(simplified(a, order), simplified(b, order));
}

function compareGeneral(a: string, b: string): number {
  const [left, right] = [Number.parseFloat(a), Number.parseFloat(b)];
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
  return left - right;
}

function monthOf(text: string): number {
  return months.indexOf(text.trimStart().slice(0, 3).toUpperCase());
}

function simplified(text: string, order: ReadonlySet<string>): string {
  let result = order.has("d") ? text.replace(/[^\w \t]|_/g, "") : text;
  if (order.has("i")) result = result.replace(/[^\x20-\x7e]/g, "");
  return order.has("f") ? result.toUpperCase() : result;
}

/** How lines compare. `byKeys` alone says which are the same for `-u`. */
interface Order {
  byKeys(a: string, b: string): number;
  whole(a: string, b: string): number;
}

function orderOf({ flags }: Options, keyTexts: readonly string[], separator: string | undefined): Order {
  const general = new Set(Array.from(flags).filter((flag) => orderLetters.includes(flag)));
  const keys = keyTexts.map((text) => keyOf(text, general));
  const start = (line: string) => (general.has("b") ? line.slice(afterBlanks(line, 0)) : line);
  // A line is compared many times, and divided into its fields once.
  const known = new Map<string, readonly string[]>();
  const cutsOf = (line: string): readonly string[] => {
    let cuts = known.get(line);
    if (cuts === undefined) {
      const fields = fieldsOf(line, separator);
      cuts = keys.map((key) => cutOut(line, fields, key));
      known.set(line, cuts);
    }
    return cuts;
  };
  const byKeys = (a: string, b: string): number => {
    if (keys.length > 0) {
      const [left, right] = [cutsOf(a), cutsOf(b)];
      for (const [at, { order }] of keys.entries()) {
        const compared = compareBy(order, left[at] ?? "", right[at] ?? "");
        if (compared !== 0) return order.has("r") ? -compared : compared;
      }
      return 0;
    }
    const compared = compareBy(general, start(a), start(b));
    return general.has("r") ? -compared : compared;
  };
  const whole = (a: string, b: string): number => {
    const compared = byKeys(a, b);
    if (compared !== 0 || flags.has("s") || flags.has("u")) return compared;
    return general.has("r") ? compareTexts(b, a) : compareTexts(a, b);
  };
  return { byKeys, whole };
}

/** Keys are many, and are no single option. */
function keysFirst(args: readonly string[]): { readonly keys: readonly string[]; readonly rest: readonly string[] } {
  const keys: string[] = [];
  const rest: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    const inline = /^(?:-k|--key=)(.+)$/s.exec(arg)?.[1];
    if (arg === "--") {
      rest.push(...args.slice(at));
      break;
    }
    const [, before, value] = /^-([bdfghiMnRrVcCmsuz]+)k(.*)$/s.exec(arg) ?? [];
    if (before !== undefined) rest.push(`-${before}`);
    if (inline !== undefined) keys.push(inline);
    else if (value !== undefined && value !== "") keys.push(value);
    else if (arg === "-k" || arg === "--key" || value === "") {
      at += 1;
      keys.push(args[at] ?? "");
    } else rest.push(arg === "--sort=numeric" ? "-n" : arg === "--sort=version" ? "-V" : arg);
  }
  return { keys, rest };
}

/** `sort [-nru] [-t SEPARATOR] [-k KEY]… [-o FILE] [FILE]…` */
export const sort = (system: System): Promise<number> => {
  const { keys, rest } = keysFirst(system.args);
  return withOptions(
    known,
    (_, options) => sorted(system, options, keys),
    () => rest,
  )(system);
};

async function sorted(system: System, options: Options, keys: readonly string[]): Promise<number> {
  const { flags, values, operands } = options;
  const given = values.get("t");
  const separator = given === "\\t" || given === "\\0" ? { "\\t": "\t", "\\0": "\0" }[given] : given;
  if (separator !== undefined && Array.from(separator).length !== 1) {
    throw new UsageError(separator === "" ? "empty tab" : `multi-character tab ‘${separator}’`);
  }
  const order = orderOf(options, keys, separator);
  const end = flags.has("z") ? "\0" : "\n";
  const lines = await linesOfAll(system, operands, end);
  if (lines === undefined) return 2;
  if (flags.has("c") || flags.has("C")) return checked(system, lines, order, flags, operands[0] ?? "-");
  lines.sort(order.whole);
  const kept = flags.has("u")
    ? lines.filter((line, at) => at === 0 || order.byKeys(lines[at - 1] ?? "", line) !== 0)
    : lines;
  if (flags.has("R")) kept.sort(() => Math.random() - 0.5);
  const output = values.get("o");
  const target = output === undefined ? 1 : system.descriptors.open(system.path(output), "write");
  // In parts: one text of all lines would be there twice.
  for (let at = 0; at < kept.length; at += 4096) {
    await system.write(
      target,
      kept
        .slice(at, at + 4096)
        .map((line) => line + end)
        .join(""),
    );
  }
  return 0;
}

/** The lines of all inputs; undefined, having said why, if one cannot be read. */
async function linesOfAll(system: System, operands: readonly string[], end: string): Promise<string[] | undefined> {
  const lines: string[] = [];
  for (const name of operands.length > 0 ? operands : ["-"]) {
    const status = await eachInput(
      system,
      [name],
      async (chunks) => {
        for await (const together of linesTogether(chunks, end)) for (const line of together) lines.push(line);
      },
      (each, { errno, message }) => `${errno === "EISDIR" ? "read failed" : "cannot read"}: ${each}: ${message}`,
    );
    if (status !== 0) return undefined;
  }
  return lines;
}

async function checked(
  system: System,
  lines: readonly string[],
  order: Order,
  flags: ReadonlySet<string>,
  name: string,
): Promise<number> {
  const at = lines.findIndex((line, index) => {
    if (index === 0) return false;
    const compared = order.whole(lines[index - 1] ?? "", line);
    return compared > 0 || (compared === 0 && flags.has("u"));
  });
  if (at === -1) return 0;
  if (!flags.has("C")) await system.complain(`${name}:${at + 1}: disorder: ${lines[at]}`);
  return 1;
}
