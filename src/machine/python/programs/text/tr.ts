/** `tr`: changes, deletes or squeezes bytes, as they come. Sets and messages are GNU's. */
import { type Options, UsageError, withOptions } from "../options.ts";

const classes: Readonly<Record<string, (byte: number) => boolean>> = {
  alnum: (byte) => /[0-9A-Za-z]/.test(String.fromCharCode(byte)),
  alpha: (byte) => /[A-Za-z]/.test(String.fromCharCode(byte)),
  blank: (byte) => byte === 9 || byte === 32,
  cntrl: (byte) => byte < 32 || byte === 127,
  digit: (byte) => byte >= 48 && byte <= 57,
  graph: (byte) => byte > 32 && byte < 127,
  lower: (byte) => byte >= 97 && byte <= 122,
  print: (byte) => byte >= 32 && byte < 127,
  punct: (byte) => byte > 32 && byte < 127 && !/[0-9A-Za-z]/.test(String.fromCharCode(byte)),
  space: (byte) => (byte >= 9 && byte <= 13) || byte === 32,
  upper: (byte) => byte >= 65 && byte <= 90,
  xdigit: (byte) => /[0-9A-Fa-f]/.test(String.fromCharCode(byte)),
};

const everyByte = Array.from({ length: 256 }, (_, byte) => byte);
const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, "\\": 92 };

/** What a set is written as, up to a place. */
interface SetReader {
  /** Each character is a byte. */
  readonly text: string;
  at: number;
}

/** A byte, or one so many times: `[x*]` fills the set, as -1 times. */
type Item = readonly number[] | { readonly byte: number; readonly times: number };

/** The next byte, a backslash and what belongs to it read as one. */
function nextByte(reader: SetReader): { byte: number; escaped: boolean } {
  const { text, at } = reader;
  const octal = /^\\([0-7]{1,3})/.exec(text.slice(at, at + 4));
  if (octal !== null) {
    // Three digits that are more than a byte are two, and a character.
    const digits = Number.parseInt(octal[1] ?? "", 8) > 255 ? (octal[1] ?? "").slice(0, 2) : (octal[1] ?? "");
    reader.at += 1 + digits.length;
    return { byte: Number.parseInt(digits, 8), escaped: true };
  }
  if (text.charAt(at) === "\\" && at + 1 < text.length) {
    reader.at += 2;
    return { byte: escapes[text.charAt(at + 1)] ?? text.charCodeAt(at + 1), escaped: true };
  }
  reader.at += 1;
  return { byte: text.charCodeAt(at), escaped: false };
}

/** `[:class:]`, `[=c=]`, `[c*n]`; undefined if none of them stands here. */
function bracketed(reader: SetReader): Item | undefined {
  const rest = reader.text.slice(reader.at);
  const named = /^\[:(\w+):\]/.exec(rest);
  if (named !== null) {
    const holds = Object.hasOwn(classes, named[1] ?? "") ? classes[named[1] ?? ""] : undefined;
    if (holds === undefined) throw new UsageError(`invalid character class ‘${named[1]}’`);
    reader.at += named[0].length;
    return everyByte.filter(holds);
  }
  const same = /^\[=([\s\S])=\]/.exec(rest);
  if (same !== null) {
    reader.at += same[0].length;
    return [same[1]?.charCodeAt(0) ?? 0];
  }
  const repeated = /^\[(\\[0-7]{1,3}|\\[\s\S]|[\s\S])\*(\d*)\]/.exec(rest);
  if (repeated === null) return undefined;
  const { byte } = nextByte({ text: repeated[1] ?? "", at: 0 });
  reader.at += repeated[0].length;
  const digits = repeated[2] ?? "";
  const times = digits === "" ? 0 : Number.parseInt(digits, digits.startsWith("0") ? 8 : 10);
  return { byte, times: times === 0 ? -1 : times };
}

