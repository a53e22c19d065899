/** `od`, `hexdump` and `xxd`: the bytes of files, in numbers and signs. */
import { joinBytes } from "../../kernel/bytes.ts";
import type { System } from "../../native/system.ts";
import { amountOfBytes } from "../amounts-of-bytes.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { eachInput } from "./each-input.ts";

/** Bytes in a line. */
const perLine = 16;

/** How `od` shows some bytes: so many of them as one field, so wide with the blank before it. */
interface Format {
  readonly size: number;
  readonly width: number;
  show(bytes: Uint8Array): string;
}

const escapes: ReadonlyMap<number, string> = new Map([
  [0, "\\0"],
  [7, "\\a"],
  [8, "\\b"],
  [9, "\\t"],
  [10, "\\n"],
  [11, "\\v"],
  [12, "\\f"],
  [13, "\\r"],
]);

const controlNames =
  "nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp".split(
    " ",
  );

const character: Format = {
  size: 1,
  width: 4,
  show: ([byte = 0]) =>
    escapes.get(byte) ?? (isPrintable(byte) ? String.fromCharCode(byte) : inBase(8, BigInt(byte), 3)),
};

const named: Format = {
  size: 1,
  width: 4,
  show: ([byte = 0]) => {
    const low = byte & 0x7f;
    return low === 127 ? "del" : (controlNames[low] ?? String.fromCharCode(low));
  },
};

function isPrintable(byte: number): boolean {
  return byte >= 32 && byte < 127;
}

function inBase(base: number, value: bigint, digits: number): string {
  return value.toString(base).padStart(digits, "0");
}

/** The number that bytes are, the lowest first. */
function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** `x1`, `d4`, `c`. Throws `UsageError`. */
function formatOf(type: string): Format {
  if (type === "c") return character;
  if (type === "a") return named;
  const sizes: Readonly<Record<string, number>> = { "": 4, C: 1, S: 2, I: 4, L: 8 };
  const [, kind, given = ""] = /^([xduo])([CSIL]?|[1248])$/.exec(type) ?? [];
  if (kind === undefined) throw new UsageError(`invalid type string ‘${type}’`);
  const size = sizes[given] ?? Number(given);
  const bits = size * 8;
  const largest = (1n << BigInt(bits)) - 1n;
  if (kind === "x" || kind === "o") {
    const base = kind === "x" ? 16 : 8;
    const digits = largest.toString(base).length;
    return { size, width: digits + 1, show: (bytes) => inBase(base, numberOf(bytes), digits) };
  }
  if (kind === "u") {
    return { size, width: largest.toString().length + 1, show: (bytes) => String(numberOf(bytes)) };
  }
  // The sign takes a place, too.
  const width = (largest / 2n).toString().length + 2;
  return { size, width, show: (bytes) => String(BigInt.asIntN(bits, numberOf(bytes))) };
}

const letters: ReadonlyMap<string, string> = new Map([
  ["a", "a"],
  ["b", "o1"],
  ["c", "c"],
  ["d", "u2"],
  ["o", "o2"],
  ["s", "d2"],
  ["x", "x2"],
]);

/** `1k`, `0x10`, `010`. Throws `UsageError`. */
function amount(text: string): number {
  const decimal = text.replace(/^0(?:x[0-9a-f]+|[0-7]+)(?!\d)/i, (number) =>
    String(Number(number.replace(/^0(?=\d)/, "0o"))),
  );
  const number = amountOfBytes(decimal, "bkKm");
  if (number === undefined) throw new UsageError(`invalid number: ‘${text}’`);
  return number;
}

interface Dumped {
  readonly bytes: Uint8Array;
  /** Where they begin in all of the input. */
  readonly begin: number;
  readonly status: number;
}

