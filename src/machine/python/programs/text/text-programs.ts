/** Programs that read text and write text. */

import { joinBytes } from "../../kernel/bytes.ts";
import { SyscallError } from "../../kernel/errno.ts";
import { descriptorOfPath } from "../../native/descriptor-paths.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { amountOfBytes } from "../amounts-of-bytes.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { type Chunks, eachInput, linesTogether } from "./each-input.ts";
import { follow } from "./follow.ts";
import { formatted } from "./printing.ts";

/** What cat shows of bytes that cannot be seen: `^M`, `M-i`. */
function visible(line: string, tabs: boolean): string {
  const bytes = new TextEncoder().encode(line);
  return Array.from(bytes, (byte) => {
    const low = byte & 0x7f;
    const plain = low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? "^?" : String.fromCharCode(low);
    if (byte === 9 && !tabs) return "\t";
    return byte > 127 ? `M-${plain}` : plain;
  }).join("");
}

/** `cat [-nbsAET] [FILE…]`: one input after the other, as it comes. */
export const cat = withOptions(
  {
    flags: "nubsvAeEtT",
    long: {
      number: "n",
      "number-nonblank": "b",
      "squeeze-blank": "s",
      "show-all": "A",
      "show-ends": "E",
      "show-tabs": "T",
      "show-nonprinting": "v",
    },
  },
  async (system, { flags, operands }) => {
    const has = (...letters: string[]) => letters.some((letter) => flags.has(letter));
    const [ends, tabs, shows] = [has("A", "E", "e"), has("A", "T", "t"), has("A", "v", "e", "t")];
    let number = 0;
    let blank = false;
    const shown = (line: string): string => {
      const again = blank && line === "";
      blank = line === "";
      if (again && flags.has("s")) return "";
      const counted = flags.has("b") ? line !== "" : flags.has("n");
      if (counted) number += 1;
      const text = shows ? visible(line, tabs) : tabs ? line.replaceAll("\t", "^I") : line;
      return `${counted ? `${String(number).padStart(6)}\t` : ""}${text}${ends ? "$" : ""}\n`;
    };
    let refused = 0;
    const status = await eachInput(system, operands, async (chunks, name) => {
      if (feedsItself(system, name)) {
        await system.complain(`${name}: input file is output file`);
        refused = 1;
        return;
      }
      if (flags.size === 0 || (flags.size === 1 && flags.has("u"))) {
        for await (const chunk of chunks) await system.write(1, chunk);
        return;
      }
      let [isOver, last] = [false, 0x0a];
      async function* watched(): AsyncGenerator<Uint8Array> {
        for await (const chunk of chunks) {
          last = chunk.at(-1) ?? last;
          yield chunk;
        }
        isOver = true;
      }
      for await (const lines of linesTogether(watched())) {
        const text = lines.map(shown).join("");
        // What the input has not ended stays so.
        await system.print(isOver && last !== 0x0a ? text.replace(ends ? /\$\n$/ : /\n$/, "") : text);
      }
    });
    return Math.max(status, refused);
  },
);

/** Whether an input is the file that is written, and holds something: it would never end. */
function feedsItself(system: System, name: string): boolean {
  const path = system.path(name);
  const own = name === "-" ? 0 : descriptorOfPath(path);
  const status = own === undefined ? system.files.status(path) : undefined;
  const read = own === undefined ? status && { inode: status.inode, position: 0 } : system.descriptors.fileOf(own);
  const written = system.descriptors.fileOf(1);
  if (read === undefined || read.inode !== written?.inode) return false;
  return read.position < (system.descriptors.sizeOfFile(1) ?? 0);
}

