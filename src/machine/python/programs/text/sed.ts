/** `sed`: changes lines as they come. Its language and its words are GNU's. */
import { SyscallError } from "../../kernel/errno.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { InputLines, type ReadLine } from "./input-lines.ts";
import {
  type Address,
  MissingLabel,
  parseSed,
  type Replacement,
  type SedCommand,
  SedError,
  type Substitution,
} from "./sed-script.ts";

/** What the arguments ask for. */
interface Wanted {
  readonly commands: SedCommand[];
  readonly quiet: boolean;
  readonly separate: boolean;
  /** What is put behind the name of a file's copy, where files are changed in place. */
  readonly inPlace: string | undefined;
  readonly end: string;
  /** Of the lines that `l` prints, in characters. */
  readonly width: number;
  readonly files: readonly string[];
}

const usage = "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n";

/** The file of `-f`; sed has a status of its own for it. */
class UnreadableScript extends SedError {}

/** Arguments told apart. */
class SedArguments {
  readonly scripts: string[] = [];
  readonly files: string[] = [];
  readonly flags = new Set<string>();
  inPlace: string | undefined;
  width = 70;
  readonly #rest: string[];

  constructor(private readonly system: System) {
    this.#rest = [...system.args];
    for (let arg = this.#rest.shift(); arg !== undefined; arg = this.#rest.shift()) {
      if (arg === "--") this.files.push(...this.#rest.splice(0));
      else if (arg.startsWith("--")) this.#long(arg);
      else if (/^-./.test(arg)) this.#letters(arg);
      else this.files.push(arg);
    }
  }

  #long(arg: string): void {
    const [, name = "", inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === "expression") this.scripts.push(inline ?? this.#rest.shift() ?? "");
    else if (name === "file") this.#fromFile(inline ?? this.#rest.shift() ?? "");
    else if (name === "line-length") this.#valued("l", inline ?? this.#rest.shift() ?? "");
    else if (name === "in-place") this.inPlace = inline ?? "";
    else this.flags.add(longFlag(name));
  }

  #letters(arg: string): void {
    for (const [at, letter] of Array.from(arg).entries()) {
      if (at === 0) continue;
      if ("efil".includes(letter)) {
        const inline = arg.slice(at + 1);
        if (letter === "i") this.inPlace = inline;
        else this.#valued(letter, inline || (this.#rest.shift() ?? ""));
        return;
      }
      if (!"nErsuz".includes(letter)) throw new SedError(`invalid option -- '${letter}'\n${usage.trimEnd()}`);
      this.flags.add(letter);
    }
  }

  #valued(letter: string, value: string): void {
    if (letter === "e") this.scripts.push(value);
    else if (letter === "f") this.#fromFile(value);
    else if (letter === "l") this.width = Number(value);
  }

  #fromFile(name: string): void {
    try {
      const text = new TextDecoder().decode(this.system.files.read(this.system.path(name))).replace(/\n$/, "");
      this.scripts.push(text.replace(/^#!.*\n/, ""));
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      throw new UnreadableScript(`couldn't open file ${name}: ${error.message}`);
    }
  }
}

/** Undefined if there is no script. Throws `SedError`, `SyscallError`. */
function wantedOf(system: System): Wanted | undefined {
  const { scripts, files, flags, inPlace, width } = new SedArguments(system);
  if (scripts.length === 0) {
    const script = files.shift();
    if (script === undefined) return undefined;
    scripts.push(script);
  }
  return {
    commands: parseSed(scripts, flags.has("E") || flags.has("r")),
    quiet: flags.has("n") || /^#n(?:\n|$)/.test(scripts[0] ?? ""),
    separate: flags.has("s") || inPlace !== undefined,
    inPlace,
    end: flags.has("z") ? "\0" : "\n",
    width,
    files,
  };
}

const longFlags: Readonly<Record<string, string>> = {
  quiet: "n",
  silent: "n",
  "regexp-extended": "E",
  separate: "s",
  unbuffered: "u",
  "null-data": "z",
  posix: "u",
};

