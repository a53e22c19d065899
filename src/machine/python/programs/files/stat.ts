/** `stat`: what a file system knows of a file. */
import type { FileStatus } from "../../kernel/files/files.ts";
import type { System } from "../../native/system.ts";
import { formattedDate, shownIn } from "../date.ts";
import { UsageError, withOptions } from "../options.ts";
import { kindName, modeText } from "./file-kinds.ts";

/** Bytes that a file takes at least, and by which it grows. */
const block = 4096;

/** What st_mode has besides the rights. */
const kindBits: Readonly<Record<FileStatus["type"], number>> = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  socket: 0o140000,
  fifo: 0o010000,
};

/** What each letter of a format stands for. Times are all that of the last change: no other is kept here. */
function valuesOf(name: string, status: FileStatus, zone: string | undefined): Readonly<Record<string, string>> {
  const size = status.type === "directory" ? block : status.size;
  const blocks = String(Math.ceil(size / block) * (block / 512));
  const seconds = String(Math.floor(status.mtime / 1000));
  const time = formattedDate("%Y-%m-%d %H:%M:%S.%N %z", shownIn(zone, status.mtime));
  return {
    "%": "%",
    n: name,
    N: status.target === undefined ? `'${name}'` : `'${name}' -> '${status.target}'`,
    s: String(size),
    b: blocks,
    B: "512",
    o: String(block),
    a: (status.mode & 0o7777).toString(8),
    A: modeText(status),
    f: (kindBits[status.type] | status.mode).toString(16),
    F: kindName(status),
    h: String(status.links),
    i: String(status.inode),
    d: "1",
    u: "1000",
    g: "1000",
    U: "student",
    G: "student",
    m: "/",
    x: time,
    y: time,
    z: time,
    w: "-",
    X: seconds,
    Y: seconds,
    Z: seconds,
    W: "0",
  };
}

const whole = [
  "  File: %N",
  "  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F",
  "Device: 0,%d\tInode: %-11i Links: %h",
  "Access: (%04a/%10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)",
  "Access: %x",
  "Modify: %y",
  "Change: %z",
  " Birth: %w",
  "",
].join("\n");

function formatted(format: string, values: Readonly<Record<string, string>>): string {
  return format.replace(/%([-0]?)(\d*)([A-Za-z%])/g, (_, flag: string, width: string, letter: string) => {
    const value = values[letter] ?? "?";
    if (flag === "-") return value.padEnd(Number(width));
    return value.padStart(Number(width), flag === "0" ? "0" : " ");
  });
}

const backslashes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", '"': '"', "0": "\0" };

/** The format that was asked for; `--printf` ends no line by itself. */
function formatOf(values: ReadonlyMap<string, string>): string {
  const given = values.get("c");
  const printed = values.get("P");
  if (printed !== undefined)
    return printed.replace(/\\([ntr\\"0])/g, (_, letter: string) => backslashes[letter] ?? letter);
  return given === undefined ? whole : `${given}\n`;
}

/** `stat [-L] [-c FORMAT] [--printf FORMAT] FILE…`. */
export const stat = withOptions(
  { flags: "L", values: "cP", long: { dereference: "L", format: "c", printf: "P" } },
  async (system: System, { flags, values, operands }) => {
    if (operands.length === 0) throw new UsageError("missing operand");
    let code = 0;
    for (const name of operands) {
      const status = system.files.status(system.path(name), flags.has("L") ? "follow" : "keep");
      if (status !== undefined && name !== "") {
        await system.print(formatted(formatOf(values), valuesOf(name, status, system.env["TZ"])));
        continue;
      }
      await system.complain(`cannot statx '${name}': No such file or directory`);
      code = 1;
    }
    return code;
  },
);
