import { ShellError } from "../shell-error.ts";

/** A number from 0 up that a builtin was given. Throws `ShellError`, in dash's words. */
export function numberOf(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new ShellError(`${name}: Illegal number: ${text}`, 2, true);
}
