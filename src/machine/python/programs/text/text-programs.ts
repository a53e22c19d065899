/** Programs that read text and write text. */
import type { NativeProgram, System } from "../../native/system.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { fromBasic } from "./basic-expression.ts";
import { type Chunks, eachInput, linesOf } from "./each-input.ts";

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
function withCount(run: (system: System, options: Options, count: string) => Promise<number>): NativeProgram {
  return withOptions(
    { flags: "qvf", values: "nc" },
    (system, options) => run(system, options, options.values.get("n") ?? "10"),
    (args) => args.flatMap((arg) => (/^-\d+$/.test(arg) ? ["-n", arg.slice(1)] : [arg])),
  );
}

async function title(system: System, operands: readonly string[], name: string, first: boolean): Promise<void> {
  if (operands.length > 1) await system.print(`${first ? "" : "\n"}==> ${name} <==\n`);
}

export const head = withCount(async (system, { operands }, count) => {
  let first = true;
  return eachInput(system, operands, async (chunks, name) => {
    await title(system, operands, name, first);
    first = false;
    let left = Number(count);
    if (left <= 0) return;
    for await (const line of linesOf(chunks)) {
      await system.print(`${line}\n`);
      left -= 1;
      if (left <= 0) return;
    }
  });
});

export const tail = withCount(async (system, { flags, operands }, count) => {
  let first = true;
  const status = await eachInput(system, operands, async (chunks, name) => {
    await title(system, operands, name, first);
    first = false;
    const lines: string[] = [];
    for await (const line of linesOf(chunks)) lines.push(line);
    const shown = count.startsWith("+") ? lines.slice(Number(count) - 1) : lines.slice(-Number(count) || lines.length);
    await system.print(shown.map((line) => `${line}\n`).join(""));
  });
  const [file] = operands;
  if (flags.has("f") && file !== undefined && status === 0) await follow(system, system.path(file));
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

export const grep = withOptions(
  { flags: "ivcnlrEFqwoHhs", values: "eABCm", long: { color: "s", colour: "s", count: "c", "ignore-case": "i" } },
  async (system, { flags, values, operands }) => {
    const given = values.get("e");
    const [pattern, ...files] = given === undefined ? operands : [given, ...operands];
    if (pattern === undefined) {
      await system.write(2, "Usage: grep [OPTION]... PATTERNS [FILE]...\n");
      return 2;
    }
    let expression: RegExp;
    try {
      const source = flags.has("F")
        ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
        : flags.has("E")
          ? pattern
          : fromBasic(pattern);
      expression = new RegExp(flags.has("w") ? `\\b(?:${source})\\b` : source, flags.has("i") ? "i" : "");
    } catch {
      await system.complain("Invalid regular expression");
      return 2;
    }
    const wanted = flags.has("r") ? filesBelow(system, files.length > 0 ? files : ["."]) : files;
    const named = (flags.has("H") || flags.has("r") || wanted.length > 1) && !flags.has("h");
    let found = false;
    const status = await eachInput(system, wanted, async (chunks, name) => {
      const prefix = named ? `${name}:` : "";
      let matches = 0;
      let number = 0;
      for await (const line of linesOf(chunks)) {
        number += 1;
        if (expression.test(line) === flags.has("v")) continue;
        matches += 1;
        if (flags.has("c") || flags.has("l") || flags.has("q")) continue;
        const shown = flags.has("o") ? (expression.exec(line)?.[0] ?? "") : line;
        await system.print(`${prefix}${flags.has("n") ? `${number}:` : ""}${shown}\n`);
      }
      found ||= matches > 0;
      if (flags.has("c")) await system.print(`${prefix}${matches}\n`);
      else if (flags.has("l") && matches > 0) await system.print(`${name}\n`);
    });
    return status !== 0 ? 2 : found ? 0 : 1;
  },
);

function filesBelow(system: System, names: readonly string[]): string[] {
  return names.flatMap((name) =>
    system.files.isFolder(system.path(name))
      ? filesBelow(
          system,
          system.files.names(system.path(name)).map((each) => `${name}/${each}`),
        )
      : [name],
  );
}

export const tee = withOptions({ flags: "a" }, async (system, { flags, operands }) => {
  const files = operands.map((name) => system.descriptors.open(system.path(name), flags.has("a") ? "append" : "write"));
  return eachInput(system, [], async (chunks) => {
    for await (const chunk of chunks) for (const fd of [1, ...files]) await system.write(fd, chunk);
  });
});

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