/** All inputs as one, without so many bytes at their beginning. No more is read than is wanted: some have no end. */
async function dumped(
  system: System,
  operands: readonly string[],
  skipped: string | undefined,
  most: string | undefined,
): Promise<Dumped> {
  const begin = amount(skipped ?? "0");
  const end = most === undefined ? Number.POSITIVE_INFINITY : begin + amount(most);
  const pieces: Uint8Array[] = [];
  let size = 0;
  const status = await eachInput(system, operands, async (chunks) => {
    if (size >= end) return;
    for await (const chunk of chunks) {
      pieces.push(chunk);
      size += chunk.length;
      if (size >= end) return;
    }
  });
  const whole = joinBytes(pieces, size);
  return { bytes: whole.subarray(begin, end), begin, status };
}

/** Lines with what they begin with; those that are like the one before are told by a `*`. */
async function printLines(
  system: System,
  bytes: Uint8Array,
  begin: number,
  shown: { address(at: number): string; line(bytes: Uint8Array): string; all: boolean },
): Promise<void> {
  let text = "";
  let before: string | undefined;
  let starred = false;
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = shown.line(bytes.subarray(at, at + perLine));
    const again = !shown.all && line === before;
    if (!again) text += `${shown.address(begin + at)}${line}\n`;
    else if (!starred) text += "*\n";
    starred = again;
    before = line;
    if (text.length < 16_384) continue;
    await system.print(text);
    text = "";
  }
  await system.print(text);
}

/** `od [-A RADIX] [-t TYPE] [-N COUNT] [-j SKIP] [-abcdosxv] [FILE…]`. */
export const od = withOptions(
  {
    flags: "abcdosxv",
    values: "AtNj",
    long: {
      "address-radix": "A",
      format: "t",
      "read-bytes": "N",
      "skip-bytes": "j",
      "output-duplicates": "v",
    },
  },
  async (system, { flags, values, operands }) => {
    const types = (values.get("t") ?? "").match(/[acxduo](?:[CSIL]|\d)?/g) ?? [];
    const unknown = (values.get("t") ?? "").replace(/[acxduo](?:[CSIL]|\d)?/g, "").charAt(0);
    if (unknown !== "") throw new UsageError(`invalid character '${unknown}' in type string ‘${values.get("t")}’`);
    const wanted = [...types, ...[...letters].filter(([letter]) => flags.has(letter)).map(([, type]) => type)];
    const formats = (wanted.length > 0 ? wanted : ["o2"]).map(formatOf);
    const radix = values.get("A") ?? "o";
    const address = (at: number) => {
      if (radix === "n") return "";
      return at.toString({ x: 16, d: 10 }[radix] ?? 8).padStart(radix === "x" ? 6 : 7, "0");
    };
    const widths = formats.map(({ size, width }) => (perLine / size) * width);
    const widest = Math.max(...widths);
    const line = (bytes: Uint8Array) =>
      formats
        .map(({ size, width, show }, index) => {
          const more = Math.floor((widest - (widths[index] ?? 0)) / (perLine / size));
          const fields = Array.from({ length: Math.ceil(bytes.length / size) }, (_, field) =>
            show(bytes.subarray(field * size, (field + 1) * size)).padStart(width + more),
          );
          return `${index === 0 ? "" : " ".repeat(address(0).length)}${fields.join("")}`;
        })
        .join("\n");
    const { bytes, begin, status } = await dumped(system, operands, values.get("j"), values.get("N"));
    await printLines(system, bytes, begin, { address, line, all: flags.has("v") });
    const isNothing = status !== 0 && bytes.length === 0;
    if (radix !== "n" && !isNothing) await system.print(`${address(begin + bytes.length)}\n`);
    return status;
  },
  withTypesTogether,
);

/** `-t x1 -t c` is `-t x1c`. */
function withTypesTogether(args: readonly string[]): readonly string[] {
  const types: string[] = [];
  const rest: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    const [, letters = "", inline] = /^-([a-zA-Z]*)t(.*)$/.exec(arg) ?? [];
    const [, long] = /^--format=(.*)$/.exec(arg) ?? [];
    if (inline === undefined && long === undefined) {
      rest.push(arg);
      continue;
    }
    if (letters !== "") rest.push(`-${letters}`);
    const type = long ?? inline ?? "";
    if (type === "") at += 1;
    types.push(type || (args[at] ?? ""));
  }
  return types.length === 0 ? rest : ["-t", types.join(""), ...rest];
}