/** `-n 5`, or `-5`; for `tail` also `+5`, as it was written before there were options. */
function withCount(run: (system: System, options: Options) => Promise<number>, isTail = false): NativeProgram {
  return withOptions(
    {
      flags: "qvfFz",
      values: "ncs",
      long: { lines: "n", bytes: "c", quiet: "q", silent: "q", verbose: "v", follow: "f", retry: "F" },
    },
    run,
    (args) =>
      args.flatMap((arg, at) => {
        const from = /^\+\d+$/.exec(arg)?.[0];
        if (from !== undefined && isTail && at === 0) return ["-n", from];
        const [, count, letters] = /^-(\d+)([a-z]*)$/.exec(arg) ?? [];
        if (count !== undefined && !/^(?:-\w*[nc]|--lines|--bytes)$/.test(args[at - 1] ?? ""))
          return ["-n", count, ...(letters ? [`-${letters}`] : [])];
        return arg === "--follow=name" ? ["-F"] : [arg === "--follow=descriptor" ? "-f" : arg];
      }),
  );
}

/** What head and tail say of a file that is not there. */
function cannotOpen(name: string, { errno, message }: SyscallError): string {
  return errno === "EISDIR" ? `error reading '${name}': ${message}` : `cannot open '${name}' for reading: ${message}`;
}

/** `5`, `+5`, `-5`, `2k`. Throws `UsageError`. */
function amount(text: string, what: "lines" | "bytes"): { readonly sign: string; readonly number: number } {
  const [, sign = "", size = ""] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const number = amountOfBytes(size, "bkKM");
  if (number === undefined) throw new UsageError(`invalid number of ${what}: ‘${text}’`);
  return { sign, number };
}

async function title(system: System, { flags, operands }: Options, name: string, first: boolean): Promise<void> {
  if (!flags.has("v") && (operands.length < 2 || flags.has("q"))) return;
  await system.print(`${first ? "" : "\n"}==> ${name === "-" ? "standard input" : name} <==\n`);
}

async function allOf(chunks: Chunks): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return joinBytes(pieces);
}

/** `head [-n N] [-c N] [FILE…]`: the first lines or bytes; it ends as soon as it has them. */
export const head = withCount(async (system, options) => {
  const bytes = options.values.get("c");
  const wanted = amount(bytes ?? options.values.get("n") ?? "10", bytes === undefined ? "lines" : "bytes");
  let first = true;
  return eachInput(
    system,
    options.operands,
    async (chunks, name) => {
      await title(system, options, name, first);
      first = false;
      if (bytes !== undefined) await headBytes(system, chunks, wanted);
      else await headLines(system, chunks, wanted);
    },
    cannotOpen,
  );
});

type Amount = ReturnType<typeof amount>;

async function headBytes(system: System, chunks: Chunks, { sign, number }: Amount): Promise<void> {
  if (sign === "-") {
    const whole = await allOf(chunks);
    await system.write(1, whole.subarray(0, Math.max(0, whole.length - number)));
    return;
  }
  let left = number;
  if (left === 0) return;
  for await (const chunk of chunks) {
    await system.write(1, chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) return;
  }
}

async function headLines(system: System, chunks: Chunks, { sign, number }: Amount): Promise<void> {
  if (sign === "-") {
    const lines = (await decoded(chunks)).split(/(?<=\n)/);
    await system.print(lines.slice(0, Math.max(0, lines.length - number)).join(""));
    return;
  }
  let left = number;
  if (left === 0) return;
  for await (const chunk of chunks) {
    let end = 0;
    while (left > 0 && end < chunk.length) {
      const at = chunk.indexOf(10, end);
      end = at === -1 ? chunk.length : at + 1;
      if (at !== -1) left -= 1;
    }
    await system.write(1, chunk.subarray(0, end));
    if (left <= 0) return;
  }
}

async function decoded(chunks: Chunks): Promise<string> {
  return new TextDecoder().decode(await allOf(chunks));
}

