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

/** What the words of `[ … ]` come to. Throws `ShellError` in dash's words, or in bash's. */
export function testExpression(words: readonly string[], shell: TestingShell, io: Io): boolean {
  return shell.isBash ? new BashTest(words, shell, io).result() : new DashTest(words, shell, io).result();
}

/** Reads as bash does: the number of words says how. */
class BashTest {
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
    this.#checkNumber();
    const value = this.#or();
    if (words[this.#at] !== undefined) throw new ShellError("too many arguments");
    return value;
  }

  /** Says what is missing, by the number of words. */
  #checkNumber(): void {
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
    this.#at += 1;
    return first !== "";
  }

  #binary(left = "", operator = "", right = ""): boolean {
    return testBinary(operator, left, right, this.shell);
  }
}

/** What dash knows. `==` is not among it. */
const dashUnary = new Set(Array.from("rwxefdcbpugkstznhOGLS", (letter) => `-${letter}`));
const dashBinary = new Set([...binary].filter((operator) => operator !== "=="));

/** Reads as dash does (its `test.c`): from word to word, where an operator before another one is an operand. */
class DashTest {
  #at = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly shell: TestingShell,
    private readonly io: Io,
  ) {}

  result(): boolean {
    if (this.words.length === 0) return false;
    if (this.#words(3) && dashBinary.has(this.words[1] ?? "")) return this.#whole();
    if (this.#words(3) || this.#words(4)) {
      if (this.words[0] === "!") return !new DashTest(this.words.slice(1), this.shell, this.io).result();
      if (this.words[0] === "(" && this.words.at(-1) === ")") {
        return new DashTest(this.words.slice(1, -1), this.shell, this.io).#whole();
      }
    }
    return this.#whole();
  }

  #words(count: number): boolean {
    return this.words.length === count;
  }

  #whole(): boolean {
    const value = this.#or();
    const last = this.words[this.#at];
    if (last !== undefined && this.words[this.#at + 1] !== undefined) throw misuse(last, "unexpected operator");
    return value;
  }

  /** Each of these ends at the last word that it has taken. */
  #or(): boolean {
    let value = this.#and();
    while (this.words[this.#at + 1] === "-o") {
      this.#at += 2;
      const right = this.#and();
      value ||= right;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.words[this.#at + 1] === "-a") {
      this.#at += 2;
      const right = this.#not();
      value &&= right;
    }
    return value;
  }

  #not(): boolean {
    const next = this.words[this.#at + 1];
    if (this.words[this.#at] !== "!" || (this.words.length === 3 && dashBinary.has(next ?? ""))) return this.#primary();
    if (next === undefined) return true;
    this.#at += 1;
    return !this.#not();
  }

  #primary(): boolean {
    const { words } = this;
    const [first, second, third] = words.slice(this.#at, this.#at + 3);
    if (first === undefined) return false;
    if (first === "(" && second !== undefined && !(words.length === 3 && dashBinary.has(second))) {
      this.#at += 1;
      if (second === ")") return false;
      const value = this.#or();
      this.#at += 1;
      if (words[this.#at] !== ")") throw new ShellError("closing paren expected");
      return value;
    }
    const isOperand = second === undefined || (third !== undefined && dashBinary.has(second));
    if (dashUnary.has(first) && !isOperand) {
      this.#at += 1;
      return testUnary(first, second, this.shell, this.io);
    }
    if (second === undefined || !dashBinary.has(second)) return first !== "";
    this.#at += 2;
    if (third === undefined) throw misuse(second, "argument expected");
    return testBinary(second, first, third, this.shell);
  }
}

function misuse(word: string, message: string): ShellError {
  return new ShellError(word === "" ? message : `${word}: ${message}`);
}

/** Operators with two operands. */
function testBinary(operator: string, left: string, right: string, shell: TestingShell): boolean {
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
      return compareFiles(operator, left, right, shell);
    default:
      return compareNumbers(operator, integerOf(left, shell), integerOf(right, shell));
  }
}

function integerOf(word: string, { isBash }: TestingShell): bigint {
  if (/^\s*[-+]?\d+\s*$/.test(word)) return BigInt(word.trim().replace(/^\+/, ""));
  throw new ShellError(isBash ? `${word}: integer expression expected` : `Illegal number: ${word}`);
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
