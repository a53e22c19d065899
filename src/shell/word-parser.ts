import { type List, type Modifier, ShellSyntaxError, type Word, type WordPart } from "./syntax.ts";
import { TextReader } from "./text-reader.ts";

/** Whose constructs are known: those of POSIX, as dash has them, or bash's as well. */
export type ShellLanguage = "posix" | "bash";

/**
 * Commands, brackets and expansions within each other. More is nothing that anybody would write, and would overflow the
 * stack.
 */
export const deepest = 200;

const variableName = /[A-Za-z_][A-Za-z0-9_]*/y;
const specialVariable = /[?$!#@*0-9-]/y;
const bracedName = /[A-Za-z_][A-Za-z0-9_]*|\d+|[?$!#@*-]/y;
// Only these three are blanks: a carriage return or a non-breaking space is a character like others, as for every shell.
const plainText = /[^ \t\n|&;<>()'"\\$`]+/y;
const posixOperator = /:?[-+=?]|##?|%%?/y;
const bashOperator = /:?[-+=?]|##?|%%?|\/[/#%]?|\^\^?|,,?|~~?|@[QUuLEPAa]|:/y;
const endOfWord = /[ \t\n|&;<>()]/;
const escapedInDoubleQuotes = new Set(['"', "\\", "$", "`", "\n"]);

/** Reads the words of the shell's language. */
export abstract class WordParser {
  protected readonly reader: TextReader;

  constructor(
    text: string,
    protected readonly language: ShellLanguage,
    /** How many commands and expansions this text stands in. */
    protected depth: number,
    line: number,
  ) {
    this.reader = new TextReader(text, line);
  }

  /** Commands up to a `)`. */
  protected abstract innerList(): List;

  /** A text that stands in this one, such as that of a here-document. */
  protected abstract within(text: string): WordParser;

  /** Commands that are a text of their own, as in backquotes. */
  protected abstract parsed(text: string): List;

  /** Reads what stands within something else. */
  protected deeper<T>(read: () => T): T {
    if (this.depth >= deepest) throw this.failure(`more than ${deepest} commands within each other`);
    this.depth += 1;
    const result = read();
    this.depth -= 1;
    return result;
  }

  protected failure(message: string, incomplete = false, token = "", line = this.reader.line): ShellSyntaxError {
    return new ShellSyntaxError(message, incomplete, token, line);
  }

  protected endOfFile(): ShellSyntaxError {
    return this.failure("end of file unexpected", true);
  }

  /** `sign`: what is not there. dash counts lines up to the end, bash up to where it began. */
  protected unterminated(sign: string, line: number): ShellSyntaxError {
    const { reader, language } = this;
    return this.failure("Unterminated quoted string", true, sign, language === "bash" ? line : reader.line);
  }

  protected get atEndOfWord(): boolean {
    return this.reader.ended || endOfWord.test(this.reader.character);
  }

  protected word(): Word {
    const parts: WordPart[] = [];
    while (!this.atEndOfWord || this.processHere()) this.#piece(parts);
    return { parts };
  }

  /** `<(` and `>(`, of bash. */
  protected processHere(): boolean {
    const { reader } = this;
    return this.language === "bash" && (reader.startsWith("<(") || reader.startsWith(">("));
  }

  /** Whether `@(a|b)` and its relatives are patterns here. */
  protected abstract readonly extendedPatterns: boolean;

  /** `(a|b)` behind one of the signs that make it a pattern: its brackets, bars and blanks belong to the word. */
  #patternList(parts: WordPart[]): void {
    const { reader } = this;
    let open = 0;
    do {
      if (reader.ended) throw this.missing(")");
      const sign = this.processHere() ? "" : reader.takeMatch(/[()|<>&;\s]/y);
      if (sign === "(") open += 1;
      if (sign === ")") open -= 1;
      if (sign === "") this.#piece(parts);
      else parts.push({ kind: "text", text: sign, quoted: false });
    } while (open > 0);
  }

  #piece(parts: WordPart[]): void {
    const { reader } = this;
    switch (reader.character) {
      case "<":
      case ">": {
        const reads = reader.character === ">";
        reader.at += 2;
        parts.push({ kind: "process", list: this.deeper(() => this.#bracketed()), reads, quoted: true });
        return;
      }
      case "'":
        parts.push(this.#singleQuoted());
        return;
      case '"':
        reader.at += 1;
        this.#addDoubleQuoted(parts);
        return;
      case "\\":
        this.#escape(parts);
        return;
      case "$":
        if (this.language === "bash" && reader.peek(1) === "'") parts.push(this.#dollarQuoted());
        else if (this.language === "bash" && reader.peek(1) === '"') reader.at += 1;
        else parts.push(this.#dollar(false));
        return;
      case "`":
        parts.push(this.#dollar(false));
        return;
      default: {
        const text = reader.takeMatch(plainText);
        parts.push({ kind: "text", text, quoted: false });
        if (reader.character === "(" && /[?*+@!]$/.test(text) && this.extendedPatterns) {
          this.deeper(() => this.#patternList(parts));
        }
      }
    }
  }

  #escape(parts: WordPart[]): void {
    const { reader } = this;
    if (reader.at + 1 >= reader.text.length) {
      // At the end of a text it stands for itself, as in `sh -c 'echo \'`; a line that is typed goes on.
      throw this.endOfFile();
    }
    if (reader.peek(1) !== "\n") parts.push({ kind: "text", text: reader.peek(1), quoted: true });
    reader.at += 2;
  }

  #addDoubleQuoted(parts: WordPart[]): void {
    const inside = this.quotedParts('"');
    for (const part of inside) parts.push(part);
    if (inside.length === 0) parts.push({ kind: "text", text: "", quoted: true });
  }

  #singleQuoted(): WordPart {
    const { reader } = this;
    const end = reader.text.indexOf("'", reader.at + 1);
    if (end === -1) {
      const { line } = reader;
      reader.at = reader.text.length;
      throw this.unterminated("'", line);
    }
    const text = reader.text.slice(reader.at + 1, end);
    reader.at = end + 1;
    return { kind: "text", text, quoted: true };
  }

  /** `$'a\tb'`, of bash. */
  #dollarQuoted(): WordPart {
    const { reader } = this;
    const { line } = reader;
    reader.at += 2;
    let raw = "";
    while (reader.character !== "'") {
      if (reader.ended) throw this.unterminated("'", line);
      const length = reader.character === "\\" ? 2 : 1;
      raw += reader.text.slice(reader.at, reader.at + length);
      reader.at += length;
    }
    reader.at += 1;
    return { kind: "text", text: withEscapes(raw), quoted: true };
  }

  /** What stands in double quotes, up to and with `end`; undefined: up to the end of the text. */
  quotedParts(end: '"' | undefined): WordPart[] {
    const { reader } = this;
    const { line } = reader;
    const parts: WordPart[] = [];
    let text = "";
    const flush = () => {
      if (text !== "") parts.push({ kind: "text", text, quoted: true });
      text = "";
    };
    while (!reader.ended) {
      const { character } = reader;
      if (character === end) {
        reader.at += 1;
        flush();
        return parts;
      }
      if (character === "$" || character === "`") {
        flush();
        parts.push(this.#dollar(true));
      } else if (character === "\\" && this.#escapes(reader.peek(1), end)) {
        if (reader.peek(1) !== "\n") text += reader.peek(1);
        reader.at += 2;
      } else {
        text += character;
        reader.at += 1;
      }
    }
    if (end !== undefined) throw this.unterminated(end, line);
    flush();
    return parts;
  }

  /** In a here-document a backslash leaves double quotes alone. */
  #escapes(character: string, end: '"' | undefined): boolean {
    return escapedInDoubleQuotes.has(character) && !(character === '"' && end === undefined);
  }

  /** `$name`, `${…}`, `$(…)`, `$((…))`, or backquotes. */
  #dollar(quoted: boolean): WordPart {
    return this.deeper(() => (this.reader.take("`") ? this.#backquoted(quoted) : this.#expansion(quoted)));
  }

  #backquoted(quoted: boolean): WordPart {
    const { reader } = this;
    const { line } = reader;
    let inner = "";
    while (reader.character !== "`") {
      if (reader.ended) throw this.failure("EOF in backquote substitution", true, "`", line);
      if (reader.character === "\\" && (/[`\\$]/.test(reader.peek(1)) || (quoted && reader.peek(1) === '"'))) {
        reader.at += 1;
      }
      inner += reader.character;
      reader.at += 1;
    }
    reader.at += 1;
    return { kind: "substitution", list: this.parsed(inner), quoted };
  }

  #expansion(quoted: boolean): WordPart {
    const { reader } = this;
    reader.at += 1;
    if (reader.startsWith("((")) {
      const close = this.endOfArithmetic(reader.at + 2);
      if (close !== -1) {
        const expression = this.textAsWord(reader.text.slice(reader.at + 2, close));
        reader.at = close + 2;
        return { kind: "arithmetic", expression, quoted };
      }
      // bash takes it for a subshell in a substitution.
      if (this.language === "posix") throw this.failure("Missing '))'", true);
    }
    if (reader.take("(")) return { kind: "substitution", list: this.#bracketed(), quoted };
    if (reader.take("{")) return this.#braced(quoted);
    if (this.language === "bash" && reader.character === "[") return this.#oldArithmetic(quoted);
    const name = reader.takeMatch(variableName) || reader.takeMatch(specialVariable);
    return name === "" ? { kind: "text", text: "$", quoted } : { kind: "variable", name, quoted };
  }

  /** `$[1 + 2]`, bash's older way to write `$((1 + 2))`. */
  #oldArithmetic(quoted: boolean): WordPart {
    const expression = this.index();
    return { kind: "arithmetic", expression, quoted };
  }

  #bracketed(): List {
    const list = this.innerList();
    if (this.reader.take(")")) return list;
    throw this.unclosedBracket();
  }

  protected abstract missing(word: string): ShellSyntaxError;

  /** bash calls a substitution or an array without its end another mistake than a list. */
  protected unclosedBracket(): ShellSyntaxError {
    const error = this.missing(")");
    const { reader } = this;
    return reader.ended ? this.failure(error.message.replace(/^Syntax error: /, ""), true, ")") : error;
  }

  /** A text in which only expansions mean something. */
  protected textAsWord(text: string): Word {
    return { parts: this.within(text).quotedParts(undefined) };
  }

  /**
   * Where the `))` begins that belongs to the `((` before this place; -1 if there is none. To dash a single `)` too
   * many is part of the expression.
   */
  protected endOfArithmetic(from: number): number {
    const { text } = this.reader;
    let open = 0;
    for (let at = from; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (character === "\\") at += 1;
      else if (character === "(") open += 1;
      else if (character === ")" && open > 0) open -= 1;
      else if (character === ")" && text.charAt(at + 1) === ")") return at;
      else if (character === ")" && this.language === "bash") return -1;
    }
    return -1;
  }

  #braced(quoted: boolean): WordPart {
    const { reader } = this;
    const isBash = this.language === "bash";
    const length = reader.character === "#" && !/[}:?+=%-]/.test(reader.peek(1) || "}");
    if (length) reader.at += 1;
    const indirect =
      isBash && reader.character === "!" && (/[A-Za-z_0-9]/.test(reader.peek(1)) || reader.startsWith("!#}"));
    if (indirect) reader.at += 1;
    const name = reader.takeMatch(bracedName);
    if (name === "") throw reader.ended ? this.#unclosed(quoted) : this.failure("Bad substitution");
    const index = isBash && reader.character === "[" ? this.index() : undefined;
    const extra = { ...(index && { index }), ...(indirect && { indirect }) };
    const part = { kind: "variable" as const, name, quoted, ...extra };
    if (length) {
      const operator = reader.take("}") ? "length" : this.#skipBad(quoted);
      return { ...part, modifier: { operator, word: { parts: [] } } };
    }
    if (reader.take("}")) return part;
    const operator = reader.takeMatch(isBash ? bashOperator : posixOperator);
    if (operator === "" && indirect && (reader.take("*}") || reader.take("@}"))) {
      return { ...part, modifier: { operator: "names", word: { parts: [] } } };
    }
    if (operator === "") return { ...part, modifier: { operator: this.#skipBad(quoted), word: { parts: [] } } };
    return { ...part, modifier: this.#modifier(operator, quoted) };
  }

  #unclosed(quoted: boolean): ShellSyntaxError {
    const { reader, language } = this;
    if (quoted && language === "posix") return this.unterminated('"', reader.line);
    return this.failure("Missing '}'", true, "}");
  }

  /** It counts as a mistake only where it is expanded. */
  #skipBad(quoted: boolean): string {
    this.#modifierWord(false, "}", quoted);
    this.reader.take("}");
    return "bad";
  }

  #modifier(operator: string, quoted: boolean): Modifier {
    const { reader } = this;
    // Quotes around all of it leave a pattern what it is.
    const inside = quoted && !/^[#%/^,]/.test(operator);
    if (operator === ":") {
      const word = this.#modifierWord(true, ":}", quoted);
      const second = reader.take(":") ? this.#modifierWord(true, "}") : undefined;
      reader.take("}");
      return { operator: "slice", word, ...(second && { second }) };
    }
    if (operator.startsWith("/")) {
      const word = this.#modifierWord(false, "/}", quoted);
      // Here bash takes $'…' for a text even within double quotes.
      const second = reader.take("/") ? this.#modifierWord(quoted, "}", quoted, true) : undefined;
      reader.take("}");
      return { operator, word, ...(second && { second }) };
    }
    const word = this.#modifierWord(inside, "}", quoted);
    reader.take("}");
    return { operator, word };
  }

  /**
   * Up to one of the characters `ends`, which stays. `inside`: it stands in double quotes. `dollarQuotes`: `$'…'` is a
   * text.
   */
  #modifierWord(inside: boolean, ends: string, quoted = inside, dollarQuotes = !inside): Word {
    const { reader } = this;
    const parts: WordPart[] = [];
    while (!ends.includes(reader.character)) {
      const { character } = reader;
      if (dollarQuotes && this.language === "bash" && reader.startsWith("$'")) parts.push(this.#dollarQuoted());
      else if (character === "'" && !inside) parts.push(this.#singleQuoted());
      else if (character === '"') {
        reader.at += 1;
        this.#addDoubleQuoted(parts);
      } else if (character === "$" || character === "`") parts.push(this.#dollar(inside));
      else if (character === "\\" && reader.peek(1) === "\n") reader.at += 2;
      else parts.push(this.#modifierCharacter(inside));
    }
    if (reader.ended) throw this.#unclosed(quoted);
    return { parts: joined(parts) };
  }

  #modifierCharacter(inside: boolean): WordPart {
    const { reader } = this;
    const escaped = reader.character === "\\" && (!inside || /["\\$`}]/.test(reader.peek(1)));
    const text = reader.peek(escaped ? 1 : 0);
    reader.at += escaped ? 2 : 1;
    return { kind: "text", text, quoted: inside || escaped };
  }

  /** `[index]`, of bash. */
  protected index(): Word {
    const { reader } = this;
    reader.at += 1;
    const word = this.#modifierWord(false, "]");
    reader.take("]");
    return word;
  }
}

/** Pieces of text beside each other are one. */
function joined(parts: readonly WordPart[]): WordPart[] {
  const result: WordPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === "text" && last?.kind === "text" && last.quoted === part.quoted) {
      result[result.length - 1] = { ...last, text: last.text + part.text };
    } else result.push(part);
  }
  return result;
}

const letters: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** A text with the escapes of `$'…'`. */
export function withEscapes(text: string): string {
  return text.replace(
    /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|([\s\S]))/g,
    (whole, hex?: string, short?: string, long?: string, octal?: string, letter?: string) => {
      const code = hex ?? short ?? long;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      }
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (letter === undefined) return whole;
      return letters[letter] ?? (/['"\\?]/.test(letter) ? letter : whole);
    },
  );
}
