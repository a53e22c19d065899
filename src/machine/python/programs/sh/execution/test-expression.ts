/** `test` and `[ … ]`. */
import type { FileStatus } from "../../../kernel/files/files.ts";
import type { System } from "../../../native/system.ts";
import { applied } from "../../integer-operations.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";

/** The shell, as far as tests need it. */
export interface TestingShell {
  readonly system: System;
  readonly isBash: boolean;
  readonly options: { has(option: string): boolean };
  path(path: string): string;
}

const unary = new Set(Array.from("bcdefghkprstuwxzGLNOS", (letter) => `-${letter}`).concat("-n"));
const binary = new Set(["=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"]);

/** What the words of `[ … ]` come to. Throws `ShellError` in dash's words. */
export function testExpression(words: readonly string[], shell: TestingShell, io: Io): boolean {
  return new TestExpression(words, shell, io).result();
}

class TestExpression {
  #at = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly shell: TestingShell,
    private readonly io: Io,
  ) {}

  /** As POSIX wants it by the number of words; with more, by precedence. */
  result(): boolean {
    const { words } = this;
    if (words.length === 0) return false;
    if (words.length === 3 && binary.has(words[1] ?? "")) return this.#binary(words[0], words[1], words[2]);
    if (words.length === 4 && words[0] === "!" && binary.has(words[2] ?? "")) {
      return !this.#binary(words[1], words[2], words[3]);
    }
    if (this.shell.isBash) this.#checkAsBash();
    const value = this.#or();
    const more = words[this.#at];
    if (more !== undefined)
      throw new ShellError(this.shell.isBash ? "too many arguments" : `${more}: unexpected operator`);
    return value;
  }

  /** By the number of words bash says what it misses. */
  #checkAsBash(): void {
    const [one = "", two = ""] = this.words;
    if (this.words.length === 2 && one !== "!" && !unary.has(one))
      throw new ShellError(`${one}: unary operator expected`);
    if (this.words.length === 3 && one !== "!" && one !== "(" && !binary.has(two) && two !== "-a" && two !== "-o") {
      throw new ShellError(`${two}: binary operator expected`);
    }
  }

  #or(): boolean {
    let value = this.#and();
    while (this.words[this.#at] === "-o") {
      this.#at += 1;
      const right = this.#and();
      value ||= right;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.words[this.#at] === "-a") {
      this.#at += 1;
      const right = this.#not();
      value &&= right;
    }
    return value;
  }

  #not(): boolean {
    let negated = false;
    while (
      this.words[this.#at] === "!" &&
      this.words[this.#at + 1] !== undefined &&
      !binary.has(this.words[this.#at + 1] ?? "")
    ) {
      this.#at += 1;
      negated = !negated;
    }
    return this.#primary() !== negated;
  }

  #primary(): boolean {
    const { words } = this;
    const first = words[this.#at];
    const second = words[this.#at + 1];
    if (first === undefined) throw new ShellError("argument expected");
    if (first === "(" && second !== undefined && !binary.has(second)) {
      this.#at += 1;
      const value = this.#or();
      if (words[this.#at] !== ")") throw new ShellError("closing paren expected");
      this.#at += 1;
      return value;
    }
    if (second !== undefined && binary.has(second)) {
      const third = words[this.#at + 2];
      if (third === undefined) throw new ShellError("argument expected");
      this.#at += 3;
      return this.#binary(first, second, third);
    }
    if (unary.has(first) && second !== undefined) {
      this.#at += 2;
      return testUnary(first, second, this.shell, this.io);
    }
    if (words.length - this.#at === 2 && first.startsWith("-")) throw new ShellError(`${first}: unexpected operator`);
    if (words.length === 3 && this.#at === 0 && second !== "-a" && second !== "-o") {
      throw new ShellError(`${first}: unexpected operator`);
    }
    this.#at += 1;
    return first !== "";
  }

  #binary(left = "", operator = "", right = ""): boolean {
    switch (operator) {
      case "=":
      case "==":
        return left === right;
      case "!=":
        return left !== right;
      case "<":
        return left < right;
      case ">":
        return left > right;
      case "-nt":
      case "-ot":
      case "-ef":
        return compareFiles(operator, left, right, this.shell);
      default:
        return compareNumbers(operator, this.#number(left), this.#number(right));
    }
  }

  #number(word: string): bigint {
    if (/^\s*[-+]?\d+\s*$/.test(word)) return BigInt(word.trim().replace(/^\+/, ""));
    throw new ShellError(this.shell.isBash ? `${word}: integer expression expected` : `Illegal number: ${word}`);
  }
}

const signs: Readonly<Record<string, string>> = {
  "-eq": "==",
  "-ne": "!=",
  "-lt": "<",
  "-le": "<=",
  "-gt": ">",
  "-ge": ">=",
};

/** `-eq`, `-ne`, `-lt`, `-le`, `-gt` and `-ge`. */
export function compareNumbers(operator: string, left: bigint, right: bigint): boolean {
  return applied(signs[operator] ?? operator, left, right) !== 0n;
}

/** `-nt`, `-ot` and `-ef`. */
export function compareFiles(operator: string, left: string, right: string, shell: TestingShell): boolean {
  const [a, b] = [left, right].map((path) => statusOf(path, shell));
  if (operator === "-ef") return a !== undefined && b !== undefined && a.inode === b.inode;
  const [newer, older] = operator === "-nt" ? [a, b] : [b, a];
  return newer !== undefined && (older === undefined || newer.mtime > older.mtime);
}

function statusOf(path: string, shell: TestingShell): FileStatus | undefined {
  return path === "" ? undefined : shell.system.files.status(shell.path(path));
}

/** Operators with one operand. */
export function testUnary(operator: string, word: string, shell: TestingShell, io: Io): boolean {
  if (operator === "-n") return word !== "";
  if (operator === "-z") return word === "";
  if (operator === "-t") {
    const fd = io.get(Number(word));
    return fd !== undefined && shell.system.descriptors.isTerminal(fd);
  }
  if (operator === "-o") return shell.options.has(word);
  if (operator === "-L" || operator === "-h") {
    return shell.system.files.status(shell.path(word), "keep")?.type === "symlink";
  }
  if (/^\/dev\/(?:null|tty|stdin|stdout|stderr)$/.test(word)) return "-e-c-r-w".includes(operator);
  const status = statusOf(word, shell);
  if (status === undefined) return false;
  switch (operator) {
    case "-f":
      return status.type === "file";
    case "-p":
      return status.type === "fifo";
    case "-S":
      return status.type === "socket";
    case "-d":
      return status.type === "directory";
    case "-s":
      return status.size > 0;
    case "-r":
      return (status.mode & 0o444) !== 0;
    case "-w":
      return (status.mode & 0o222) !== 0;
    case "-x":
      return (status.mode & 0o111) !== 0;
    case "-e":
    case "-a":
    case "-O":
    case "-G":
    case "-N":
      return true;
    case "-u":
      return (status.mode & 0o4000) !== 0;
    case "-g":
      return (status.mode & 0o2000) !== 0;
    case "-k":
      return (status.mode & 0o1000) !== 0;
    default:
      return false;
  }
}