function longFlag(name: string): string {
  const letter = Object.hasOwn(longFlags, name) ? longFlags[name] : undefined;
  if (letter === undefined) throw new SedError(`unrecognized option '--${name}'\n${usage.trimEnd()}`);
  return letter;
}

/** A script under way. */
class SedRun {
  status = 0;
  #space = "";
  #held = "";
  #line = 0;
  /** The line that was read last had an end. */
  #ended = true;
  /** What is printed last has lacked one. */
  #owesEnd = false;
  #appended: { readonly text: string; readonly file: boolean }[] = [];
  #replaced = false;
  #lastExpression: RegExp | undefined;
  #output: string[] = [];
  #size = 0;
  #target = 1;
  #reader: InputLines;
  readonly #written = new Map<string, number>();
  readonly #read = new Map<string, string[]>();

  constructor(
    private readonly system: System,
    private readonly wanted: Wanted,
  ) {
    this.#reader = this.#readerOf([]);
    for (const command of wanted.commands) {
      const file = command.name === "w" || command.name === "W" ? command.text : command.substitution?.file;
      if (file !== undefined && !file.startsWith("/dev/std") && !this.#written.has(file))
        this.#written.set(file, system.descriptors.open(system.path(file), "write", 10));
      // `0,/x/` is a range that has begun.
      if (command.from?.kind === "line" && command.from.line === 0) command.active = true;
    }
  }

  async all(): Promise<number> {
    const { files, separate } = this.wanted;
    if (!separate) {
      await this.#through(files);
      return this.status;
    }
    for (const name of files.length > 0 ? files : ["-"]) if (!(await this.#inPlace(name))) break;
    return this.status;
  }

  /** One file by itself; false if the script has ended all. */
  async #inPlace(name: string): Promise<boolean> {
    const { inPlace } = this.wanted;
    if (inPlace === undefined || name === "-") return this.#through([name]);
    const { files, descriptors } = this.system;
    const path = this.system.path(name);
    const status = files.status(path);
    if (status === undefined || status.type === "directory") {
      const why =
        status === undefined
          ? `can't read ${name}: No such file or directory`
          : `couldn't edit ${name}: not a regular file`;
      await this.system.complain(why);
      this.status = status === undefined ? 2 : 4;
      return true;
    }
    const temporary = `${path}.sed-${this.system.pid}`;
    this.#target = descriptors.open(temporary, "write", 10);
    const goesOn = await this.#through([name]);
    await this.#flush();
    descriptors.close(this.#target);
    this.#target = 1;
    files.setMode(files.status(temporary)?.inode ?? 0, status.mode);
    if (inPlace !== "")
      files.rename(
        path,
        inPlace.includes("*") ? path.replace(/[^/]*$/, (base) => inPlace.replaceAll("*", base)) : path + inPlace,
      );
    files.rename(temporary, path);
    return goesOn;
  }

  #readerOf(names: readonly string[]): InputLines {
    return new InputLines(
      this.system,
      names,
      async (name, { errno, message }) => {
        await this.#flush();
        await this.system.complain(
          errno === "EISDIR" ? `couldn't read ${name}: Is a directory` : `can't read ${name}: ${message}`,
        );
        this.status = 2;
      },
      this.wanted.end,
      () => this.#flush(),
    );
  }

  /** Runs the script over lines; false if it has ended all. */
  async #through(names: readonly string[]): Promise<boolean> {
    this.#reader = this.#readerOf(names);
    if (this.wanted.separate) this.#line = 0;
    let keeps = false;
    while (keeps || (await this.#next())) {
      // `D` goes on with the same cycle, as far as `t` is concerned; `n` and `N` do anyway.
      if (!keeps) this.#replaced = false;
      const how = await this.#cycle();
      keeps = how === "again";
      if (how === "quit" || how === "quit quietly") {
        if (how === "quit" && !this.wanted.quiet) this.#print(this.#space, this.#ended);
        await this.#append();
        await this.#rest();
        await this.#flush();
        return false;
      }
      if (how === "end" && !this.wanted.quiet) this.#print(this.#space, this.#ended);
      await this.#append();
      if (this.#size > 16_384) await this.#flush();
    }
    await this.#flush();
    return true;
  }

  /** Where a file is changed in place, what a script does not look at any more stays. */
  async #rest(): Promise<void> {
    if (this.wanted.inPlace === undefined) return;
    while (await this.#next()) this.#print(this.#space, this.#ended);
  }

  async #next(): Promise<boolean> {
    if (!this.#reader.hasReady && !(await this.#reader.fill())) return false;
    this.#begin(this.#reader.take());
    return true;
  }

  #begin(line: ReadLine | undefined): void {
    this.#space = line?.text ?? "";
    this.#ended = line?.ended ?? true;
    this.#line += 1;
  }

  #print(text: string, ended = true): void {
    const { end } = this.wanted;
    const piece = `${this.#owesEnd ? end : ""}${text}${ended ? end : ""}`;
    this.#owesEnd = !ended;
    this.#output.push(piece);
    this.#size += piece.length;
  }

  #printAsIs(text: string): void {
    this.#output.push(`${this.#owesEnd ? this.wanted.end : ""}${text}`);
    this.#owesEnd = false;
    this.#size += text.length;
  }

