import type { FileStatus } from "../../kernel/files/files.ts";

/** What `[ … ]` comes to. Throws in dash's words. */
export function testExpression(words: readonly string[], status: (path: string) => FileStatus | undefined): boolean {
  const [first, second, third, ...more] = words;
  if (first === undefined) return false;
  if (first === "!") return !testExpression(words.slice(1), status);
  const and = words.indexOf("-a");
  const or = words.indexOf("-o");
  if (or > 0) return testExpression(words.slice(0, or), status) || testExpression(words.slice(or + 1), status);
  if (and > 0) return testExpression(words.slice(0, and), status) && testExpression(words.slice(and + 1), status);
  if (second === undefined) return first !== "";
  if (third === undefined) return unary(first, second, status);
  if (more.length > 0) throw new Error(`${third}: unexpected operator`);
  return binary(first, second, third);
}

function unary(operator: string, word: string, status: (path: string) => FileStatus | undefined): boolean {
  switch (operator) {
    case "-n":
      return word !== "";
    case "-z":
      return word === "";
    case "-e":
    case "-r":
    case "-w":
      return status(word) !== undefined;
    case "-f":
      return status(word)?.type === "file";
    case "-S":
      return status(word)?.type === "socket";
    case "-d":
      return status(word)?.type === "directory";
    case "-s":
      return (status(word)?.size ?? 0) > 0;
    case "-x":
      return ((status(word)?.mode ?? 0) & 0o111) !== 0;
    default:
      throw new Error(`${operator}: unexpected operator`);
  }
}

function binary(left: string, operator: string, right: string): boolean {
  if (operator === "=" || operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  const [a, b] = [left, right].map((word) => {
    if (!/^\s*[-+]?\d+\s*$/.test(word)) throw new Error(`Illegal number: ${word}`);
    return Number(word);
  });
  if (a === undefined || b === undefined) return false;
  switch (operator) {
    case "-eq":
      return a === b;
    case "-ne":
      return a !== b;
    case "-lt":
      return a < b;
    case "-le":
      return a <= b;
    case "-gt":
      return a > b;
    case "-ge":
      return a >= b;
    default:
      throw new Error(`${operator}: unexpected operator`);
  }
}
