/**
 * Reads an nginx configuration, exactly as its own parser splits it (`ngx_conf_read_token`): words between blanks,
 * quotes at the beginning of a word, backslashes, comments, directives that end with `;` or hold a block. The packages
 * on npm that read it keep no places, without which a finding could not say where it is.
 */
import type { Place } from "../findings/finding.ts";

/** `listen 80;`, or `location / { … }`. */
export interface Directive extends Place {
  readonly name: string;
  /** Its words, without quotes. */
  readonly values: readonly string[];
  /** What stands between its braces; `undefined` for a directive without. */
  readonly block: readonly Directive[] | undefined;
}

/** A configuration that nginx would refuse, in its words. */
export interface NginxMistake extends Place {
  readonly message: string;
}

/** What came of reading a text. What was read before a mistake counts. */
export interface NginxConfig {
  readonly directives: readonly Directive[];
  readonly mistake: NginxMistake | undefined;
}

interface Token extends Place {
  readonly kind: "word" | ";" | "{" | "}";
  readonly text: string;
}

/** Reads a configuration, or a part of one. */
export function readNginx(text: string): NginxConfig {
  const { tokens, mistake } = tokensOf(text);
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
    return { directives: root.directives, mistake: { message, from, to } };
  };
  const close = (to: number) => {
    const inner = open.pop();
    const outer = open.at(-1);
    const [name, ...values] = outer?.words.splice(0) ?? [];
    if (inner === undefined || outer === undefined || name === undefined) return;
    outer.directives.push({
      name: name.text,
      values: values.map((word) => word.text),
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
        here.directives.push({
          name: name.text,
          values: here.words
            .splice(0)
            .slice(1)
            .map((word) => word.text),
          block: undefined,
          from: name.from,
          to: token.to,
        });
        break;
      case "{":
        if (name === undefined) return refuse('unexpected "{"', token);
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
  return { directives: root.directives, mistake: undefined };
}

const blank = /[ \t\r\n]/;
/** After a closing quote. */
const mayFollowQuote = /[ \t\r\n;{)]/;

function tokensOf(text: string): { readonly tokens: readonly Token[]; readonly mistake: NginxMistake | undefined } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const from = at;
    if (blank.test(character) || character === "\uFEFF") at += 1;
    else if (character === "#") {
      const end = text.indexOf("\n", at);
      at = end === -1 ? text.length : end;
    } else if (character === ";" || character === "{" || character === "}") {
      at += 1;
      tokens.push({ kind: character, text: character, from, to: at });
    } else if (character === '"' || character === "'") {
      const quoted = readQuoted(text, at);
      if (quoted === undefined) {
        const to = Math.min(text.length, at + 1);
        return { tokens, mistake: { message: `unexpected end of file, the quote ${character} is open`, from, to } };
      }
      at = quoted.end;
      if (at < text.length && !mayFollowQuote.test(text.charAt(at))) {
        return { tokens, mistake: { message: `unexpected "${text.charAt(at)}"`, from: at, to: at + 1 } };
      }
      tokens.push({ kind: "word", text: quoted.text, from, to: at });
    } else {
      const word = readWord(text, at);
      at = word.end;
      tokens.push({ kind: "word", text: word.text, from, to: at });
    }
  }
  return { tokens, mistake: undefined };
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