  async #flush(): Promise<void> {
    if (this.#output.length === 0) return;
    const text = this.#output.join("");
    this.#output = [];
    this.#size = 0;
    await this.system.write(this.#target, text);
  }

  /** What `a`, `r` and `R` have asked for comes behind the line. */
  async #append(): Promise<void> {
    for (const { text, file } of this.#appended.splice(0)) {
      if (!file) this.#printAsIs(text);
      else {
        const path = this.system.path(text);
        if (text === "/dev/stdin") this.#printAsIs(new TextDecoder().decode(await this.system.readAll(0)));
        else if (this.system.files.status(path)?.type === "file")
          this.#printAsIs(new TextDecoder().decode(this.system.files.read(path)));
      }
    }
  }

  async #matches(command: SedCommand): Promise<boolean> {
    const { from, to } = command;
    if (from === undefined) return true;
    if (to === undefined) return this.#isAt(from);
    if (command.active) return this.#endsRange(command, to);
    if (!(await this.#isAt(from))) return false;
    if (to.kind === "line") command.end = to.line;
    else if (to.kind === "more") command.end = this.#line + to.lines;
    else if (to.kind === "multiple") command.end = to.of === 0 ? this.#line : Math.ceil(this.#line / to.of) * to.of;
    if (to.kind === "match") command.active = true;
    else if (to.kind === "last") command.active = !(await this.#reader.isOver());
    else command.active = command.end > this.#line;
    return true;
  }

  async #endsRange(command: SedCommand, to: Address): Promise<boolean> {
    if (to.kind === "match" || to.kind === "last") {
      command.active = !(await this.#isAt(to));
      return true;
    }
    command.active = this.#line < command.end;
    return this.#line <= command.end;
  }

  async #isAt(address: Address): Promise<boolean> {
    switch (address.kind) {
      case "line":
        return this.#line === address.line;
      case "step":
        return address.step === 0
          ? this.#line === address.first
          : this.#line >= address.first && (this.#line - address.first) % address.step === 0;
      case "last":
        return this.#reader.isOver();
      case "match":
        return this.#expression(address.expression).test(this.#space);
      default:
        return false;
    }
  }

  #expression(given: RegExp | undefined): RegExp {
    const expression = given ?? this.#lastExpression;
    if (expression === undefined) throw new SedError("no previous regular expression");
    expression.lastIndex = 0;
    this.#lastExpression = expression;
    return expression;
  }

