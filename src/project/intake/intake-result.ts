/** What came of taking in what a reader dropped: plain data, whose sentences are in the strings. */
import type { ProjectFile } from "../files/project-file.ts";

/** What an intake stops at. Sizes in bytes. */
export interface IntakeLimits {
  /** Files of a project, without those that are left out. */
  readonly files: number;
  /** One file. */
  readonly fileBytes: number;
  /** All files together, inflated. */
  readonly allBytes: number;
  /** An archive as it was dropped. One that is larger is not read at all. */
  readonly archiveBytes: number;
  /** Names that are looked at, with those that are left out. */
  readonly names: number;
}

/** The limits of the page. */
export const intakeLimits: IntakeLimits = {
  files: 1000,
  fileBytes: 10_000_000,
  allBytes: 40_000_000,
  archiveBytes: 50_000_000,
  names: 100_000,
};

/** Why nothing was taken. */
export type IntakeProblem =
  /** Nothing was in it, or everything was left out. */
  | { readonly kind: "empty"; readonly leftOut: readonly LeftOut[] }
  | { readonly kind: "archive too large"; readonly name: string; readonly size: number; readonly limit: number }
  | { readonly kind: "too many files"; readonly limit: number }
  | { readonly kind: "too many names"; readonly limit: number }
  | { readonly kind: "too much"; readonly limit: number }
  | { readonly kind: "file too large"; readonly path: string; readonly limit: number }
  /** It grows beyond what it said, or beyond the limit, while it is inflated. */
  | { readonly kind: "bomb"; readonly name: string; readonly limit: number }
  | { readonly kind: "damaged archive"; readonly name: string }
  | { readonly kind: "encrypted"; readonly name: string; readonly path: string }
  /** A kind of archive, or a way of packing, that is not read here. */
  | { readonly kind: "unknown packing"; readonly name: string }
  /** A path that leads out of the project. */
  | { readonly kind: "outside path"; readonly name: string; readonly path: string }
  /** Two files would have one path. */
  | { readonly kind: "same path"; readonly path: string }
  /** A file that was to be added would take the place of this one. */
  | { readonly kind: "taken"; readonly path: string }
  /** Several archives, or folders with an app each, at once. */
  | { readonly kind: "two projects"; readonly names: readonly string[] }
  /** The browser could not read it. */
  | { readonly kind: "unreadable"; readonly path: string };

/** Why something of it was left out. */
export type LeftOutReason =
  | "virtual environment"
  | "node modules"
  | "bytecode"
  | "version control"
  | "cache"
  | "gitignore"
  | "system file"
  | "link"
  | "special file";

/** Something that was left out. */
export interface LeftOut {
  readonly reason: LeftOutReason;
  /** The folder or file as a whole. */
  readonly path: string;
}

/** Something that a reader should know of a file that was taken. */
export type IntakeNote =
  | { readonly kind: "secret"; readonly path: string }
  | { readonly kind: "byte order mark"; readonly path: string }
  | { readonly kind: "windows lines"; readonly paths: readonly string[] }
  /** Python source that is no UTF-8 and does not say what it is. `line` counts from 1. */
  | { readonly kind: "not utf-8"; readonly path: string; readonly line: number }
  /** A template or another text that is no UTF-8. `line` counts from 1. */
  | { readonly kind: "text not utf-8"; readonly path: string; readonly line: number }
  /** Text in two bytes a character, as PowerShell's `>` writes it. */
  | { readonly kind: "utf-16"; readonly path: string }
  /** Python source that says which other encoding it is in. */
  | { readonly kind: "other encoding"; readonly path: string; readonly encoding: string };

/** A project as it was taken in. */
export interface TakenProject {
  /** What its folder or archive is called. */
  readonly name: string;
  /** Sorted by path. */
  readonly files: readonly ProjectFile[];
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly IntakeNote[];
}

/** An intake that ended with a problem. */
export class IntakeError extends Error {
  override readonly name = "IntakeError";
  constructor(readonly problem: IntakeProblem) {
    super(problem.kind);
  }
}

/** Something that is to be taken in: a file, whose bytes are not read before it is known to be wanted. */
export interface Incoming {
  /** As its folder or archive calls it. */
  readonly path: string;
  /** In bytes, as far as it is known beforehand. */
  readonly size: number;
  /** Absent: an ordinary file. */
  readonly special?: "link" | "special file";
  /** Rejects with `IntakeError`. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}