/** `tail [-n N] [-f] [FILE…]`: the last lines or bytes, and with -f what is written later. */
export const tail = withCount(async (system, options) => {
  const { flags, values, operands } = options;
  const bytes = values.get("c");
  const { sign, number } = amount(bytes ?? values.get("n") ?? "10", bytes === undefined ? "lines" : "bytes");
  let first = true;
  const status = await eachInput(
    system,
    operands,
    async (chunks, name) => {
      await title(system, options, name, first);
      first = false;
      const whole = await allOf(chunks);
      if (bytes !== undefined) {
        await system.write(1, whole.subarray(sign === "+" ? number - 1 : Math.max(0, whole.length - number)));
        return;
      }
      const lines = new TextDecoder().decode(whole).split(/(?<=\n)/);
      await system.print(
        (sign === "+" ? lines.slice(Math.max(0, number - 1)) : number === 0 ? [] : lines.slice(-number)).join(""),
      );
    },
    cannotOpen,
  );
  const followed = operands.filter((name) => name !== "-");
  if (!(flags.has("f") || flags.has("F")) || followed.length === 0) return status;
  const there = followed.filter((name) => flags.has("F") || system.files.status(system.path(name)) !== undefined);
  const titled = (followed.length > 1 && !flags.has("q")) || flags.has("v");
  if (there.length > 0) return follow(system, { names: there, titled, byName: flags.has("F") });
  await system.complain("no files remaining");
  return 1;
}, true);

/** How many there are of each, in the order in which they are shown. */
interface Counts {
  readonly lines: number;
  readonly words: number;
  readonly characters: number;
  readonly bytes: number;
  readonly longest: number;
}

const kinds = [
  ["l", "lines"],
  ["w", "words"],
  ["m", "characters"],
  ["c", "bytes"],
  ["L", "longest"],
] as const;

/** `wc [-lwcmL] [FILE…]`: numbers of lines, words, characters or bytes. */
export const wc = withOptions(
  { flags: "lwcmL", long: { lines: "l", words: "w", bytes: "c", chars: "m", "max-line-length": "L" } },
  async (system, { flags, operands }) => {
    const shown = kinds.filter(([letter]) => (flags.size === 0 ? "lwc".includes(letter) : flags.has(letter)));
    const width = shown.length === 1 && operands.length < 2 ? 1 : widthOf(system, operands);
    const print = (counts: Counts, name: string | undefined) => {
      const numbers = shown.map(([, kind]) => String(counts[kind]).padStart(width)).join(" ");
      return system.print(`${numbers}${name === undefined ? "" : ` ${name}`}\n`);
    };
    let total: Counts = { lines: 0, words: 0, characters: 0, bytes: 0, longest: 0 };
    const status = await eachInput(system, operands, async (chunks, name) => {
      const counts = await count(chunks);
      total = {
        lines: total.lines + counts.lines,
        words: total.words + counts.words,
        characters: total.characters + counts.characters,
        bytes: total.bytes + counts.bytes,
        longest: Math.max(total.longest, counts.longest),
      };
      await print(counts, operands.length === 0 ? undefined : name);
    });
    if (operands.length > 1) await print(total, "total");
    return status;
  },
);

/** As wide as all bytes of the files are as a number, or 7 where not all are files. */
function widthOf(system: System, operands: readonly string[]): number {
  const sizes = (operands.length > 0 ? operands : ["-"]).map((name) =>
    name === "-" ? system.descriptors.sizeOfFile(0) : (system.files.status(system.path(name))?.size ?? 0),
  );
  if (sizes.some((size) => size === undefined)) return 7;
  return String(sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)).length;
}

async function count(chunks: Chunks): Promise<Counts> {
  let text = "";
  let bytes = 0;
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    bytes += chunk.length;
    text += decoder.decode(chunk, { stream: true });
  }
  const lines = text.split("\n");
  return {
    lines: lines.length - 1,
    words: text.match(/\S+/g)?.length ?? 0,
    characters: Array.from(text).length,
    bytes,
    longest: lines.reduce((most, line) => Math.max(most, line.length), 0),
  };
}

/** Names that stand for descriptors. */
const descriptorPaths: Readonly<Record<string, number>> = { "/dev/stdout": 1, "/dev/stderr": 2, "/dev/tty": 1 };

