/** The scripts of `sed`, parsed. Messages are GNU's. */
import { controls, ExpressionError, posixExpression, withControls } from "./posix-expression.ts";

/** Which lines a command is for. */
export type Address =
  | { readonly kind: "line"; readonly line: number }
  | { readonly kind: "last" }
  /** Undefined is the expression that was used last. */
  | { readonly kind: "match"; readonly expression: RegExp | undefined }
  /** `first~step` */
  | { readonly kind: "step"; readonly first: number; readonly step: number }
  /** `addr,+n` and `addr,~n` */
  | { readonly kind: "more"; readonly lines: number }
  | { readonly kind: "multiple"; readonly of: number };

/** A piece of what a substitution puts in. */
export type Replacement =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "group"; readonly number: number }
  | { readonly kind: "case"; readonly letter: string };

/** `s` */
export interface Substitution {
  readonly expression: RegExp | undefined;
  readonly replacement: readonly Replacement[];
  readonly all: boolean;
  /** From which match on. */
  readonly first: number;
  readonly prints: boolean;
  readonly file: string | undefined;
}

/** A command with its addresses. */
export interface SedCommand {
  readonly name: string;
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  /** Of `a`, `i`, `c`, `r`, `w`, of labels and of braces' ends. */
  readonly text: string;
  readonly substitution: Substitution | undefined;
  readonly translation: ReadonlyMap<string, string> | undefined;
  /** Where `{`, `b`, `t` and `T` lead. */
  target: number;
  /** A range that is under way ends at this line, or at a match. */
  active: boolean;
  end: number;
}

/** A script that cannot be. */
export class SedError extends Error {
  override readonly name = "SedError";
}

/** A jump to nowhere, which GNU's finds out only when all is read: its status is another. */
export class MissingLabel extends SedError {}

/** Parses scripts that are given one after the other. Throws `SedError`. */
export function parseSed(scripts: readonly string[], extended: boolean): SedCommand[] {
  const commands: SedCommand[] = [];
  const open: number[] = [];
  for (const [index, script] of joined(scripts).entries())
    new SedParser(script, index + 1, extended, commands, open).parse();
  const left = open.pop();
  if (left !== undefined) throw new SedError("-e expression #1, char 0: unmatched `{'");
  const labels = new Map(commands.flatMap(({ name, text }, at) => (name === ":" ? [[text, at] as const] : [])));
  for (const command of commands) {
    if (!"btT".includes(command.name)) continue;
    const target = command.text === "" ? commands.length : labels.get(command.text);
    if (target === undefined) throw new MissingLabel(`can't find label for jump to \`${command.text}'`);
    command.target = target;
  }
  return commands;
}

/** A text of `a` that ends a script with a backslash goes on in the next. */
function joined(scripts: readonly string[]): string[] {
  const whole: string[] = [];
  for (const script of scripts) {
    const last = whole.at(-1);
    if (last !== undefined && /(?:^|[;}\n\d/$!])\s*[aic]\\$/.test(last)) whole[whole.length - 1] = `${last}\n${script}`;
    else whole.push(script);
  }
  return whole;
}

class SedParser {
  #at = 0;

  constructor(
    private readonly script: string,
    private readonly number: number,
    private readonly extended: boolean,
    private readonly commands: SedCommand[],
    private readonly open: number[],
  ) {}

  parse(): void {
    while (true) {
      this.#skip(/[\s;]/);
      if (this.#at >= this.script.length) return;
      if (this.#peek() === "#") {
        this.#restOfLine();
        continue;
      }
      this.#command();
    }
  }

  #fail(message: string): never {
    throw new SedError(`-e expression #${this.number}, char ${this.#at}: ${message}`);
  }

  #peek(): string {
    return this.script.charAt(this.#at);
  }

  #skip(kind: RegExp): void {
    while (this.#at < this.script.length && kind.test(this.#peek())) this.#at += 1;
  }