  /** Runs all commands on one line. */
  async #cycle(): Promise<"end" | "deleted" | "again" | "quit" | "quit quietly"> {
    const { commands } = this.wanted;
    for (let at = 0; at < commands.length; at += 1) {
      const command = commands[at];
      if (command === undefined) break;
      const needsNothing = command.from === undefined;
      if ((needsNothing || (await this.#matches(command))) === command.negated) {
        if (command.name === "{") at = command.target - 1;
        continue;
      }
      if (
        command.name === "b" ||
        (command.name === "t" && this.#replaced) ||
        (command.name === "T" && !this.#replaced)
      ) {
        at = command.target - 1;
      }
      if (command.name === "t") this.#replaced = false;
      const how = simple.has(command.name) ? undefined : await this.#perform(command);
      if (how !== undefined) return how;
    }
    return "end";
  }

  /** How the cycle ends with it, if it does. */
  async #perform(command: SedCommand): Promise<"end" | "deleted" | "again" | "quit" | "quit quietly" | undefined> {
    switch (command.name) {
      case "s":
        await this.#substitute(command.substitution);
        return undefined;
      case "y":
        this.#space = Array.from(this.#space, (character) => command.translation?.get(character) ?? character).join("");
        return undefined;
      case "d":
        return "deleted";
      case "D": {
        const first = this.#space.indexOf("\n");
        this.#space = this.#space.slice(first + 1);
        return first === -1 ? "deleted" : "again";
      }
      case "n":
        return this.#nextLine();
      case "N":
        return this.#joinNext();
      case "c":
        if (command.to === undefined || command.negated || !command.active) this.#printAsIs(command.text);
        return "deleted";
      case "q":
      case "Q":
        this.status = Number(command.text || 0);
        return command.name === "q" ? "quit" : "quit quietly";
      case "w":
      case "W":
        await this.#writeTo(command.text, command.name === "w" ? this.#space : (this.#space.split("\n")[0] ?? ""));
        return undefined;
      default:
        this.#change(command);
        return undefined;
    }
  }

  /** Commands that neither wait nor end anything. */
  #change({ name, text }: SedCommand): void {
    switch (name) {
      case "p":
        this.#print(this.#space);
        break;
      case "P":
        this.#print(this.#space.split("\n")[0] ?? "");
        break;
      case "=":
        this.#printAsIs(`${this.#line}\n`);
        break;
      case "l":
        this.#printAsIs(visible(this.#space, text === "" ? this.wanted.width : Number(text)));
        break;
      case "F":
        this.#printAsIs(`${this.#reader.name}\n`);
        break;
      case "i":
        this.#printAsIs(text);
        break;
      case "a":
        this.#appended.push({ text, file: false });
        break;
      case "r":
        this.#appended.push({ text, file: true });
        break;
      case "R":
        this.#appended.push({ text: this.#lineOf(text), file: false });
        break;
      case "g":
        this.#space = this.#held;
        break;
      case "G":
        this.#space += `\n${this.#held}`;
        break;
      case "h":
        this.#held = this.#space;
        break;
      case "H":
        this.#held += `\n${this.#space}`;
        break;
      case "x":
        [this.#space, this.#held] = [this.#held, this.#space];
        break;
      case "z":
        this.#space = "";
        break;
      default:
        throw new SedError(`unknown command: \`${name}'`);
    }
  }

  async #nextLine(): Promise<"quit" | "quit quietly" | undefined> {
    // Without a next line GNU's prints this one, and ends.
    if (await this.#reader.isOver()) return "quit";
    if (!this.wanted.quiet) this.#print(this.#space, this.#ended);
    await this.#append();
    await this.#next();
    return undefined;
  }

  async #joinNext(): Promise<"quit" | undefined> {
    await this.#append();
    if (await this.#reader.isOver()) return "quit";
    const before = this.#space;
    await this.#next();
    this.#space = `${before}\n${this.#space}`;
    return undefined;
  }

  async #substitute(substitution: Substitution | undefined): Promise<void> {
    if (substitution === undefined) return;
    const { replacement, all, first, prints, file } = substitution;
    const expression = this.#expression(substitution.expression);
    const pieces: string[] = [];
    let end = 0;
    let number = 0;
    let done = false;
    for (const found of this.#space.matchAll(expression)) {
      // Nothing is found right behind what was found.
      if (found[0] === "" && found.index === end && number > 0) continue;
      number += 1;
      if (number < first) {
        if (found[0] !== "") pieces.push(this.#space.slice(end, found.index + found[0].length));
        if (found[0] !== "") end = found.index + found[0].length;
        continue;
      }
      pieces.push(this.#space.slice(end, found.index), replaced(replacement, found));
      end = found.index + found[0].length;
      done = true;
      if (!all) break;
    }
    if (!done) return;
    this.#space = pieces.join("") + this.#space.slice(end);
    this.#replaced = true;
    if (prints) this.#print(this.#space);
    if (file !== undefined) await this.#writeTo(file, this.#space);
  }

  async #writeTo(name: string, text: string): Promise<void> {
    if (name === "/dev/stdout") {
      this.#print(text);
      return;
    }
    const fd = name === "/dev/stderr" ? 2 : this.#written.get(name);
    if (fd !== undefined) await this.system.write(fd, `${text}\n`);
  }

  /** The next line of a file that `R` names. */
  #lineOf(name: string): string {
    let lines = this.#read.get(name);
    if (lines === undefined) {
      const path = this.system.path(name);
      const text =
        this.system.files.status(path)?.type === "file" ? new TextDecoder().decode(this.system.files.read(path)) : "";
      lines = text.match(/[^\n]+\n?|\n/g)?.map((line) => line.replace(/\n$/, "")) ?? [];
      this.#read.set(name, lines);
    }
    const line = lines.shift();
    return line === undefined ? "" : `${line}\n`;
  }
}

/** Those that only say where the script goes on. */
const simple = new Set(["{", "}", ":", "b", "t", "T"]);

function replaced(parts: readonly Replacement[], found: RegExpExecArray): string {
  let text = "";
  let mode = "";
  let next = "";
  for (const part of parts) {
    if (part.kind === "case") {
      if (/[ul]/.test(part.letter)) next = part.letter;
      else mode = part.letter === "E" ? "" : part.letter;
      continue;
    }
    let piece = part.kind === "text" ? part.text : (found[part.number] ?? "");
    if (piece === "") continue;
    if (mode === "U") piece = piece.toUpperCase();
    else if (mode === "L") piece = piece.toLowerCase();
    if (next !== "") {
      const first = next === "u" ? piece.charAt(0).toUpperCase() : piece.charAt(0).toLowerCase();
      piece = first + piece.slice(1);
      next = "";
    }
    text += piece;
  }
  return text;
}

/** Characters that `l` has a name for. */
const known: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};
const encoder = new TextEncoder();

