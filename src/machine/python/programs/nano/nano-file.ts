import { SyscallError } from "../../kernel/errno.ts";
import type { System } from "../../native/system.ts";

/** What was read of a file. */
export interface NanoFile {
  /** Lines are ended by `\n` alone. */
  readonly text: string;
  /** The file's lines end with a carriage return, as on Windows. It is written back like that. */
  readonly dos: boolean;
  readonly message: string;
}

/** Bytes that are edited. */
const largest = 4_000_000;

/** Reads a file; a file that is not there is new. Answers why it cannot be edited. */
export function readFile(system: System, name: string): NanoFile | { readonly why: string } {
  let bytes: Uint8Array;
  try {
    bytes = system.files.read(system.path(name));
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    if (error.errno === "ENOENT") return { text: "", dos: false, message: "New File" };
    return { why: error.errno === "EISDIR" ? `"${name}" is a directory` : `Error reading ${name}: ${error.message}` };
  }
  if (bytes.length > largest) return { why: `${name} is too large to be edited here` };
  let raw: string;
  try {
    raw = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { why: `${name} is not text in UTF-8` };
  }
  if (raw.includes("\0")) return { why: `${name} is a binary file` };
  const dos = raw.includes("\r\n") && !/(?:^|[^\r])\n/.test(raw);
  const text = dos ? raw.replaceAll("\r\n", "\n") : raw;
  return { text, dos, message: `Read ${counted(text)}${dos ? " (converted from DOS format)" : ""}` };
}

/** The bytes that a file has now; undefined if it is not there. */
export function contentOf(system: System, name: string): string | undefined {
  const path = system.path(name);
  if (system.files.status(path)?.type !== "file") return undefined;
  return new TextDecoder().decode(system.files.read(path));
}

/** Text as it is written: its last line is ended. */
export function asWritten(text: string, dos: boolean): string {
  const whole = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return dos ? whole.replaceAll("\n", "\r\n") : whole;
}

/** Writes a file. Answers what to say, and whether it is written. */
export async function writeFile(
  system: System,
  name: string,
  text: string,
  dos: boolean,
): Promise<{ readonly written: boolean; readonly message: string }> {
  const content = asWritten(text, dos);
  try {
    const fd = system.descriptors.open(system.path(name), "write");
    await system.write(fd, content);
    system.descriptors.close(fd);
    system.flush();
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    return { written: false, message: `Error writing ${name}: ${error.message}` };
  }
  return { written: true, message: `Wrote ${counted(asWritten(text, false))}` };
}

function counted(text: string): string {
  const lines = text.split("\n").length - (text.endsWith("\n") || text === "" ? 1 : 0);
  return `${lines} line${lines === 1 ? "" : "s"}`;
}