function readable(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (isPrintable(byte) ? String.fromCharCode(byte) : ".")).join("");
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

/** `hexdump [-C] [-n COUNT] [-s SKIP] [-v] [FILE…]`: two bytes as a number, or with `-C` bytes and their signs. */
export const hexdump = withOptions(
  {
    flags: "Cvx",
    values: "ns",
    long: { canonical: "C", length: "n", skip: "s", "no-squeezing": "v" },
  },
  async (system, { flags, values, operands }) => {
    const isCanonical = flags.has("C") || system.name === "hd";
    const address = (at: number) => at.toString(16).padStart(isCanonical ? 8 : 7, "0");
    const canonical = (bytes: Uint8Array) => {
      const numbers = Array.from(bytes, (byte, at) => `${at % 8 === 0 ? " " : ""} ${hex(byte)}`).join("");
      return `${numbers.padEnd(50)}  |${readable(bytes)}|`;
    };
    const numbers = (bytes: Uint8Array) => {
      const words = Array.from(
        { length: Math.ceil(bytes.length / 2) },
        (_, at) => ` ${inBase(16, numberOf(bytes.subarray(at * 2, at * 2 + 2)), 4)}`,
      );
      return words.join("").padEnd(perLine * 2.5);
    };
    const { bytes, begin, status } = await dumped(system, operands, values.get("s"), values.get("n"));
    await printLines(system, bytes, begin, {
      address,
      line: isCanonical ? canonical : numbers,
      all: flags.has("v"),
    });
    if (bytes.length > 0) await system.print(`${address(begin + bytes.length)}\n`);
    if (status !== 0 && bytes.length === 0) await system.complain("all input file arguments failed");
    return status;
  },
);

/** `xxd [-p] [-r] [-u] [-l COUNT] [-s SKIP] [-c COLUMNS] [-g BYTES] [FILE]`. */
export const xxd = withOptions({ flags: "pru", values: "lscg", long: {} }, async (system, options) => {
  const { flags, values, operands } = options;
  const { bytes, begin, status } = await dumped(system, operands, values.get("s"), values.get("l"));
  if (flags.has("r")) await system.write(1, fromHex(new TextDecoder().decode(bytes), flags.has("p")));
  else await system.print(xxdLines(bytes, begin, options));
  return status === 0 ? 0 : 2;
});

function xxdLines(bytes: Uint8Array, begin: number, { flags, values }: Options): string {
  const columns = Math.max(0, Number(values.get("c"))) || (flags.has("p") ? 30 : perLine);
  const group = Number(values.get("g") ?? 2) || columns;
  const digits = (byte: number) => (flags.has("u") ? hex(byte).toUpperCase() : hex(byte));
  let text = "";
  for (let at = 0; at < bytes.length; at += columns) {
    const line = bytes.subarray(at, at + columns);
    const numbers = Array.from(
      line,
      (byte, index) => (index > 0 && index % group === 0 && !flags.has("p") ? " " : "") + digits(byte),
    );
    const width = columns * 2 + Math.ceil(columns / group) - 1;
    text += flags.has("p")
      ? `${numbers.join("")}\n`
      : `${(begin + at).toString(16).padStart(8, "0")}: ${numbers.join("").padEnd(width)}  ${readable(line)}\n`;
  }
  return text;
}

/** The bytes that a dump shows; `plain`: it is nothing but digits. */
function fromHex(text: string, plain: boolean): Uint8Array {
  const digits = text
    .split("\n")
    .map((line) => (plain ? line : line.replace(/^[0-9a-f]+:/i, "").replace(/ {2}.*$/, "")))
    .join("")
    .replace(/\s/g, "");
  return Uint8Array.from(digits.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));
}
