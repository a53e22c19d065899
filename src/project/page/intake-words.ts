/** The sentences of what came of an intake. */
import { projectStrings } from "../../strings/strings.ts";
import type { IntakeNote, IntakeProblem } from "../intake/intake-result.ts";

const words = projectStrings.problems;

/** Why nothing was taken, and what to do. */
export function problemSentence(problem: IntakeProblem): string {
  switch (problem.kind) {
    case "empty":
      return words.empty(problem.leftOut.length > 0);
    case "archive too large":
      return words.archiveTooLarge(problem.name, problem.size, problem.limit);
    case "too many files":
      return words.tooManyFiles(problem.limit);
    case "too many names":
      return words.tooManyNames(problem.limit);
    case "too much":
      return words.tooMuch(problem.limit);
    case "file too large":
      return words.fileTooLarge(problem.path, problem.limit);
    case "bomb":
      return words.bomb(problem.name);
    case "damaged archive":
      return words.damagedArchive(problem.name);
    case "encrypted":
      return words.encrypted(problem.name);
    case "unknown packing":
      return words.unknownPacking(problem.name);
    case "outside path":
      return words.outsidePath(problem.name, problem.path);
    case "same path":
      return words.samePath(problem.path);
    case "taken":
      return words.taken(problem.path);
    case "two projects":
      return words.twoProjects(problem.names);
    case "unreadable":
      return words.unreadable(problem.path);
  }
}

/** What is to be said of a file that was taken. */
export function noteSentence(note: IntakeNote): string {
  const { notes } = projectStrings;
  switch (note.kind) {
    case "secret":
      return notes.secret(note.path);
    case "byte order mark":
      return notes.byteOrderMark(note.path);
    case "windows lines":
      return notes.windowsLines(note.paths);
    case "not utf-8":
      return notes.notUtf8(note.path, note.line);
    case "text not utf-8":
      return notes.textNotUtf8(note.path, note.line);
    case "utf-16":
      return notes.utf16(note.path);
    case "other encoding":
      return notes.otherEncoding(note.path, note.encoding);
  }
}
