import { type Errno, SyscallError } from "../../kernel/errno.ts";
import { devicePaths, type Fd } from "../../kernel/protocol.ts";
import { descriptorOfPath } from "../../native/descriptor-paths.ts";
import type { System } from "../../native/system.ts";

/** An input of a program, chunk by chunk. */
export type Chunks = AsyncIterable<Uint8Array>;

/** Errors that come of writing. */
const ofOutput: ReadonlySet<Errno> = new Set(["EPIPE", "ENOSPC"]);

/**
 * Gives each file (or `-`, standard input; that alone if there are no files) to `use`. What cannot be read is
 * complained of; the answer is the exit code.
 */
export async function eachInput(
  system: System,
  operands: readonly string[],
  use: (chunks: Chunks, name: string) => Promise<void>,
  complaint: (name: string, error: SyscallError) => string | undefined = (name, error) => `${name}: ${error.message}`,
): Promise<number> {
  let status = 0;
  for (const name of operands.length > 0 ? operands : ["-"]) {
    try {
      await use(name === "-" ? fromDescriptor(system, 0) : fromFile(system, name), name);
    } catch (error) {
      if (!(error instanceof SyscallError) || ofOutput.has(error.errno)) throw error;
      const said = complaint(name, error);
      if (said !== undefined) await system.complain(said);
      status = 1;
    }
  }
  return status;
}

/** The lines of an input, without their ends: those together that came together. */
export async function* linesTogether(chunks: Chunks, end = "\n"): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  for await (const chunk of chunks) {
    const lines = decoder.decode(chunk, { stream: true }).split(end);
    // A line of many chunks is put together once.
    pieces.push(lines.shift() ?? "");
    if (lines.length === 0) continue;
    const first = pieces.splice(0).join("");
    pieces.push(lines.pop() ?? "");
    yield [first, ...lines];
  }
  const last = pieces.join("");
  if (last !== "") yield [last];
}

/** All bytes of a file, or of standard input, which `-` names. */
export async function contentOfInput(system: System, name: string): Promise<Uint8Array> {
  if (name === "-") return system.readAll(0);
  const path = system.path(name);
  const own = descriptorOfPath(path);
  if (own !== undefined && system.descriptors.has(own)) return system.readAll(own);
  if (system.files.status(path)?.type !== "fifo") return system.files.read(path);
  const fd = system.descriptors.open(path, "read");
  try {
    return await system.readAll(fd);
  } finally {
    system.descriptors.close(fd);
  }
}

async function* fromDescriptor(system: System, fd: Fd): AsyncGenerator<Uint8Array> {
  for (let bytes = await system.read(fd); bytes !== null; bytes = await system.read(fd)) yield bytes;
}

async function* fromFile(system: System, name: string): AsyncGenerator<Uint8Array> {
  const path = system.path(name);
  const own = descriptorOfPath(path);
  if (own !== undefined && system.descriptors.has(own)) {
    yield* fromDescriptor(system, own);
    return;
  }
  if (!devicePaths.has(path) && system.files.status(path)?.type !== "fifo") {
    yield system.files.read(path);
    return;
  }
  const fd = system.descriptors.open(path, "read");
  try {
    for (let bytes = await system.descriptors.read(fd); bytes !== null; bytes = await system.descriptors.read(fd)) {
      yield bytes;
    }
  } finally {
    system.descriptors.close(fd);
  }
}