  #command(): void {
    const from = this.#address();
    this.#skip(/[ \t]/);
    let to: Address | undefined;
    if (from !== undefined && this.#peek() === ",") {
      this.#at += 1;
      this.#skip(/[ \t]/);
      to = this.#address(true);
      if (to === undefined) {
        this.#at += 1;
        this.#fail("unexpected `,'");
      }
    }
    if (from?.kind === "line" && from.line === 0 && to?.kind !== "match") {
      this.#at += 1;
      this.#fail("invalid usage of line address 0");
    }
    this.#skip(/[ \t]/);
    let negated = false;
    while (this.#peek() === "!") {
      negated = true;
      this.#at += 1;
      this.#skip(/[ \t]/);
    }
    const name = this.#peek();
    this.#at += 1;
    if (name === "") {
      this.#at -= 1;
      this.#fail("missing command");
    }
    const made = this.#made(name);
    if (name === "}") {
      const begin = this.open.pop();
      const opened = begin === undefined ? undefined : this.commands[begin];
      if (opened === undefined) this.#fail("unexpected `}'");
      opened.target = this.commands.length;
      return;
    }
    if (name === "{") this.open.push(this.commands.length);
    this.commands.push({ name, from, to, negated, target: -1, active: false, end: 0, ...made });
  }

  #made(name: string): Pick<SedCommand, "text" | "substitution" | "translation"> {
    const nothing = { text: "", substitution: undefined, translation: undefined };
    if ("={}dDgGhHnNpPxzF".includes(name)) {
      if (name !== "{" && name !== "}") this.#ended();
      return nothing;
    }
    switch (name) {
      case "s":
        return { ...nothing, substitution: this.#substitution() };
      case "y":
        return { ...nothing, translation: this.#translation() };
      case "a":
      case "i":
      case "c":
        return { ...nothing, text: this.#text() };
      case ":":
        return { ...nothing, text: this.#label() };
      case "b":
      case "t":
      case "T":
        this.#skip(/[ \t]/);
        return { ...nothing, text: this.#word(/[^\s;}]/) };
      case "q":
      case "Q":
      case "l":
      case "L": {
        this.#skip(/[ \t]/);
        const text = this.#word(/\d/);
        this.#ended();
        return { ...nothing, text };
      }
      case "r":
      case "R":
      case "w":
      case "W":
        return { ...nothing, text: this.#fileName() };
      default:
        return this.#fail(`unknown command: \`${name}'`);
    }
  }

  #label(): string {
    this.#skip(/[ \t]/);
    return this.#word(/[^\s;]/) || this.#fail('":" lacks a label');
  }

  #fileName(): string {
    this.#skip(/[ \t]/);
    return this.#restOfLine() || this.#fail("missing filename in r/R/w/W commands");
  }

  #word(kind: RegExp): string {
    const begin = this.#at;
    this.#skip(kind);
    return this.script.slice(begin, this.#at);
  }

  #restOfLine(): string {
    const end = this.script.indexOf("\n", this.#at);
    const text = this.script.slice(this.#at, end === -1 ? undefined : end);
    this.#at = end === -1 ? this.script.length : end + 1;
    return text;
  }

  /** Nothing more may stand behind a command. */
  #ended(): void {
    this.#skip(/[ \t]/);
    const next = this.#peek();
    if (next === "" || /[\n;}#]/.test(next)) return;
    this.#at += 1;
    this.#fail("extra characters after command");
  }

  #address(second = false): Address | undefined {
    const next = this.#peek();
    if (/\d/.test(next)) return this.#lineAddress();
    if (next === "$") {
      this.#at += 1;
      return { kind: "last" };
    }
    if (second && (next === "+" || next === "~")) {
      this.#at += 1;
      const number = Number(this.#word(/\d/));
      return next === "+" ? { kind: "more", lines: number } : { kind: "multiple", of: number };
    }
    if (next !== "/" && next !== "\\") return undefined;
    if (next === "\\") this.#at += 1;
    const separator = this.#peek();
    this.#at += 1;
    const pattern = this.#delimited(separator, "unterminated address regex");
    let flags = "";
    while (/[IM]/.test(this.#peek())) {
      flags += this.#peek() === "I" ? "i" : "m";
      this.#at += 1;
    }
    return { kind: "match", expression: this.#expression(pattern, flags) };
  }

  #lineAddress(): Address {
    const first = Number(this.#word(/\d/));
    if (this.#peek() !== "~") {
      return { kind: "line", line: first };
    }
    this.#at += 1;
    return { kind: "step", first, step: Number(this.#word(/\d/)) };
  }

  /** Up to a separator that is not escaped, nor between brackets. */
  #delimited(separator: string, message: string, isPattern = true): string {
    let text = "";
    while (this.#at < this.script.length) {
      const character = this.#peek();
      this.#at += 1;
      if (character === "\\") text += this.#escapedIn(separator, isPattern);
      else if (isPattern && character === "[") text += this.#brackets();
      else if (character === separator) return text;
      else text += character;
    }
    return this.#fail(message);
  }

  /** An escaped separator is the character itself; one that means something else stays escaped. */
  #escapedIn(separator: string, isPattern: boolean): string {
    const next = this.#peek();
    this.#at += 1;
    const isSpecial = separator === "&" || (isPattern && /[.*[\]^$+?(){}|]/.test(separator));
    if (next === separator) return isSpecial ? `\\${next}` : next;
    if (next === "n") return isPattern ? "\n" : "\\n";
    return `\\${next}`;
  }

  /** What stands between brackets, in which nothing separates. */
  #brackets(): string {
    const rest = this.script.slice(this.#at);
    const [whole] = /^\^?\]?(?:\[([:.=])[^\]]*\1\]|[^\]])*\]/.exec(rest) ?? [];
    if (whole === undefined) {
      this.#at = this.script.length;
      return "[";
    }
    this.#at += whole.length;
    return `[${whole}`;
  }

  #expression(pattern: string, flags: string): RegExp | undefined {
    if (pattern === "") return undefined;
    if (this.extended && /(?:^|[^\\])\{\d+(?:,\d*)?$/.test(pattern)) return this.#fail("Unmatched \\{");
    try {
      const { source, warnings } = posixExpression(withControls(pattern), this.extended);
      if (warnings.some((each) => each.endsWith("at start of expression"))) {
        return this.#fail("Invalid preceding regular expression");
      }
      // Without `M` a line's begin and end are those of the whole pattern space.
      return new RegExp(source, `gs${flags}`);
    } catch (error) {
      if (error instanceof SedError) throw error;
      if (error instanceof ExpressionError) return this.#fail(error.message);
      return this.#fail("Invalid preceding regular expression");
    }
  }

  #substitution(): Substitution {
    const separator = this.#peek();
    this.#at += 1;
    if (separator === "" || separator === "\n" || separator === "\\") this.#fail("unterminated `s' command");
    const pattern = this.#delimited(separator, "unterminated `s' command");
    const replacement = this.#delimited(separator, "unterminated `s' command", false);
    const { flags, ...how } = this.#substitutionFlags();
    const expression = this.#expression(pattern, flags);
    const parts = replacementOf(replacement);
    const groups = expression === undefined ? 9 : (new RegExp(`${expression.source}|`).exec("")?.length ?? 1) - 1;
    const wrong = parts.find((part) => part.kind === "group" && part.number > groups);
    if (wrong?.kind === "group") this.#fail(`invalid reference \\${wrong.number} on \`s' command's RHS`);
    return { expression, replacement: parts, ...how };
  }

  #substitutionFlags(): Pick<Substitution, "all" | "first" | "prints" | "file"> & { readonly flags: string } {
    const found = { all: false, first: 1, prints: false, file: undefined, flags: "" };
    for (let letter = this.#peek(); letter !== "" && !/[\s;}#]/.test(letter); letter = this.#peek()) {
      if (/\d/.test(letter)) {
        found.first = Number(this.#word(/\d/));
        if (found.first === 0) this.#fail("number option to `s' command may not be zero");
        continue;
      }
      this.#at += 1;
      if (letter === "g") found.all = true;
      else if (letter === "p") found.prints = true;
      else if (/[iImM]/.test(letter)) found.flags += letter.toLowerCase();
      else if (letter === "w") {
        return { ...found, file: this.#fileName() };
      } else this.#fail("unknown option to `s'");
    }
    return found;
  }

  #translation(): ReadonlyMap<string, string> {
    const separator = this.#peek();
    this.#at += 1;
    const plain = (text: string) =>
      Array.from(
        text.replace(
          /\\([\s\S])/g,
          (_, escaped: string) => ({ n: "\n", t: "\t", r: "\r", "\\": "\\" })[escaped] ?? `\\${escaped}`,
        ),
      );
    const from = plain(this.#delimited(separator, "unterminated `y' command", false));
    const to = plain(this.#delimited(separator, "unterminated `y' command", false));
    if (from.length !== to.length) this.#fail("strings for `y' command are different lengths");
    this.#ended();
    return new Map(from.map((character, index) => [character, to[index] ?? ""]));
  }

  /** The text of `a`, `i` and `c`: behind a backslash and a new line, or on the same one. */
  #text(): string {
    this.#skip(/[ \t]/);
    if (this.#peek() === "\\") {
      this.#at += 1;
      this.#skip(/[ \t]/);
      if (this.#at >= this.script.length) return "";
      if (this.#peek() === "\n") this.#at += 1;
    }
    if (this.#at >= this.script.length) this.#fail("expected \\ after `a', `c' or `i'");
    let text = "";
    while (this.#at < this.script.length) {
      const character = this.#peek();
      this.#at += 1;
      if (character === "\\") {
        const next = this.#peek();
        text += { t: "\t" }[next] ?? next;
        this.#at += 1;
      } else if (character === "\n") break;
      else text += character;
    }
    return `${text}\n`;
  }
}

function replacementOf(text: string): Replacement[] {
  const parts: Replacement[] = [];
  let plain = "";
  const flush = () => {
    if (plain !== "") parts.push({ kind: "text", text: plain });
    plain = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "&") {
      flush();
      parts.push({ kind: "group", number: 0 });
    } else if (character !== "\\") plain += character;
    else {
      at += 1;
      const next = text.charAt(at);
      const hex = /^x([0-9A-Fa-f]{2})/.exec(text.slice(at))?.[1];
      if (hex !== undefined) {
        plain += String.fromCharCode(Number.parseInt(hex, 16));
        at += 2;
      } else if (/\d/.test(next)) {
        flush();
        parts.push({ kind: "group", number: Number(next) });
      } else if (/[ULEul]/.test(next)) {
        flush();
        parts.push({ kind: "case", letter: next });
      } else plain += controls[next] ?? next;
    }
  }
  flush();
  return parts;
}