/** As `l` prints it, in lines of at most so many characters, each but the last with a backslash at its end; 0 or 1: in one. */
function visible(text: string, width: number): string {
  let lines = "";
  let line = "";
  for (const piece of Array.from(text).flatMap(shownPieces)) {
    if (width > 1 && line.length + piece.length > width - 1) {
      lines += `${line}\\\n`;
      line = "";
    }
    line += piece;
  }
  return `${lines}${line}$\n`;
}

/** What stands for a character and is not cut: an escape for each of its bytes where it is none of ASCII's. */
function shownPieces(character: string): readonly string[] {
  const code = character.codePointAt(0) ?? 0;
  const escaped = Object.hasOwn(known, character) ? known[character] : undefined;
  if (escaped !== undefined) return [escaped];
  if (code >= 32 && code < 127) return [character];
  return Array.from(encoder.encode(character), (byte) => `\\${byte.toString(8).padStart(3, "0")}`);
}

/** `sed [-n] [-E] [-i[SUFFIX]] SCRIPT [FILE]…` */
export const sed: NativeProgram = async (system) => {
  try {
    const wanted = wantedOf(system);
    if (wanted === undefined) {
      await system.write(2, usage);
      return 1;
    }
    return await new SedRun(system, wanted).all();
  } catch (error) {
    if (error instanceof SyscallError && error.errno !== "EPIPE") {
      await system.complain(`couldn't open file: ${error.message}`);
      return 1;
    }
    if (!(error instanceof SedError)) throw error;
    await system.complain(error.message);
    return error instanceof UnreadableScript || error instanceof MissingLabel ? 4 : 1;
  }
};
