/**
 * Errors by name and number. Programs know Linux's numbers; CPython's own C code, and Emscripten below it, know WASI's,
 * and where an error leaves C for Python it gets Linux's number and words (`linux-errors.ts`).
 */
import type { Errno } from "../kernel/errno.ts";
import { type ErrnoName, errnoTable } from "./errno-table.ts";

const linuxByWasi = new Map<number, number>(Object.values(errnoTable).map(([linux, , wasi]) => [wasi, linux]));
const textByLinux = new Map<number, string>(Object.values(errnoTable).map(([linux, text]) => [linux, text]));

/** What programs know an error by: Linux's number. */
export function linuxNumberOf(errno: Errno | ErrnoName): number {
  return errnoTable[errno][0];
}

/** What Emscripten knows it by, for `FS.ErrnoError`. */
export function emscriptenErrno(errno: Errno | ErrnoName): number {
  return errnoTable[errno][2];
}

/** Linux's number for one of Emscripten's. What Linux has not is an input/output error. */
export function linuxErrno(emscripten: number): number {
  return linuxByWasi.get(emscripten) ?? linuxNumberOf("EIO");
}

/** glibc's `strerror` of a number of Linux's. */
export function linuxErrorText(linux: number): string {
  return textByLinux.get(linux) ?? (linux === 0 ? "Success" : `Unknown error ${linux}`);
}
