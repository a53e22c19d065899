/** What programs call a file's kind, and how they show it beside its rights. */
import type { FileStatus } from "../../kernel/files/files.ts";
import { rights } from "./rights.ts";

const names: Readonly<Record<FileStatus["type"], string>> = {
  file: "regular file",
  directory: "directory",
  symlink: "symbolic link",
  socket: "socket",
  fifo: "fifo",
};

const letters: Readonly<Record<FileStatus["type"], string>> = {
  file: "-",
  directory: "d",
  symlink: "l",
  socket: "s",
  fifo: "p",
};

/** `regular empty file`, `directory`, … */
export function kindName({ type, size }: FileStatus): string {
  return type === "file" && size === 0 ? "regular empty file" : names[type];
}

/** As `find` has it: `f` for a file. */
export function kindLetter({ type }: FileStatus): string {
  return type === "file" ? "f" : letters[type];
}

/** `-rw-r--r--` */
export function modeText({ type, mode }: FileStatus): string {
  return letters[type] + rights(mode);
}

/** Bytes as programs tell them: a folder takes a block. */
export function sizeOnDisc({ type, size, target }: FileStatus): number {
  if (type === "directory") return 4096;
  return type === "symlink" ? new TextEncoder().encode(target ?? "").length : size;
}