/** `tee [-a] FILE…`: its input on its output and in files, as it comes. */
export const tee = withOptions(
  { flags: "aip", long: { append: "a", "ignore-interrupts": "i" } },
  async (system, { flags, operands }) => {
    const targets = [1];
    let status = 0;
    for (const name of operands) {
      const known = Object.hasOwn(descriptorPaths, name) ? descriptorPaths[name] : undefined;
      try {
        targets.push(known ?? system.descriptors.open(system.path(name), flags.has("a") ? "append" : "write"));
      } catch (error) {
        if (!(error instanceof SyscallError)) throw error;
        await system.complain(`${name}: ${error.message}`);
        status = 1;
      }
    }
    const read = await eachInput(system, [], async (chunks) => {
      for await (const chunk of chunks) for (const fd of targets) await system.write(fd, chunk);
    });
    return read || status;
  },
);

/** What `seq` counts. */
interface Sequence {
  readonly from: number;
  readonly step: number;
  readonly to: number;
  /** Digits behind the point. */
  readonly places: number;
}

/** Throws `UsageError`. */
function sequenceOf(words: readonly string[]): Sequence {
  if (words.length === 0) throw new UsageError("missing operand");
  if (words[3] !== undefined) throw new UsageError(`extra operand ‘${words[3]}’`);
  const wrong = words.find((word) => word.trim() === "" || Number.isNaN(Number(word)));
  if (wrong !== undefined) throw new UsageError(`invalid floating point argument: ‘${wrong}’`);
  const [from = "1", step = "1", to = "1"] =
    words.length === 1 ? ["1", "1", words[0]] : words.length === 2 ? [words[0], "1", words[1]] : words;
  if (Number(step) === 0) throw new UsageError(`invalid Zero increment value: ‘${step}’`);
  const places = Math.max(...[from, step].map((word) => word.split(".")[1]?.length ?? 0));
  return { from: Number(from), step: Number(step), to: Number(to), places };
}

/** Numbers below zero are no options. */
function withNumbersLast(args: readonly string[]): readonly string[] {
  const first = args.findIndex((arg, at) => /^-?[\d.]/.test(arg) && !/^-[sf]$/.test(args[at - 1] ?? ""));
  return first === -1 ? args : [...args.slice(0, first), "--", ...args.slice(first)];
}

/** `seq [-w] [-s SEPARATOR] [FIRST [STEP]] LAST`: numbers, one a line. */
export const seq = withOptions(
  { flags: "w", values: "sf", long: { "equal-width": "w", separator: "s", format: "f" } },
  async (system, { flags, values, operands }) => {
    const { from, step, to, places } = sequenceOf(operands);
    const separator = values.get("s")?.replaceAll("\\n", "\n") ?? "\n";
    const format = values.get("f");
    const width = flags.has("w") ? Math.max(from.toFixed(places).length, to.toFixed(places).length) : 0;
    const shown = (value: number): string => {
      if (format !== undefined) return formatted(format, [String(value)], true).text;
      const plain = places > 0 ? value.toFixed(places) : String(value);
      return plain.startsWith("-") ? `-${plain.slice(1).padStart(width - 1, "0")}` : plain.padStart(width, "0");
    };
    let text = "";
    let any = false;
    for (let index = 0, value = from; step > 0 ? value <= to : value >= to; index += 1, value = from + index * step) {
      text += `${any ? separator : ""}${shown(value)}`;
      any = true;
      if (text.length < 16_384) continue;
      await system.print(text);
      text = "";
    }
    await system.print(any ? `${text}\n` : text);
    return 0;
  },
  withNumbersLast,
);

/** Prints its arguments, or `y`, until nobody reads them any more. */
export const yes: NativeProgram = async (system) => {
  const line = `${system.args.join(" ") || "y"}\n`;
  const chunk = line.repeat(Math.max(1, Math.ceil(8192 / line.length)));
  while (true) {
    await system.print(chunk);
    // Whether somebody still reads is heard only between two pieces of work.
    await new Promise((resolve) => setTimeout(resolve));
  }
};
