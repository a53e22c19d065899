/**
 * Reads an nginx configuration, exactly as its own parser splits it (`ngx_conf_read_token`): words between blanks,
 * quotes at the beginning of a word, backslashes, comments, directives that end with `;` or hold a block. The packages
 * on npm that read it keep no places, without which a finding could not say where it is.
 */
import type { Place } from "../findings/finding.ts";
import type { Directive, NginxMistake, NginxWord } from "./directive.ts";
import { hasOwnWords, holdsBlock } from "./directive-checks.ts";

/** What came of reading a text. What was read before a mistake counts. */
export interface NginxConfig {
  readonly directives: readonly Directive[];
  readonly mistake: NginxMistake | undefined;
}

interface Token extends NginxWord {
  readonly kind: "word" | ";" | "{" | "}";
}

/** Reads a configuration, or a part of one. */
export function readNginx(text: string): NginxConfig {
  const { tokens, mark, mistake } = tokensOf(text);
  interface Open {
    readonly directives: Directive[];
    readonly words: Token[];
  }
  const root: Open = { directives: [], words: [] };
  const open: Open[] = [root];
  const end = { from: Math.max(0, text.length - 1), to: text.length };
  const refuse = (message: string, { from, to }: Place): NginxConfig => {
    // Blocks that were not closed hold what was read.
    while (open.length > 1) close(to);
    return { directives: root.directives, mistake: mark ?? { message, from, to } };
  };
  const close = (to: number) => {
    const inner = open.pop();
    const outer = open.at(-1);
    const words = outer?.words.splice(0) ?? [];
    const [name, ...values] = words;
    if (inner === undefined || outer === undefined || name === undefined) return;
    outer.directives.push({
      name: name.text,
      values: values.map((word) => word.text),
      words,
      block: inner.directives,
      from: name.from,
      to,
    });
  };
  for (const token of tokens) {
    const here = open.at(-1) ?? root;
    const [name] = here.words;
    switch (token.kind) {
      case "word":
        here.words.push(token);
        break;
      case ";":
        if (name === undefined) return refuse('unexpected ";"', token);
        here.directives.push(directiveOf(here.words.splice(0), name, token));
        break;
      case "{":
        if (name === undefined) return refuse('unexpected "{"', token);
        // nginx reads on, and fails behind the brace; the fault is here: `server_name ~^[a-z]{2}$;`.
        if (takesNoBlock(name.text, open.at(-2)?.words[0]?.text)) {
          return refuse(`directive "${name.text}" is not terminated by ";"`, name);
        }
        open.push({ directives: [], words: [] });
        break;
      case "}":
        if (name !== undefined) return refuse(`directive "${name.text}" is not terminated by ";"`, name);
        if (open.length === 1) return refuse('unexpected "}"', token);
        close(token.to);
        break;
    }
  }
  if (mistake) return refuse(mistake.message, mistake);
  const [unfinished] = open.at(-1)?.words ?? [];
  if (unfinished) return refuse('unexpected end of file, expecting ";" or "}"', unfinished);
  if (open.length > 1) return refuse('unexpected end of file, expecting "}"', end);
  return { directives: root.directives, mistake: mark };
}

function directiveOf(words: readonly Token[], name: Token, { to }: Place): Directive {
  const values = words.slice(1).map((word) => word.text);
  return { name: name.text, values, words, block: undefined, from: name.from, to };
}

/** Whether a name is a directive's that holds no block, in a block of the name `around`. */
function takesNoBlock(name: string, around: string | undefined): boolean {
  return (around === undefined || !hasOwnWords(around)) && holdsBlock(name) === false;
}

const blank = /[ \t\r\n]/;
/** After a closing quote. */
const mayFollowQuote = /[ \t\r\n;{)]/;

interface Tokens {
  readonly tokens: readonly Token[];
  readonly mistake: NginxMistake | undefined;
  /** The text begins with a byte order mark. */
  readonly mark: NginxMistake | undefined;
}

function tokensOf(text: string): Tokens {
  const tokens: Token[] = [];
  const mark = byteOrderMark(text);
  let at = mark === undefined ? 0 : 1;
  let startsLine = true;
  while (at < text.length) {
    const character = text.charAt(at);
    if (blank.test(character)) {
      if (character === "\n") startsLine = true;
      at += 1;
    } else if (character === "#") {
      const end = text.indexOf("\n", at);
      at = end === -1 ? text.length : end;
    } else {
      const read = readToken(text, at);
      if ("message" in read) return { tokens, mark, mistake: read };
      tokens.push({ ...read, startsLine });
      startsLine = false;
      at = read.to;
    }
  }
  return { tokens, mark, mistake: undefined };
}

/** nginx skips no byte order mark: the name that follows is another one with it. */
function byteOrderMark(text: string): NginxMistake | undefined {
  if (!text.startsWith("\uFEFF")) return undefined;
  const [first = ""] = /^[^\s;{]*/.exec(text) ?? [];
  const message = `unknown directive "\\ufeff${first.slice(1, 60)}": the file begins with a byte order mark`;
  return { message, from: 0, to: Math.max(1, first.length) };
}

/** What begins here, which is no blank and no comment. */
function readToken(text: string, from: number): Omit<Token, "startsLine"> | NginxMistake {
  const character = text.charAt(from);
  if (character === ";" || character === "{" || character === "}") {
    return { kind: character, text: character, quoted: false, from, to: from + 1 };
  }
  if (character !== '"' && character !== "'") {
    const word = readWord(text, from);
    return { kind: "word", text: word.text, quoted: false, from, to: word.end };
  }
  const quoted = readQuoted(text, from);
  if (quoted === undefined) {
    const message = `unexpected end of file, the quote ${character} is open`;
    return { message, from, to: Math.min(text.length, from + 1) };
  }
  const { end } = quoted;
  if (end < text.length && !mayFollowQuote.test(text.charAt(end))) {
    return { message: `unexpected "${text.charAt(end)}"`, from: end, to: end + 1 };
  }
  return { kind: "word", text: quoted.text, quoted: true, from, to: end };
}

/** A word that begins without a quote: up to a blank, `;` or `{`. In `${name}` the braces belong to it. */
function readWord(text: string, start: number): { readonly text: string; readonly end: number } {
  let word = "";
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    if (blank.test(character) || character === ";") break;
    if (character === "{" && !word.endsWith("$")) break;
    if (character === "\\" && at + 1 < text.length) {
      word += unescaped(text.charAt(at + 1));
      at += 2;
      continue;
    }
    word += character;
    at += 1;
  }
  return { text: word, end: Math.max(at, start + 1) };
}

function readQuoted(text: string, open: number): { readonly text: string; readonly end: number } | undefined {
  const quote = text.charAt(open);
  let inside = "";
  for (let at = open + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === quote) return { text: inside, end: at + 1 };
    if (character === "\\" && at + 1 < text.length) {
      at += 1;
      inside += unescaped(text.charAt(at));
    } else inside += character;
  }
  return undefined;
}

/** What nginx makes of a character behind a backslash; others keep theirs. */
function unescaped(character: string): string {
  switch (character) {
    case '"':
    case "'":
    case "\\":
      return character;
    case "t":
      return "\t";
    case "r":
      return "\r";
    case "n":
      return "\n";
    default:
      return `\\${character}`;
  }
}
