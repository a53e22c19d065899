import { ConditionParser } from "./condition-parser.ts";
import {
  type AndOr,
  type Command,
  type List,
  type Pipeline,
  type Redirection,
  ShellSyntaxError,
  type SimpleCommand,
  type VariableAssignment,
  type Word,
  type WordPart,
} from "./syntax.ts";
import { deepest, type ShellLanguage } from "./word-parser.ts";

const posixReserved = ["if", "then", "elif", "else", "fi", "for", "in", "while", "until", "do", "done", "case", "esac"];
const reserved = new Set([...posixReserved, "{", "}", "!"]);
/** Words that end any list: what holds the list says whether it is the right one. */
const endsOfLists = new Set(["then", "elif", "else", "fi", "do", "done", "esac", "}"]);
const declarations = new Set(["declare", "typeset", "local", "export", "readonly"]);

const variableName = /[A-Za-z_][A-Za-z0-9_]*/y;
const functionName =
  /([^ \t\n|&;<>()'"\\$`#=!]+)[ \t]*\([ \t]*\)|function[ \t]+([^ \t\n|&;<>()'"\\$`#=]+)(?:[ \t]*\([ \t]*\))?(?=[ \t\n])/y;
const assignmentName = /([A-Za-z_][A-Za-z0-9_]*)(\+?)=/y;
const element = /([A-Za-z_][A-Za-z0-9_]*)\[/y;
const posixRedirection = /(\d*)(<<-?|<>|>>|>&|<&|>\||[<>])/y;
const bashRedirection = /(\d*|\{[A-Za-z_]\w*\})(<<<|<<-?|<>|>>|>&|<&|>\||[<>])|()(&>>?)/y;
const reservedWord = /[^ \t\n|&;<>()"'\\$`]+/y;
const nameBeforeCompound =
  /(?!(?:if|while|until|for|case|select)[ \t])([A-Za-z_]\w*)[ \t]+(?=[{(]|\[\[[ \t]|(?:if|while|until|for|case|select)[ \t])/y;
const token = /&&|\|\||;;|>>|<<|[|&;<>()]|[^ \t\n|&;<>()]+/y;

/** What a text is parsed with. */
export interface ParseOptions {
  readonly language?: ShellLanguage;
  /** What stands for a command's name instead; undefined if nothing does. */
  readonly alias?: (name: string) => string | undefined;
  /** Whether `@(a|b)` and its relatives are patterns (`shopt -s extglob`): asked at each of them. */
  readonly extendedPatterns?: () => boolean;
  /** Is told of a here-document that ends with the text: what was to end it, and the line that it began in. */
  readonly unfinished?: (delimiter: string, line: number) => void;
  /** The number of the first line. */
  readonly line?: number;
  /** It is typed: a text in it that does not end may go on. */
  readonly typed?: boolean;
}

/** Parses a text, which may have several lines. Throws `ShellSyntaxError`. */
export function parseScript(text: string, options: ParseOptions = {}): List {
  const parser = new Parser(text, { typed: true, ...options }, 0);
  return withinStack(() => {
    const list = parser.list();
    parser.expectEnd();
    return list;
  });
}

/** Parses a text in which only expansions mean something, such as a prompt. Throws `ShellSyntaxError`. */
export function parseText(text: string, options: ParseOptions = {}): Word {
  return withinStack(() => new Parser(text, options, 0).wholeText());
}

/** A worker's stack may be smaller than what the limit of nesting takes: then it is the limit. */
function withinStack<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw new ShellSyntaxError(`more than ${deepest} commands within each other`);
    throw error;
  }
}

/**
 * Reads a script as shells do: a line, or what belongs to it, after the other, so that a mistake further on is not seen
 * yet.
 */
export class ScriptReader {
  readonly #parser: Parser;

  constructor(text: string, options: ParseOptions = {}) {
    this.#parser = new Parser(text, options, 0);
  }

  /** The next commands; undefined at the end. Throws `ShellSyntaxError`. */
  next(): List | undefined {
    return withinStack(() => this.#parser.nextLine());
  }

  /** Nothing follows what was read. */
  get ended(): boolean {
    return this.#parser.ended;
  }
}

interface HereDocument {
  readonly delimiter: string;
  readonly literal: boolean;
  /** Tabs at the beginnings of lines go. */
  readonly indented: boolean;
  readonly parts: WordPart[];
}

/** Reads the shell's grammar from characters, because what is a word depends on where it stands. */
class Parser extends ConditionParser {
  readonly #hereDocuments: HereDocument[] = [];
  /** Aliases that stand for each other end here. */
  #aliasesEndAt = -1;
  readonly #aliasesUnderWay = new Set<string>();

  constructor(
    text: string,
    private readonly options: ParseOptions,
    depth: number,
  ) {
    super(text, options.language ?? "bash", depth, options.line ?? 1);
  }

  protected get extendedPatterns(): boolean {
    return this.language === "bash" && (this.comparing || (this.options.extendedPatterns?.() ?? false));
  }

  protected within(text: string): Parser {
    return new Parser(text, { ...this.options, line: this.reader.line }, this.depth);
  }

  protected parsed(text: string): List {
    const parser = this.within(text);
    const list = parser.list();
    parser.expectEnd();
    return list;
  }

  /** All of the text as what stands between double quotes. */
  wholeText(): Word {
    return { parts: this.quotedParts(undefined) };
  }

  protected innerList(): List {
    return this.list();
  }

  /** Commands up to a word that ends lists, a `)`, the end, or what no separator stands before. */
  list(): AndOr[] {
    const list: AndOr[] = [];
    do {
      this.skipLines();
      if (this.#listEnds()) return list;
      list.push(this.#andOr());
    } while (this.#isSeparated());
    return list;
  }

  get ended(): boolean {
    return this.reader.ended;
  }

  nextLine(): List | undefined {
    const { reader } = this;
    this.skipLines();
    if (reader.ended) return undefined;
    const list: AndOr[] = [];
    while (true) {
      if (this.#listEnds()) throw this.#unexpected();
      list.push(this.#andOr());
      if (!this.#isSeparated()) throw this.#unexpected();
      this.blanks();
      if (reader.ended) break;
      if (reader.character === "\n") {
        this.#newline();
        break;
      }
    }
    if (reader.ended) this.#closeHereDocuments();
    return list;
  }

  expectEnd(): void {
    if (!this.reader.ended) throw this.#unexpected();
    this.#closeHereDocuments();
  }

  #closeHereDocuments(): void {
    if (this.#hereDocuments.length > 0 && this.options.typed) throw this.endOfFile();
    this.#hereDocuments.length = 0;
  }

  #listEnds(): boolean {
    const { reader } = this;
    return reader.ended || reader.character === ")" || endsOfLists.has(this.reservedHere()) || this.#endsArm();
  }

  /** What ends an arm of `case` stands here. */
  #endsArm(): boolean {
    return this.reader.startsWith(";;") || (this.language === "bash" && this.reader.startsWith(";&"));
  }

  /** Whether another command may stand here. */
  #isSeparated(): boolean {
    const { reader } = this;
    this.blanks();
    return reader.ended || /[;&\n)]/.test(reader.character) || this.#separated;
  }

  /** The last pipeline was followed by `;` or `&`. */
  #separated = false;

  protected blanks(): void {
    const { reader } = this;
    while (true) {
      if (reader.startsWith("\\\n")) reader.at += 2;
      else if (reader.character === " " || reader.character === "\t") reader.at += 1;
      else if (reader.character === "#") {
        const end = reader.text.indexOf("\n", reader.at);
        reader.at = end === -1 ? reader.text.length : end;
      } else return;
    }
  }

  protected skipLines(): void {
    for (this.blanks(); this.reader.character === "\n"; this.blanks()) this.#newline();
  }

  /** After a line come the texts that were announced in it. */
  #newline(): void {
    this.reader.at += 1;
    for (const document of this.#hereDocuments.splice(0)) this.#readHereDocument(document);
  }

  #andOr(): AndOr {
    const { reader } = this;
    const start = reader.at;
    const first = this.#pipeline();
    const rest: { operator: "&&" | "||"; pipeline: Pipeline }[] = [];
    while (true) {
      this.blanks();
      const operator = reader.take("&&") ? "&&" : reader.take("||") ? "||" : undefined;
      if (operator === undefined) break;
      this.skipLines();
      if (reader.ended) throw this.endOfFile();
      rest.push({ operator, pipeline: this.#pipeline() });
    }
    const source = reader.text.slice(start, reader.at).trim();
    const background = reader.character === "&";
    this.#separated = background || (reader.character === ";" && !this.#endsArm());
    if (this.#separated) {
      reader.at += 1;
      this.blanks();
      if (/[;&|]/.test(reader.character) && !this.#endsArm()) throw this.#unexpected();
    }
    return { first, rest, background, source };
  }

  #pipeline(): Pipeline {
    const { reader } = this;
    this.blanks();
    const start = reader.at;
    const timed = this.#time();
    let negated = false;
    while (this.reservedHere() === "!") {
      reader.at += 1;
      this.blanks();
      negated = !negated;
    }
    const commands = [this.#command()];
    while (true) {
      this.blanks();
      if (reader.startsWith("||") || !reader.take("|")) break;
      const last = commands.at(-1);
      if (this.language === "bash" && reader.take("&") && last !== undefined) {
        commands[commands.length - 1] = withErrors(last);
      }
      this.skipLines();
      if (reader.ended) throw this.endOfFile();
      commands.push(this.#command());
    }
    return { negated, timed, commands, source: reader.text.slice(start, reader.at).trim() };
  }

  #time(): boolean | "posix" {
    const { reader } = this;
    if (reader.takeMatch(/time(?=[ \t]+[^-=\s])/y) !== "") return true;
    return reader.takeMatch(/time[ \t]+-p(?=\s)/y) === "" ? false : "posix";
  }

  #command(): Command {
    const { reader } = this;
    this.blanks();
    this.#expandAlias();
    const start = reader.at;
    const { line } = reader;
    const word = this.reservedHere();
    const command = this.deeper(() => this.#anyCommand(word));
    return { ...command, source: reader.text.slice(start, reader.at).trim(), line };
  }

  #anyCommand(word: string) {
    const { reader } = this;
    if (this.language === "bash") {
      if (reader.startsWith("((")) {
        const close = this.endOfArithmetic(reader.at + 2);
        if (close !== -1) return this.#arithmeticCommand(close);
      }
      if (reader.match(/\[\[(?=\s)/y)) {
        reader.at += 2;
        const condition = this.condition();
        return { kind: "condition" as const, condition, redirections: this.#redirections() };
      }
      const [first = ""] = reader.match(reservedWord) ?? [];
      if (first === "coproc") return this.#coprocess();
      if (first === "select") {
        reader.at += first.length;
        return this.#for("select");
      }
    }
    if (reader.character === "(" || (reserved.has(word) && word !== "in")) return this.#compound(word);
    return this.#function() ?? this.#simple();
  }

  /** `coproc [NAME] command`: before what is no compound command there is no name. */
  #coprocess() {
    const { reader } = this;
    reader.at += "coproc".length;
    this.blanks();
    const name = reader.match(nameBeforeCompound)?.[1] ?? "COPROC";
    reader.takeMatch(nameBeforeCompound);
    return { kind: "coprocess" as const, name, body: this.#command(), redirections: [] as const };
  }

  #arithmeticCommand(close: number) {
    const { reader } = this;
    const expression = this.textAsWord(reader.text.slice(reader.at + 2, close));
    reader.at = close + 2;
    return { kind: "arithmetic" as const, expression, redirections: this.#redirections() };
  }

  /** The first word of a command may stand for another text. */
  #expandAlias(): void {
    const { reader } = this;
    const { alias } = this.options;
    if (alias === undefined) return;
    if (reader.at >= this.#aliasesEndAt) this.#aliasesUnderWay.clear();
    const [name = ""] = reader.match(reservedWord) ?? [];
    const next = reader.peek(name.length);
    if (name === "" || reserved.has(name) || this.#aliasesUnderWay.has(name) || /["'\\$`(]/.test(next)) return;
    const text = alias(name);
    if (text === undefined) return;
    this.#aliasesUnderWay.add(name);
    reader.at += name.length;
    reader.replaceBefore(name.length, text);
    this.#aliasesEndAt = Math.max(this.#aliasesEndAt + text.length - name.length, reader.at + text.length);
    this.blanks();
    this.#expandAlias();
  }

  #function() {
    const { reader } = this;
    const found = reader.match(functionName);
    if (found === undefined) return undefined;
    const [whole, posixName, name = posixName ?? ""] = found;
    if (posixName === undefined && this.language === "posix") return undefined;
    if (this.language === "posix" && !/^[A-Za-z_]\w*$/.test(name)) throw this.failure("Bad function name");
    reader.at += whole.length;
    this.skipLines();
    if (reader.ended) throw this.endOfFile();
    const body = this.#command();
    if (body.kind === "simple") throw new ShellSyntaxError(`"${body.source.split(/\s/)[0] ?? ""}" unexpected`);
    return { kind: "function" as const, name, body, redirections: [] as const };
  }

  #compound(word: string) {
    const { reader } = this;
    if (reader.take("(")) {
      const list = this.#filled(")");
      if (!reader.take(")")) throw this.missing(")");
      return { kind: "subshell" as const, list, redirections: this.#redirections() };
    }
    if (!/^(?:\{|if|while|until|for|case)$/.test(word)) throw this.#unexpected();
    reader.at += word.length;
    switch (word) {
      case "{": {
        const list = this.#filled("}");
        this.#expect("}");
        return { kind: "group" as const, list, redirections: this.#redirections() };
      }
      case "if":
        return this.#if();
      case "for":
        return this.#for("for");
      case "case":
        return this.#case();
      default: {
        const condition = this.#filled("do");
        const list = this.#body();
        return { kind: "while" as const, until: word === "until", condition, list, redirections: this.#redirections() };
      }
    }
  }

  #if() {
    const branches = [this.#branch()];
    while (this.reservedHere() === "elif") {
      this.reader.at += "elif".length;
      branches.push(this.#branch());
    }
    let otherwise: List = [];
    if (this.reservedHere() === "else") {
      this.reader.at += "else".length;
      otherwise = this.#filled("fi");
    }
    this.#expect("fi");
    return { kind: "if" as const, branches, otherwise, redirections: this.#redirections() };
  }

  #branch(): { condition: List; list: List } {
    const condition = this.#filled("then");
    this.#expect("then");
    return { condition, list: this.#filled("fi") };
  }

  #for(kind: "for" | "select") {
    const { reader } = this;
    this.blanks();
    if (kind === "for" && this.language === "bash" && reader.startsWith("((")) return this.#count();
    const name = reader.takeMatch(variableName);
    if (name === "" || !this.atEndOfWord) {
      throw reader.ended ? this.endOfFile() : this.failure("Bad for loop variable");
    }
    this.skipLines();
    const words: Word[] = [];
    if (this.reservedHere() === "in") {
      reader.at += "in".length;
      for (this.blanks(); !reader.ended && !/[;\n]/.test(reader.character); this.blanks()) {
        if (this.atEndOfWord) throw this.#unexpected();
        words.push(this.word());
      }
    } else words.push({ parts: [{ kind: "variable", name: "@", quoted: true }] });
    this.blanks();
    if (reader.character === ";") reader.at += 1;
    this.skipLines();
    const list = this.#body();
    return { kind, name, words, list, redirections: this.#redirections() };
  }

  /** `for ((i = 0; i < 3; i++))`. */
  #count() {
    const { reader } = this;
    const close = this.endOfArithmetic(reader.at + 2);
    if (close === -1) throw this.endOfFile();
    const [first = "", condition = "", step = "", ...more] = reader.text.slice(reader.at + 2, close).split(";");
    if (more.length > 0) throw this.failure("arithmetic expression required");
    reader.at = close + 2;
    this.blanks();
    if (reader.character === ";") reader.at += 1;
    this.skipLines();
    const [one, two, three] = [first, condition, step].map((each) => this.textAsWord(each));
    const none: Word = { parts: [] };
    const braces = this.reservedHere() === "{";
    if (braces) reader.at += 1;
    const list = braces ? this.#filled("}") : this.#body();
    if (braces) this.#expect("}");
    const redirections = this.#redirections();
    const parts = { first: one ?? none, condition: two ?? none, step: three ?? none };
    return { kind: "count" as const, ...parts, list, redirections };
  }

  #case() {
    const { reader } = this;
    this.blanks();
    if (reader.ended) throw this.endOfFile();
    if (this.atEndOfWord) throw this.#unexpected();
    const word = this.word();
    this.skipLines();
    this.#expect("in");
    const arms: { patterns: Word[]; list: List; onward?: "next" | "fitting" }[] = [];
    for (this.skipLines(); this.reservedHere() !== "esac"; this.skipLines()) {
      if (reader.ended) throw this.missing(")");
      reader.take("(");
      const patterns = this.#patterns();
      if (!reader.take(")")) throw this.missing(")");
      const arm: (typeof arms)[number] = { patterns, list: this.list() };
      arms.push(arm);
      if (this.language === "bash" && reader.take(";;&")) arm.onward = "fitting";
      else if (this.language === "bash" && reader.take(";&")) arm.onward = "next";
      if (arm.onward !== undefined || reader.take(";;")) continue;
      if (this.reservedHere() !== "esac") throw this.missing(";;");
      break;
    }
    this.#expect("esac");
    return { kind: "case" as const, word, arms, redirections: this.#redirections() };
  }

  #patterns(): Word[] {
    const { reader } = this;
    const patterns: Word[] = [];
    do {
      this.blanks();
      if (this.atEndOfWord) throw this.#unexpected();
      patterns.push(this.word());
      this.blanks();
    } while (reader.take("|"));
    return patterns;
  }

  #body(): List {
    this.#expect("do");
    const list = this.#filled("done");
    this.#expect("done");
    return list;
  }

  /** A list with at least one command. `end`: the word that is to follow it. */
  #filled(end: string): List {
    const list = this.list();
    if (list.length > 0) return list;
    throw this.reader.ended ? this.missing(end) : this.#unexpected();
  }

  #expect(word: string): void {
    this.skipLines();
    if (this.reservedHere() !== word) throw this.missing(word);
    this.reader.at += word.length;
  }

  protected missing(word: string): ShellSyntaxError {
    const { ended } = this.reader;
    return this.failure(`${this.#named()} unexpected (expecting "${word}")`, ended, this.#token());
  }

  #unexpected(): ShellSyntaxError {
    return this.failure(`${this.#named()} unexpected`, this.reader.ended, this.#token());
  }

  protected unexpected(): ShellSyntaxError {
    return this.#unexpected();
  }

  /** The reserved word that stands here, or an empty text. */
  protected reservedHere(): string {
    const [word = ""] = this.reader.match(reservedWord) ?? [];
    return reserved.has(word) ? word : "";
  }

  #token(): string {
    const { reader } = this;
    if (reader.ended) return "end of file";
    if (reader.character === "\n") return "newline";
    return reader.match(token)?.[0] ?? reader.character;
  }

  /** What stands here, as dash calls it. */
  #named(): string {
    const { reader } = this;
    const found = this.#token();
    if (reader.ended || found === "newline") return found;
    if (reader.match(/\d*[<>]/y)) return "redirection";
    return /^[|&;()]/.test(found) || reserved.has(found) ? `"${found}"` : "word";
  }

  #simple() {
    const { reader } = this;
    const parts = {
      assignments: [] as VariableAssignment[],
      words: [] as Word[],
      redirections: [] as Redirection[],
      arrays: new Map<number, VariableAssignment>(),
    };
    for (this.blanks(); !reader.ended; this.blanks()) {
      if (this.#redirectionHere()) parts.redirections.push(...this.#redirection());
      else if (this.atEndOfWord && !this.processHere()) break;
      else this.#wordOrAssignment(parts);
    }
    const { assignments, words, redirections, arrays } = parts;
    if (words.length + assignments.length + redirections.length === 0) throw this.#unexpected();
    if (words.length > 0 && reader.character === "(")
      throw this.#bracketBehind(words.length === 1 && assignments.length === 0);
    const extra = arrays.size > 0 ? { arrays: Object.fromEntries(arrays) } : {};
    return { kind: "simple" as const, assignments, words, redirections, ...extra };
  }

  /** `a(b)` is no function, and `a b()` nothing at all. */
  #bracketBehind(first: boolean): ShellSyntaxError {
    const bracket = this.#unexpected();
    if (!first || this.language === "bash") return bracket;
    this.reader.at += 1;
    this.blanks();
    return this.missing(")");
  }

  #wordOrAssignment(parts: {
    assignments: VariableAssignment[];
    words: Word[];
    arrays: Map<number, VariableAssignment>;
  }): void {
    const { reader } = this;
    const declares = declarations.has(plainText(parts.words[0]));
    const assignment = parts.words.length === 0 || declares ? this.#assignment(declares) : undefined;
    if (assignment === undefined) {
      parts.words.push(this.word());
      return;
    }
    if (!declares) {
      parts.assignments.push(assignment);
      return;
    }
    parts.arrays.set(parts.words.length, assignment);
    parts.words.push({ parts: [{ kind: "text", text: assignment.name, quoted: true }] });
    if (reader.character === "(") throw this.#unexpected();
  }

  /** `NAME=value` and its relatives. `onlyArrays`: others are words, for `declare` to look at. */
  #assignment(onlyArrays: boolean): VariableAssignment | undefined {
    const { reader } = this;
    const isBash = this.language === "bash";
    const start = reader.at;
    const indexed = isBash ? reader.match(element) : undefined;
    if (indexed?.[1] !== undefined && !onlyArrays) {
      reader.at += indexed[1].length;
      const index = this.index();
      const [append] = reader.match(/\+?=/y) ?? [];
      if (append !== undefined) {
        reader.at += append.length;
        const value = this.#value();
        return { name: indexed[1], index, value, ...(append === "+=" && { append: true }) };
      }
      reader.at = start;
    }
    const [prefix, name, plus] = reader.match(assignmentName) ?? [];
    if (prefix === undefined || name === undefined || (plus !== "" && !isBash)) return undefined;
    reader.at += prefix.length;
    const append = plus === "" ? {} : { append: true };
    if (isBash && reader.take("(")) return { name, value: { parts: [] }, elements: this.#elements(), ...append };
    if (onlyArrays) {
      reader.at = start;
      return undefined;
    }
    return { name, value: this.#value(), ...append };
  }

  #value(): Word {
    return this.atEndOfWord && !this.processHere() ? { parts: [] } : this.word();
  }

  #elements(): { key?: Word; value: Word }[] {
    const { reader } = this;
    const elements: { key?: Word; value: Word }[] = [];
    for (this.skipLines(); !reader.take(")"); this.skipLines()) {
      if (reader.ended || this.atEndOfWord) throw this.unclosedBracket();
      if (reader.character === "[") {
        const start = reader.at;
        const key = this.index();
        if (reader.take("=")) {
          elements.push({ key, value: this.#value() });
          continue;
        }
        reader.at = start;
      }
      elements.push({ value: this.word() });
    }
    return elements;
  }

  #redirections(): Redirection[] {
    const redirections: Redirection[] = [];
    for (this.blanks(); this.#redirectionHere(); this.blanks()) redirections.push(...this.#redirection());
    return redirections;
  }

  #redirectionHere(): boolean {
    return !this.processHere() && this.#matchRedirection() !== undefined;
  }

  #matchRedirection(): RegExpExecArray | undefined {
    return this.reader.match(this.language === "bash" ? bashRedirection : posixRedirection);
  }

  #redirection(): Redirection[] {
    const { reader } = this;
    const [whole = "", digits, simple, , both] = this.#matchRedirection() ?? [];
    const operator = simple ?? both ?? "";
    reader.at += whole.length;
    this.blanks();
    if (this.atEndOfWord && !this.processHere()) throw this.#unexpected();
    const variable = digits?.startsWith("{") ? { variable: digits.slice(1, -1) } : {};
    const fd = !digits || digits.startsWith("{") ? (operator.startsWith("<") ? 0 : 1) : Number(digits);
    if (operator === "<<<") {
      const { parts } = this.word();
      return [{ fd, operator: "<<", target: { parts: [...asQuoted(parts), newlineText] }, ...variable }];
    }
    if (operator.startsWith("<<")) {
      return [{ fd, operator: "<<", target: this.#announceHereDocument(operator === "<<-"), ...variable }];
    }
    const target = this.word();
    switch (operator) {
      case "&>":
      case "&>>":
        return [
          { fd: 1, operator: operator === "&>" ? ">" : ">>", target },
          { fd: 2, operator: ">&", target: { parts: [{ kind: "text", text: "1", quoted: false }] } },
        ];
      case "<":
      case ">>":
      case "<>":
      case ">|":
      case "<&":
      case ">&":
        return [{ fd, operator, target, ...variable }];
      default:
        return [{ fd, operator: ">", target, ...variable }];
    }
  }

  #announceHereDocument(indented: boolean): Word {
    const { parts: delimiter } = this.word();
    const parts: WordPart[] = [];
    this.#hereDocuments.push({
      delimiter: delimiter.map((part) => (part.kind === "text" ? part.text : "")).join(""),
      literal: delimiter.some(({ quoted }) => quoted),
      indented,
      parts,
    });
    return { parts };
  }

  #readHereDocument({ delimiter, literal, indented, parts }: HereDocument): void {
    const { reader } = this;
    const { line } = reader;
    const lines: string[] = [];
    while (!reader.ended) {
      const end = reader.text.indexOf("\n", reader.at);
      const whole = reader.text.slice(reader.at, end === -1 ? undefined : end);
      const text = indented ? whole.replace(/^\t+/, "") : whole;
      reader.at = end === -1 ? reader.text.length : end + 1;
      if (text === delimiter) {
        this.#addHereDocument(lines.join(""), literal, parts, line);
        return;
      }
      // bash ends the last line, too.
      lines.push(end === -1 && this.language === "posix" ? text : `${text}\n`);
    }
    if (this.options.typed) throw this.failure(`end of file unexpected (expecting "${delimiter}")`, true);
    this.options.unfinished?.(delimiter, line - 1);
    this.#addHereDocument(lines.join(""), literal, parts, line);
  }

  #addHereDocument(text: string, literal: boolean, parts: WordPart[], line: number): void {
    if (literal) parts.push({ kind: "text", text, quoted: true });
    else {
      const inside = new Parser(text, { ...this.options, line }, this.depth);
      for (const part of inside.quotedParts(undefined)) parts.push(part);
    }
  }
}

const newlineText: WordPart = { kind: "text", text: "\n", quoted: true };

function asQuoted(parts: readonly WordPart[]): WordPart[] {
  return parts.map((part) => ({ ...part, quoted: true }));
}

/** `command |&` of bash: with its standard error. */
function withErrors(command: Command): Command {
  if (command.kind === "function" || command.kind === "coprocess") return command;
  const both: Redirection = {
    fd: 2,
    operator: ">&",
    target: { parts: [{ kind: "text", text: "1", quoted: false }] },
  };
  return { ...command, redirections: [...command.redirections, both] };
}

/** A word that is written out; empty if it is not. */
function plainText(word: Word | undefined): string {
  const [part, ...more] = word?.parts ?? [];
  return part?.kind === "text" && more.length === 0 ? part.text : "";
}

/** The name of a command that is written out, without variables. */
export function plainName({ words }: SimpleCommand): string | undefined {
  return plainText(words[0]) || undefined;
}
