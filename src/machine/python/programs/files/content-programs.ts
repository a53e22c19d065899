/** Programs about what files hold: `cmp`, `truncate`, `shuf`. */
import type { System } from "../../native/system.ts";
import { amountOfBytes } from "../amounts-of-bytes.ts";
import { UsageError, withOptions } from "../options.ts";
import { contentOfInput } from "../text/each-input.ts";

/** `cmp [-s] [-l] FILE [FILE]`: 1 if they differ, 2 if one is not there. */
export const cmp = withOptions(
  { flags: "slb", long: { quiet: "s", silent: "s", verbose: "l" } },
  async (system, { flags, operands: [one, two = "-", more] }) => {
    if (one === undefined) throw new UsageError("missing operand after 'cmp'");
    if (more !== undefined) throw new UsageError(`extra operand '${more}'`);
    for (const name of [one, two]) {
      if (name === "-" || system.files.status(system.path(name)) !== undefined) continue;
      if (!flags.has("s")) await system.complain(`${name}: No such file or directory`);
      return 2;
    }
    const files = [
      { name: one, bytes: await contentOfInput(system, one) },
      { name: two, bytes: await contentOfInput(system, two) },
    ] as const;
    return compare(system, files, flags);
  },
);

interface Compared {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function compare(
  system: System,
  [a, b]: readonly [Compared, Compared],
  flags: ReadonlySet<string>,
): Promise<number> {
  const shorter = a.bytes.length < b.bytes.length ? a : b;
  const size = shorter.bytes.length;
  const different: number[] = [];
  // All of them are shown by -l alone.
  for (let at = 0; at < size && (flags.has("l") || different.length === 0); at += 1)
    if (a.bytes[at] !== b.bytes[at]) different.push(at);
  const lineAt = (place: number) => a.bytes.subarray(0, place).filter((byte) => byte === newline).length + 1;
  const [first] = different;
  if (flags.has("s")) return first === undefined && a.bytes.length === b.bytes.length ? 0 : 1;
  if (first !== undefined && !flags.has("l")) {
    await system.print(`${a.name} ${b.name} differ: byte ${first + 1}, line ${lineAt(first)}\n`);
    return 1;
  }
  const octal = (byte = 0) => byte.toString(8).padStart(3);
  const width = String(size).length;
  const rows = different.map((at) => {
    return `${String(at + 1).padStart(width)} ${octal(a.bytes[at])} ${octal(b.bytes[at])}\n`;
  });
  await system.print(rows.join(""));
  if (a.bytes.length === b.bytes.length) return first === undefined ? 0 : 1;
  const line = lineAt(size);
  const where = shorter.bytes.at(-1) === newline ? `line ${line - 1}` : `in line ${line}`;
  await system.write(
    2,
    `cmp: EOF on ${shorter.name} ${size === 0 ? "which is empty" : `after byte ${size}, ${where}`}\n`,
  );
  return 1;
}

const newline = 10;

/** `truncate -s SIZE FILE…`; `+SIZE` and `-SIZE` count from what is there. */
export const truncate = withOptions(
  { flags: "c", values: "s", long: { size: "s", "no-create": "c" } },
  async (system, { flags, values, operands }) => {
    const given = values.get("s");
    if (given === undefined)
      throw new UsageError(
        "you must specify either ‘--size’ or ‘--reference’\nTry 'truncate --help' for more information.",
      );
    const [, sign = "", amount = ""] = /^([-+]?)(.*)$/s.exec(given) ?? [];
    const size = amountOfBytes(amount, "KMG");
    if (size === undefined) throw new UsageError(`Invalid number: ‘${given}’`);
    if (operands.length === 0) throw new UsageError("missing file operand");
    for (const name of operands) {
      const path = system.path(name);
      if (flags.has("c") && system.files.status(path) === undefined) continue;
      const inode = system.files.fileForWriting(path, 0o666 & ~system.umask);
      const before = system.files.readAt(inode, 0);
      const wanted = sign === "+" ? before.length + size : sign === "-" ? Math.max(0, before.length - size) : size;
      const content = new Uint8Array(wanted);
      content.set(before.subarray(0, wanted));
      system.files.truncate(inode);
      if (wanted > 0) system.files.write(inode, 0, content);
    }
    system.flush();
    return 0;
  },
);

/** `shuf [-n LINES] [-i LOW-HIGH] [-e WORD…] [FILE]`: lines in any order. */
export const shuf = withOptions(
  { flags: "erz", values: "nio", long: { echo: "e", "head-count": "n", "input-range": "i", repeat: "r" } },
  async (system, { flags, values, operands }) => {
    const [, low, high] = /^(\d+)-(\d+)$/.exec(values.get("i") ?? "") ?? [];
    if (values.has("i") && low === undefined) throw new UsageError(`invalid input range: ‘${values.get("i")}’`);
    let lines: string[];
    if (low !== undefined) {
      lines = Array.from({ length: Math.max(0, Number(high) - Number(low) + 1) }, (_, index) =>
        String(Number(low) + index),
      );
    } else if (flags.has("e")) lines = [...operands];
    else
      lines = new TextDecoder()
        .decode(await contentOfInput(system, operands[0] ?? "-"))
        .replace(/\n$/, "")
        .split("\n");
    const most = Number(values.get("n") ?? Number.POSITIVE_INFINITY);
    const shown: string[] = [];
    while (shown.length < most && lines.length > 0) {
      const at = Math.floor(Math.random() * lines.length);
      shown.push(lines[at] ?? "");
      if (flags.has("r")) continue;
      lines[at] = lines.at(-1) ?? "";
      lines.pop();
    }
    await system.print(shown.map((line) => `${line}\n`).join(""));
    return 0;
  },
);
