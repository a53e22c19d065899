/** What a lab has to tell its reader, besides what its sides say themselves. */
import { FileError } from "../../machine/machine.ts";
import { messageOf } from "../basics/message-of.ts";
import type { LabState } from "./lab-state.ts";

/** Something to tell the reader. */
export type LabNotice =
  | { readonly kind: "reset"; readonly undo: LabState | undefined }
  /** An exercise has put its own files and commands in. */
  | { readonly kind: "put in"; readonly undo: LabState | undefined }
  | { readonly kind: "left" }
  /** Changes of an earlier visit are back. */
  | { readonly kind: "restored" }
  /** Changes cannot be kept. */
  | { readonly kind: "not kept" }
  /** A side's computer has refused what the editor has; a full disk is the usual cause. */
  | { readonly kind: "not written"; readonly path: string; readonly errno: string }
  | { readonly kind: "failed"; readonly message: string };

/** What to say of a file that could not be written. */
export function notWritten(path: string, error: unknown): LabNotice {
  if (error instanceof FileError) return { kind: "not written", path, errno: error.errno };
  return { kind: "failed", message: messageOf(error) };
}
