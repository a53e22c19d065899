/** Programs that read text and write text. */
import type { NativeProgram, System } from "../../native/system.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { type Chunks, eachInput, linesOf } from "./each-input.ts";

/** `cat [-n] [FILE…]`: one input after the other, as it comes. */
export const cat = withOptions({ flags: "nu" }, async (system, { flags, operands }) => {
  let number = 0;
  return eachInput(system, operands, async (chunks) => {
    if (!flags.has("n")) {
      for await (const chunk of chunks) await system.write(1, chunk);
      return;
    }
    for await (const line of linesOf(chunks)) {
      number += 1;
      await system.print(`${String(number).padStart(6)}\t${line}\n`);
    }
  });
});

/** `-n 5`, or `-5` */
function withCount(run: (system: System, options: Options) => Promise<number>): NativeProgram {
  return withOptions(
    {
      flags: "qvfFz",
      values: "ncs",
      long: { lines: "n", bytes: "c", quiet: "q", silent: "q", verbose: "v", follow: "f" },
    },
    run,
    (args) => args.flatMap((arg) => (/^-\d+$/.test(arg) ? ["-n", arg.slice(1)] : [arg])),
  );
}

/** `5`, `+5`, `-5`, `2k`. Throws `UsageError`. */
function amount(text: string, what: "lines" | "bytes"): { readonly sign: string; readonly number: number } {
  const [, sign = "", digits = "", unit = ""] = /^([-+]?)(\d+)([bkKM]?)$/.exec(text) ?? [];
  if (digits === "") throw new UsageError(`invalid number of ${what}: '${text}'`);
  const factor = { b: 512, k: 1024, K: 1024, M: 1024 * 1024 }[unit] ?? 1;
  return { sign, number: Number(digits) * factor };
}

async function title(system: System, { flags, operands }: Options, name: string, first: boolean): Promise<void> {
  if (!flags.has("v") && (operands.length < 2 || flags.has("q"))) return;
  await system.print(`${first ? "" : "\n"}==> ${name === "-" ? "standard input" : name} <==\n`);
}

async function allOf(chunks: Chunks): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** `head [-n N] [-c N] [FILE…]`: the first lines or bytes; it ends as soon as it has them. */
export const head = withCount(async (system, options) => {
  const bytes = options.values.get("c");
  const wanted = amount(bytes ?? options.values.get("n") ?? "10", bytes === undefined ? "lines" : "bytes");
  let first = true;
  return eachInput(system, options.operands, async (chunks, name) => {
    await title(system, options, name, first);
    first = false;
    if (bytes !== undefined) await headBytes(system, chunks, wanted);
    else await headLines(system, chunks, wanted);
  });
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
  const status = await eachInput(system, operands, async (chunks, name) => {
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
  });
  const [file] = operands;
  if ((flags.has("f") || flags.has("F")) && file !== undefined && status === 0) await follow(system, system.path(file));
  return status;
});

/** Prints what a file grows by, until a signal ends the process. */
async function follow(system: System, path: string): Promise<never> {
  let size = system.files.status(path)?.size ?? 0;
  while (true) {
    await system.sleep(200);
    const status = system.files.status(path);
    if (status === undefined) continue;
    if (status.size < size) size = 0;
    if (status.size > size) {
      await system.write(1, system.files.readAt(status.inode, size));
      size = status.size;
    }
  }
}

/** `wc [-lwcm] [FILE…]`: numbers of lines, words, bytes or characters. */
export const wc = withOptions({ flags: "lwcm" }, async (system, { flags, operands }) => {
  const totals = [0, 0, 0];
  const print = (counts: readonly number[], name: string) => {
    const wanted = counts.filter((_, index) => flags.size === 0 || flags.has("lwc".charAt(index)));
    const padded = wanted.map((count) =>
      wanted.length > 1 || operands.length > 1 ? String(count).padStart(7) : count,
    );
    return system.print(`${padded.join(" ")}${name === "-" ? "" : ` ${name}`}\n`);
  };
  const status = await eachInput(system, operands, async (chunks, name) => {
    const counts = await count(chunks);
    for (const [index, each] of counts.entries()) totals[index] = (totals[index] ?? 0) + each;
    await print(counts, name);
  });
  if (operands.length > 1) await print(totals, "total");
  return status;
});

async function count(chunks: Chunks): Promise<[number, number, number]> {
  let text = "";
  let bytes = 0;
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    bytes += chunk.length;
    text += decoder.decode(chunk, { stream: true });
  }
  return [text.split("\n").length - 1, text.match(/\S+/g)?.length ?? 0, bytes];
}

/** `tee [-a] FILE…`: its input on its output and in files, as it comes. */
export const tee = withOptions({ flags: "a" }, async (system, { flags, operands }) => {
  const files = operands.map((name) => system.descriptors.open(system.path(name), flags.has("a") ? "append" : "write"));
  return eachInput(system, [], async (chunks) => {
    for await (const chunk of chunks) for (const fd of [1, ...files]) await system.write(fd, chunk);
  });
});

/** `seq [FIRST [STEP]] LAST`: numbers, one a line. */
export const seq = withOptions({}, async (system, { operands }) => {
  const numbers = operands.map(Number);
  const [first = 1, second, third] = numbers;
  const [from, step, to] =
    numbers.length === 1 ? [1, 1, first] : [first, third === undefined ? 1 : (second ?? 1), third ?? second];
  const wrong = operands.find((_, index) => Number.isNaN(numbers[index]));
  if (wrong !== undefined) throw new UsageError(`invalid floating point argument: '${wrong}'`);
  if (to === undefined || operands.length > 3)
    throw new UsageError(to === undefined ? "missing operand" : `extra operand '${operands[3]}'`);
  if (step === 0) throw new UsageError("invalid Zero increment value: '0'");
  const places = Math.max(...operands.map((operand) => operand.split(".")[1]?.length ?? 0));
  let text = "";
  for (let index = 0, value = from; step > 0 ? value <= to : value >= to; index += 1, value = from + index * step) {
    text += `${places > 0 ? value.toFixed(places) : value}\n`;
    if (text.length < 16_384) continue;
    await system.print(text);
    text = "";
  }
  await system.print(text);
  return 0;
});

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
