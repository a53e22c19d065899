/** `dd`: copies so many blocks of bytes from here to there. */
import { SyscallError } from "../../kernel/errno.ts";
import type { Fd } from "../../kernel/protocol.ts";
import type { System } from "../../native/system.ts";
import { amountOfBytes } from "../amounts-of-bytes.ts";
import { refusingMisuse, UsageError } from "../options.ts";

/** What `dd` takes, one word each: `if=FILE`. */
const known: ReadonlySet<string> = new Set(["if", "of", "bs", "ibs", "obs", "count", "skip", "seek", "conv", "status"]);
/** `4`, `1k`, `10M`. Throws `UsageError`. */
function amount(text: string): number {
  const bytes = amountOfBytes(text, "cwbkKMG");
  if (bytes === undefined) throw new UsageError(`invalid number: ‘${text}’`);
  return bytes;
}

function operandsOf(args: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const arg of args) {
    const at = arg.indexOf("=");
    if (at === -1 || !known.has(arg.slice(0, at))) throw new UsageError(`unrecognized operand ‘${arg}’`);
    given.set(arg.slice(0, at), arg.slice(at + 1));
  }
  return given;
}

/** `dd [if=FILE] [of=FILE] [bs=BYTES] [count=BLOCKS] [skip=BLOCKS] [seek=BLOCKS] [conv=notrunc] [status=none]`. */
export const dd = refusingMisuse(async (system) => {
  const given = operandsOf(system.args);
  const numberOf = (name: string, otherwise: string) => amount(given.get(name) ?? otherwise);
  const size = numberOf("bs", given.get("ibs") ?? "512");
  if (size === 0) throw new UsageError("invalid number: ‘0’");
  const count = given.has("count") ? numberOf("count", "") : Number.POSITIVE_INFINITY;
  const [skipped, left] = [numberOf("skip", "0") * size, numberOf("seek", "0") * size];
  const keeps = given.get("conv")?.split(",").includes("notrunc") ?? false;
  const [input, output] = [given.get("if"), given.get("of")];
  const began = performance.now();
  const [from, to] = [await opened(system, input, "read"), await openedForOutput(system, output, left, keeps)];
  if (from === undefined || to === undefined) return 1;
  const copied = await copy(system, from, to.fd, size * count, skipped);
  if (copied < to.behind.length) await system.write(to.fd, to.behind.subarray(copied));
  if (given.get("status") !== "none") await tell(system, copied, size, (performance.now() - began) / 1000);
  return 0;
});

async function opened(system: System, name: string | undefined, how: "read" | "write"): Promise<Fd | undefined> {
  if (name === undefined) return how === "read" ? 0 : 1;
  try {
    if (how === "read" && system.files.isFolder(system.path(name))) throw new SyscallError("EISDIR");
    return system.descriptors.open(system.path(name), how, undefined, 0o666 & ~system.umask);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    await system.complain(`failed to open '${name}': ${error.message}`);
    return undefined;
  }
}

interface Output {
  readonly fd: Fd;
  /** What is there already from where it is written on, and stays as far as it is not written over. */
  readonly behind: Uint8Array;
}

/** What is written goes behind the first `left` bytes; with `keeps`, what stands behind them stays, too. */
async function openedForOutput(
  system: System,
  name: string | undefined,
  left: number,
  keeps: boolean,
): Promise<Output | undefined> {
  const none = new Uint8Array();
  const status = name === undefined ? undefined : system.files.status(system.path(name));
  const before = name === undefined || status?.type !== "file" ? none : system.files.read(system.path(name));
  const fd = await opened(system, name, "write");
  if (fd === undefined) return undefined;
  if (left === 0) return { fd, behind: keeps ? before : none };
  const kept = new Uint8Array(left);
  kept.set(before.subarray(0, left));
  await system.write(fd, kept);
  return { fd, behind: keeps ? before.subarray(left) : none };
}

/** How many bytes have been copied: `most` of them, without so many at the beginning. */
async function copy(system: System, from: Fd, to: Fd, most: number, skipped: number): Promise<number> {
  let left = most;
  let ahead = skipped;
  let bytes = 0;
  while (left > 0) {
    const read = await system.descriptors.read(from);
    if (read === null) break;
    const piece = read.subarray(ahead, ahead + left);
    ahead = Math.max(0, ahead - read.length);
    if (piece.length > 0) await system.write(to, piece);
    bytes += piece.length;
    left -= piece.length;
  }
  return bytes;
}

function human(bytes: number, unit: number, names: readonly string[]): string {
  let value = bytes;
  let at = 0;
  while (value >= unit && at < names.length - 1) {
    value /= unit;
    at += 1;
  }
  return `${value < 10 && at > 0 ? value.toFixed(1) : Math.round(value)} ${names[at]}`;
}

const decimal = ["B", "kB", "MB", "GB"];

async function tell(system: System, bytes: number, size: number, seconds: number): Promise<void> {
  const records = `${Math.floor(bytes / size)}+${bytes % size === 0 ? 0 : 1} records`;
  const also =
    bytes < 1000
      ? ""
      : ` (${human(bytes, 1000, decimal)}${bytes < 1024 ? "" : `, ${human(bytes, 1024, ["B", "KiB", "MiB", "GiB"])}`})`;
  const rate = human(bytes / Math.max(seconds, 1e-6), 1000, decimal);
  await system.write(
    2,
    `${records} in\n${records} out\n${bytes} byte${bytes === 1 ? "" : "s"}${also} copied, ${seconds.toPrecision(6)} s, ${rate}/s\n`,
  );
}
