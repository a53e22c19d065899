import {
  type AndOr,
  type Assignment,
  type Command,
  type List,
  type Pipeline,
  type Redirection,
  ShellSyntaxError,
  type Word,
  type WordPart,
} from "./syntax.ts";

const reserved = new Set([
  "if",
  "then",
  "elif",
  "else",
  "fi",
  "for",
  "in",
  "while",
  "until",
  "do",
  "done",
  "{",
  "}",
  "!",
  "case",
  "esac",
]);
const endOfWord = /[\s|&;<>()]/;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*/;
const functionName =
  /^([A-Za-z_][A-Za-z0-9_-]*)[ \t]*\([ \t]*\)|^function[ \t]+([A-Za-z_][A-Za-z0-9_-]*)(?:[ \t]*\([ \t]*\))?(?=\s)/;
const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=/;
const specialVariable = /^[?$!#@*0-9-]/;
const redirection = /^(\d*)(<<-?|>>|>&|<&|&>|>\||[<>])/;
const escapedInDoubleQuotes = new Set(['"', "\\", "$", "`", "\n"]);

/** Commands, brackets and expansions within each other. More is nothing that anybody would write, and would overflow the stack. */
const deepest = 200;

/** Parses a text, which may have several lines. Throws `ShellSyntaxError`. */
export function parseScript(text: string): List {
  return parsed(text, 0);
}

function parsed(text: string, depth: number): List {
  const parser = new Parser(text, depth);
  const list = parser.list([]);
  parser.expectEnd();
  return list;
}

interface HereDocument {
  readonly delimiter: string;
  readonly literal: boolean;
  readonly parts: WordPart[];
}

/** Reads the shell's grammar from characters, because what is a word depends on where it stands. */
class Parser {
  #at = 0;
  readonly #hereDocuments: HereDocument[] = [];

  constructor(
    private readonly text: string,
    /** How many commands and expansions this text stands in. */
    private depth: number,
  ) {}

  /** Reads what stands within something else. */
  #deeper<T>(read: () => T): T {
    if (this.depth >= deepest) throw new ShellSyntaxError(`more than ${deepest} commands within each other`);
    this.depth += 1;
    const result = read();
    this.depth -= 1;
    return result;
  }

  /** Commands up to one of the words `until`, a `)`, or the end. */
  list(until: readonly string[]): AndOr[] {
    const list: AndOr[] = [];
    while (true) {
      this.#skipLines();
      if (this.#ended || this.#character === ")" || until.includes(this.#reservedHere())) return list;
      if (this.#rest.startsWith(";;")) return list;
      list.push(this.#andOr());
      this.#blanks();
      if (!this.#ended && !/[;&\n)]/.test(this.#character) && this.#before !== "&" && this.#before !== ";") {
        if (!until.includes(this.#reservedHere())) throw unexpected(this.#token());
      }
    }
  }

  expectEnd(): void {
    if (!this.#ended) throw unexpected(this.#token());
    if (this.#hereDocuments.length > 0) throw endOfFile();
  }

  get #ended(): boolean {
    return this.#at >= this.text.length;
  }

  get #character(): string {
    return this.text.charAt(this.#at);
  }

  get #before(): string {
    return this.text.slice(0, this.#at).trimEnd().at(-1) ?? "";
  }

  get #rest(): string {
    return this.text.slice(this.#at);
  }

  #blanks(): void {
    while (true) {
      if (this.#rest.startsWith("\\\n")) this.#at += 2;
      else if (this.#character === " " || this.#character === "\t") this.#at += 1;
      else if (this.#character === "#") this.#at += /^[^\n]*/.exec(this.#rest)?.[0].length ?? 0;
      else return;
    }
  }

  #skipLines(): void {
    for (this.#blanks(); this.#character === "\n"; this.#blanks()) this.#newline();
  }

  /** After a line come the texts that were announced in it. */
  #newline(): void {
    this.#at += 1;
    for (const document of this.#hereDocuments.splice(0)) this.#readHereDocument(document);
  }

  #take(text: string): boolean {
    if (!this.#rest.startsWith(text)) return false;
    this.#at += text.length;
    return true;
  }

  #andOr(): AndOr {
    const start = this.#at;
    const first = this.#pipeline();
    const rest: { operator: "&&" | "||"; pipeline: Pipeline }[] = [];
    while (true) {
      this.#blanks();
      const operator = this.#take("&&") ? "&&" : this.#take("||") ? "||" : undefined;
      if (operator === undefined) break;
      this.#skipLines();
      if (this.#ended) throw endOfFile();
      rest.push({ operator, pipeline: this.#pipeline() });
    }
    const source = this.text.slice(start, this.#at).trim();
    const background = this.#character === "&";
    if (background || (this.#character === ";" && !this.#rest.startsWith(";;"))) {
      this.#at += 1;
      this.#blanks();
      if (/[;&|]/.test(this.#character) && !this.#rest.startsWith(";;")) throw unexpected(this.#token());
    }
    return { first, rest, background, source };
  }

  #pipeline(): Pipeline {
    this.#blanks();
    const start = this.#at;
    const timed = /^time(?=[ \t])/.test(this.#rest);
    if (timed) this.#at += "time".length;
    this.#blanks();
    let negated = false;
    while (this.#reservedHere() === "!") {
      this.#at += 1;
      this.#blanks();
      negated = !negated;
    }
    const commands = [this.#command()];
    while (true) {
      this.#blanks();
      if (this.#rest.startsWith("||") || !this.#take("|")) break;
      this.#skipLines();
      if (this.#ended) throw endOfFile();
      commands.push(this.#command());
    }
    return { negated, timed, commands, source: this.text.slice(start, this.#at).trim() };
  }

  #command(): Command {
    this.#blanks();
    const start = this.#at;
    const word = this.#reservedHere();
    const compound = this.#character === "(" || (reserved.has(word) && word !== "in");
    const command = this.#deeper(() => (compound ? this.#compound(word) : (this.#function() ?? this.#simple())));
    return { ...command, source: this.text.slice(start, this.#at).trim() };
  }

  #function() {
    const [whole, name = "", spelled = name] = functionName.exec(this.#rest) ?? [];
    if (whole === undefined) return undefined;
    this.#at += whole.length;
    this.#skipLines();
    if (this.#ended) throw endOfFile();
    const body = this.#command();
    if (body.kind === "simple") throw unexpected(body.source.split(/\s/)[0] ?? "");
    return { kind: "function" as const, name: spelled, body, redirections: [] as const };
  }

  #compound(word: string) {
    if (this.#take("(")) {
      const list = this.#filled([], ")");
      if (!this.#take(")")) throw this.#missing(")");
      return { kind: "subshell" as const, list, redirections: this.#redirections() };
    }
    this.#at += word.length;
    switch (word) {
      case "{": {
        const list = this.#filled(["}"], "}");
        this.#expect("}");
        return { kind: "group" as const, list, redirections: this.#redirections() };
      }
      case "if": {
        const branches = [this.#branch()];
        while (this.#reservedHere() === "elif") {
          this.#at += "elif".length;
          branches.push(this.#branch());
        }
        let otherwise: List = [];
        if (this.#reservedHere() === "else") {
          this.#at += "else".length;
          otherwise = this.#filled(["fi"], "fi");
        }
        this.#expect("fi");
        return { kind: "if" as const, branches, otherwise, redirections: this.#redirections() };
      }
      case "while":
      case "until": {
        const condition = this.#filled(["do"], "do");
        const list = this.#body();
        return { kind: "while" as const, until: word === "until", condition, list, redirections: this.#redirections() };
      }
      case "for":
        return this.#for();
      case "case":
        return this.#case();
      default:
        throw unexpected(word);
    }
  }

  #branch(): { condition: List; list: List } {
    const condition = this.#filled(["then"], "then");
    this.#expect("then");
    return { condition, list: this.#filled(["elif", "else", "fi"], "fi") };
  }

  #for() {
    this.#blanks();
    const name = variableName.exec(this.#rest)?.[0];
    if (name === undefined) throw this.#ended ? endOfFile() : new ShellSyntaxError("Bad for loop variable");
    this.#at += name.length;
    this.#skipLines();
    const words: Word[] = [];
    if (this.#reservedHere() === "in") {
      this.#at += "in".length;
      for (this.#blanks(); !this.#ended && !/[;\n]/.test(this.#character); this.#blanks()) {
        if (endOfWord.test(this.#character)) throw unexpected(this.#token());
        words.push(this.#word());
      }
    } else words.push({ parts: [{ kind: "variable", name: "@", quoted: true }] });
    this.#blanks();
    if (this.#character === ";") this.#at += 1;
    this.#skipLines();
    const list = this.#body();
    return { kind: "for" as const, name, words, list, redirections: this.#redirections() };
  }

  #case() {
    this.#blanks();
    if (this.#ended) throw endOfFile();
    const word = this.#word();
    this.#skipLines();
    this.#expect("in");
    const arms: { patterns: Word[]; list: List }[] = [];
    for (this.#skipLines(); this.#reservedHere() !== "esac"; this.#skipLines()) {
      if (this.#ended) throw this.#missing("esac");
      this.#take("(");
      const patterns: Word[] = [];
      do {
        this.#blanks();
        if (this.#ended || endOfWord.test(this.#character)) throw this.#ended ? endOfFile() : unexpected(this.#token());
        patterns.push(this.#word());
        this.#blanks();
      } while (this.#take("|"));
      if (!this.#take(")")) throw this.#missing(")");
      arms.push({ patterns, list: this.list(["esac"]) });
      if (!this.#take(";;")) break;
    }
    this.#expect("esac");
    return { kind: "case" as const, word, arms, redirections: this.#redirections() };
  }

  #body(): List {
    this.#expect("do");
    const list = this.#filled(["done"], "done");
    this.#expect("done");
    return list;
  }

  /** A list with at least one command. */
  #filled(until: readonly string[], end: string): List {
    const list = this.list(until);
    if (list.length > 0) return list;
    throw this.#ended ? this.#missing(end) : unexpected(this.#token());
  }

  #expect(word: string): void {
    this.#skipLines();
    if (this.#reservedHere() !== word) throw this.#missing(word);
    this.#at += word.length;
  }

  #missing(word: string): ShellSyntaxError {
    return this.#ended
      ? new ShellSyntaxError(`end of file unexpected (expecting "${word}")`, true)
      : new ShellSyntaxError(`"${this.#token()}" unexpected (expecting "${word}")`);
  }

  /** The reserved word that stands here, or an empty text. */
  #reservedHere(): string {
    const word = /^[^\s|&;<>()"'\\$`]+/.exec(this.#rest)?.[0] ?? "";
    return reserved.has(word) ? word : "";
  }

  #token(): string {
    if (this.#ended) return "end of file";
    if (this.#character === "\n") return "newline";
    return /^(?:&&|\|\||;;|>>|<<|[|&;<>()]|[^\s|&;<>()]+)/.exec(this.#rest)?.[0] ?? this.#character;
  }

  #simple() {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    while (true) {
      this.#blanks();
      if (this.#ended) break;
      if (this.#redirectionHere()) {
        redirections.push(...this.#redirection());
        continue;
      }
      if (endOfWord.test(this.#character)) break;
      const [prefix, name] = (words.length === 0 && assignment.exec(this.#rest)) || [];
      if (prefix !== undefined && name !== undefined) {
        this.#at += prefix.length;
        const empty = this.#ended || endOfWord.test(this.#character);
        assignments.push({ name, value: empty ? { parts: [] } : this.#word() });
      } else words.push(this.#word());
    }
    if (words.length + assignments.length + redirections.length === 0) {
      throw this.#ended ? endOfFile() : unexpected(this.#token());
    }
    return { kind: "simple" as const, assignments, words, redirections };
  }

  #redirections(): Redirection[] {
    const redirections: Redirection[] = [];
    for (this.#blanks(); this.#redirectionHere(); this.#blanks()) redirections.push(...this.#redirection());
    return redirections;
  }

  #redirectionHere(): boolean {
    return redirection.test(this.#rest);
  }

  #redirection(): Redirection[] {
    const [whole = "", digits = "", operator = ""] = redirection.exec(this.#rest) ?? [];
    this.#at += whole.length;
    this.#blanks();
    if (this.#ended || endOfWord.test(this.#character)) {
      throw this.#ended ? endOfFile() : unexpected(this.#token());
    }
    const fd = digits === "" ? (operator.startsWith("<") ? 0 : 1) : Number(digits);
    if (operator.startsWith("<<")) return [{ fd, operator: "<<", target: this.#announceHereDocument() }];
    const target = this.#word();
    switch (operator) {
      case "&>": {
        const both: Word = { parts: [{ kind: "text", text: "1", quoted: false }] };
        return [
          { fd: 1, operator: ">", target },
          { fd: 2, operator: ">&", target: both },
        ];
      }
      case "<&":
      case ">&":
        return [{ fd, operator: ">&", target }];
      case ">>":
        return [{ fd, operator: ">>", target }];
      case "<":
        return [{ fd, operator: "<", target }];
      default:
        return [{ fd, operator: ">", target }];
    }
  }

  #announceHereDocument(): Word {
    const { parts: delimiter } = this.#word();
    const parts: WordPart[] = [];
    this.#hereDocuments.push({
      delimiter: delimiter.map((part) => (part.kind === "text" ? part.text : "")).join(""),
      literal: delimiter.some(({ quoted }) => quoted),
      parts,
    });
    return { parts };
  }

  #readHereDocument({ delimiter, literal, parts }: HereDocument): void {
    let text = "";
    while (true) {
      if (this.#ended) throw new ShellSyntaxError(`end of file unexpected (expecting "${delimiter}")`, true);
      const end = this.text.indexOf("\n", this.#at);
      const line = this.text.slice(this.#at, end === -1 ? undefined : end);
      this.#at = end === -1 ? this.text.length : end + 1;
      if (line === delimiter) break;
      if (end === -1) throw new ShellSyntaxError(`end of file unexpected (expecting "${delimiter}")`, true);
      text += `${line}\n`;
    }
    if (literal) parts.push({ kind: "text", text, quoted: true });
    else for (const part of new Parser(text, this.depth).#quotedParts(undefined)) parts.push(part);
  }

  #word(): Word {
    const parts: WordPart[] = [];
    while (!this.#ended && !endOfWord.test(this.#character)) {
      const character = this.#character;
      if (character === "'") parts.push(this.#singleQuoted());
      else if (character === '"') {
        this.#at += 1;
        const inside = this.#quotedParts('"');
        for (const part of inside) parts.push(part);
        if (inside.length === 0) parts.push({ kind: "text", text: "", quoted: true });
      } else if (character === "\\") {
        if (this.#at + 1 >= this.text.length) throw endOfFile();
        if (this.text.charAt(this.#at + 1) !== "\n") {
          parts.push({ kind: "text", text: this.text.charAt(this.#at + 1), quoted: true });
        }
        this.#at += 2;
      } else if (character === "$" || character === "`") parts.push(this.#dollar(false));
      else {
        const text = /^[^\s|&;<>()'"\\$`]+/.exec(this.#rest)?.[0] ?? character;
        this.#at += text.length;
        parts.push({ kind: "text", text, quoted: false });
      }
    }
    return { parts };
  }

  #singleQuoted(): WordPart {
    const end = this.text.indexOf("'", this.#at + 1);
    if (end === -1) throw unterminated();
    const text = this.text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return { kind: "text", text, quoted: true };
  }

  /** What stands in double quotes, up to and with `end`; undefined: up to the end of the text. */
  #quotedParts(end: string | undefined): WordPart[] {
    const parts: WordPart[] = [];
    let text = "";
    const flush = () => {
      if (text !== "") parts.push({ kind: "text", text, quoted: true });
      text = "";
    };
    while (true) {
      if (this.#ended) {
        if (end !== undefined) throw unterminated();
        break;
      }
      const character = this.#character;
      if (character === end) {
        this.#at += 1;
        break;
      }
      if (character === "$" || character === "`") {
        flush();
        parts.push(this.#dollar(true));
        continue;
      }
      if (character === "\\" && escapedInDoubleQuotes.has(this.text.charAt(this.#at + 1))) {
        const escaped = this.text.charAt(this.#at + 1);
        if (escaped !== "\n") text += escaped;
        this.#at += 2;
        continue;
      }
      text += character;
      this.#at += 1;
    }
    flush();
    return parts;
  }

  /** `$name`, `${…}`, `$(…)`, `$((…))`, or backquotes. */
  #dollar(quoted: boolean): WordPart {
    return this.#deeper(() => this.#expansion(quoted));
  }

  #expansion(quoted: boolean): WordPart {
    if (this.#take("`")) {
      let inner = "";
      while (this.#character !== "`") {
        if (this.#ended) throw unterminated();
        if (this.#character === "\\" && /[`\\$]/.test(this.text.charAt(this.#at + 1))) this.#at += 1;
        inner += this.#character;
        this.#at += 1;
      }
      this.#at += 1;
      return { kind: "substitution", list: parsed(inner, this.depth), quoted };
    }
    this.#at += 1;
    if (this.#take("((")) {
      const close = this.#endOfArithmetic();
      if (close === -1) throw endOfFile();
      const inside = new Parser(this.text.slice(this.#at, close), this.depth);
      const expression: Word = { parts: inside.#quotedParts(undefined) };
      this.#at = close + 2;
      return { kind: "arithmetic", expression, quoted };
    }
    if (this.#take("(")) {
      const list = this.list([]);
      if (!this.#take(")")) throw this.#missing(")");
      return { kind: "substitution", list, quoted };
    }
    if (this.#take("{")) return this.#braced(quoted);
    const name = variableName.exec(this.#rest)?.[0] ?? specialVariable.exec(this.#rest)?.[0];
    if (name === undefined) return { kind: "text", text: "$", quoted };
    this.#at += name.length;
    return { kind: "variable", name, quoted };
  }

  /** Where the `))` begins that belongs to the `$((` before this place; -1 if there is none. */
  #endOfArithmetic(): number {
    let open = 0;
    for (let at = this.#at; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (character === "(") open += 1;
      else if (character === ")" && open > 0) open -= 1;
      else if (character === ")" && this.text.charAt(at + 1) === ")") return at;
    }
    return -1;
  }

  #braced(quoted: boolean): WordPart {
    const length = this.#character === "#" && this.text.charAt(this.#at + 1) !== "}";
    if (length) this.#at += 1;
    const name = variableName.exec(this.#rest)?.[0] ?? /^(?:\d+|[?$!#@*-])/.exec(this.#rest)?.[0];
    if (name === undefined) throw this.#ended ? endOfFile() : new ShellSyntaxError("Bad substitution");
    this.#at += name.length;
    if (length) {
      if (!this.#take("}")) throw new ShellSyntaxError("Bad substitution");
      return { kind: "variable", name, quoted, modifier: { operator: "length", word: { parts: [] } } };
    }
    if (this.#take("}")) return { kind: "variable", name, quoted };
    const operator = /^(?::?[-+=?]|##?|%%?)/.exec(this.#rest)?.[0];
    if (operator === undefined) throw this.#ended ? endOfFile() : new ShellSyntaxError("Bad substitution");
    this.#at += operator.length;
    // Quotes around all of it leave a pattern what it is.
    const inside = quoted && !/^[#%]/.test(operator);
    const parts: WordPart[] = [];
    while (!this.#take("}")) {
      if (this.#ended) throw endOfFile();
      const character = this.#character;
      if (character === "'" && !inside) parts.push(this.#singleQuoted());
      else if (character === '"') {
        this.#at += 1;
        for (const part of this.#quotedParts('"')) parts.push(part);
      } else if (character === "$" || character === "`") parts.push(this.#dollar(inside));
      else {
        const escaped = character === "\\";
        parts.push({ kind: "text", text: this.text.charAt(this.#at + (escaped ? 1 : 0)), quoted: inside || escaped });
        this.#at += escaped ? 2 : 1;
      }
    }
    return { kind: "variable", name, quoted, modifier: { operator, word: { parts } } };
  }
}

function unexpected(token: string): ShellSyntaxError {
  return new ShellSyntaxError(
    token === "end of file" || token === "newline" ? `${token} unexpected` : `"${token}" unexpected`,
  );
}

function endOfFile(): ShellSyntaxError {
  return new ShellSyntaxError("end of file unexpected", true);
}

function unterminated(): ShellSyntaxError {
  return new ShellSyntaxError("Unterminated quoted string", true);
}