/** The items of a set as it is written. Throws `UsageError`. */
function itemsOf(argument: string): Item[] {
  const reader: SetReader = { text: String.fromCharCode(...new TextEncoder().encode(argument)), at: 0 };
  const items: Item[] = [];
  while (reader.at < reader.text.length) {
    const special = bracketed(reader);
    if (special !== undefined) {
      items.push(special);
      continue;
    }
    const begin = reader.at;
    const { byte } = nextByte(reader);
    if (reader.text.charAt(reader.at) !== "-" || reader.at + 1 >= reader.text.length) {
      items.push([byte]);
      continue;
    }
    reader.at += 1;
    const end = nextByte(reader).byte;
    if (end < byte) {
      const range = reader.text.slice(begin, reader.at);
      throw new UsageError(`range-endpoints of '${range}' are in reverse collating sequence order`);
    }
    items.push(Array.from({ length: end - byte + 1 }, (_, index) => byte + index));
  }
  return items;
}

/** All bytes of a set; `[x*]` fills it up to `size`. */
function bytesOf(items: readonly Item[], size = 0): number[] {
  const isItself = (item: Item): item is readonly number[] => Array.isArray(item);
  const fixed = items.reduce((sum, item) => sum + (isItself(item) ? item.length : Math.max(0, item.times)), 0);
  return items.flatMap((item) => {
    if (isItself(item)) return [...item];
    return Array.from({ length: item.times === -1 ? Math.max(0, size - fixed) : item.times }, () => item.byte);
  });
}

/** What is done with each byte. */
interface Translation {
  /** What stands for each byte: -1 if it goes away. */
  readonly table: readonly number[];
  /** Of these, only one of several in a row is kept. */
  readonly squeezed: ReadonlySet<number>;
}

const known = {
  flags: "cCdst",
  long: { complement: "c", delete: "d", "squeeze-repeats": "s", "truncate-set1": "t" },
};

/** Throws `UsageError`. */
function translationOf({ flags, operands }: Options): Translation {
  const [one, two, more] = operands;
  const deletes = flags.has("d");
  const squeezes = flags.has("s");
  checkOperands(operands, deletes, squeezes);
  if (more !== undefined) throw new UsageError(`extra operand ‘${more}’`);
  const first = bytesOf(itemsOf(one ?? ""));
  const given = new Set(first);
  const from = flags.has("c") || flags.has("C") ? everyByte.filter((byte) => !given.has(byte)) : first;
  if (deletes) {
    const gone = new Set(from);
    return {
      table: everyByte.map((byte) => (gone.has(byte) ? -1 : byte)),
      squeezed: new Set(squeezes ? bytesOf(itemsOf(two ?? "")) : []),
    };
  }
  if (two === undefined) return { table: everyByte, squeezed: new Set(from) };
  const to = bytesOf(itemsOf(two), from.length);
  const last = to.at(-1);
  if (last === undefined && !flags.has("t"))
    throw new UsageError("when not truncating set1, string2 must be non-empty");
  const table = [...everyByte];
  for (const [index, byte] of from.entries()) {
    const target = to[index] ?? (flags.has("t") ? undefined : last);
    if (target !== undefined) table[byte] = target;
  }
  return { table, squeezed: new Set(squeezes ? to : []) };
}

function checkOperands(operands: readonly string[], deletes: boolean, squeezes: boolean): void {
  const [one, two] = operands;
  if (one === undefined) throw new UsageError("missing operand");
  if (two === undefined && deletes === squeezes) {
    const why = deletes
      ? "Two strings must be given when both deleting and squeezing repeats."
      : "Two strings must be given when translating.";
    throw new UsageError(`missing operand after ‘${one}’\n${why}`);
  }
  if (two !== undefined && deletes && !squeezes) {
    throw new UsageError(
      `extra operand ‘${two}’\nOnly one string may be given when deleting without squeezing repeats.`,
    );
  }
}

/** `tr [-c] [-d] [-s] SET [SET]` */
export const tr = withOptions(known, async (system, options) => {
  const { table, squeezed } = translationOf(options);
  let before = -1;
  for (let bytes = await system.read(0); bytes !== null; bytes = await system.read(0)) {
    const output = new Uint8Array(bytes.length);
    let length = 0;
    for (const byte of bytes) {
      const target = table[byte] ?? byte;
      if (target === -1 || (target === before && squeezed.has(target))) continue;
      before = target;
      output[length] = target;
      length += 1;
    }
    await system.write(1, output.subarray(0, length));
  }
  return 0;
});
