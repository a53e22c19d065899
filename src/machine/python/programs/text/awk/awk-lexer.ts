import { AwkError } from "./awk-syntax.ts";

/** A word of a program. */
export interface Token {
  readonly kind: "number" | "string" | "regex" | "name" | "call" | "builtin" | "word" | "sign" | "newline" | "end";
  readonly text: string;
  readonly line: number;
}

const words = new Set([
  ...["BEGIN", "END", "function", "func", "if", "else", "while", "for", "do", "break", "continue", "next", "nextfile"],
  ...["exit", "return", "delete", "in", "getline", "print", "printf"],
]);

/** Functions that awk itself has. */
export const builtinNames: ReadonlySet<string> = new Set([
  ...["length", "substr", "index", "split", "sub", "gsub", "gensub", "match", "sprintf", "sin", "cos", "atan2", "exp"],
  ...["log", "sqrt", "int", "rand", "srand", "tolower", "toupper", "system", "close", "fflush", "strftime", "systime"],
]);

const signs = [
  ...[
    "**=",
    "...",
    "**",
    "+=",
    "-=",
    "*=",
    "/=",
    "%=",
    "^=",
    "==",
    "<=",
    ">=",
    "!=",
    "!~",
    "++",
    "--",
    "&&",
    "||",
    ">>",
  ],
  ..."{}()[];,+-*/%^!<>|?:~$=".split(""),
];

const controls: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  '"': '"',
  "/": "/",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};

/** What a text between quotes stands for. */
export function withoutEscapes(text: string): string {
  return text.replace(
    /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|\n|([\s\S]))/g,
    (all, octal?: string, hex?: string, letter?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (letter === undefined) return "";
      return Object.hasOwn(controls, letter) ? (controls[letter] ?? all) : all;
    },
  );
}

/** The words of a program. Throws `AwkError`. */
export function tokensOf(program: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  const add = (kind: Token["kind"], text: string) => tokens.push({ kind, text, line });
  while (at < program.length) {
    const rest = program.slice(at, at + 4096);
    const [blank] = /^(?:[ \t\r]|\\\r?\n)+|^#[^\n]*/.exec(rest) ?? [];
    if (blank !== undefined) {
      at += blank.length;
      line += blank.split("\n").length - 1;
      continue;
    }
    if (rest.startsWith("\n")) {
      add("newline", "newline");
      at += 1;
      line += 1;
      continue;
    }
    at += word(program, at, tokens, add, line);
  }
  add("end", "end of file");
  return tokens;
}

/** Takes one word; how long it is. */
function word(
  program: string,
  at: number,
  tokens: readonly Token[],
  add: (kind: Token["kind"], text: string) => void,
  line: number,
): number {
  const rest = program.slice(at);
  if (rest.startsWith('"')) {
    const [whole, text = ""] = /^"((?:[^"\\\n]|\\[\s\S])*)"/.exec(rest) ?? [];
    if (whole === undefined) throw new AwkError(`line ${line}: runaway string constant ${rest.split("\n")[0]} ...`);
    add("string", withoutEscapes(text));
    return whole.length;
  }
  if (rest.startsWith("/") && isRegexPlace(tokens)) {
    const [whole, source = ""] =
      /^\/((?:[^/\\[\n]|\\.|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\\n])*\])*)\//.exec(rest) ??
      /^\/((?:[^/\\\n]|\\.)*)\//.exec(rest) ??
      [];
    if (whole === undefined)
      throw new AwkError(`line ${line}: regular expression ${rest.split("\n")[0]}: missing closing /`);
    add("regex", source.replaceAll("\\/", "/"));
    return whole.length;
  }
  const [number] = /^(?:0[xX][0-9A-Fa-f]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(rest) ?? [];
  const [name] = /^[A-Za-z_]\w*/.exec(rest) ?? [];
  const sign = signs.find((each) => rest.startsWith(each));
  const text = number ?? name ?? sign;
  if (text === undefined) throw new AwkError(`line ${line}: syntax error at or near ${rest.charAt(0)}`);
  if (number !== undefined) add("number", number);
  else if (name !== undefined) add(kindOf(name, rest.charAt(name.length)), name === "func" ? "function" : name);
  else add("sign", text.startsWith("**") ? text.replace("**", "^") : text);
  return text.length;
}

/** What a name is, by what stands behind it. */
function kindOf(name: string, next: string): Token["kind"] {
  if (words.has(name)) return "word";
  if (builtinNames.has(name)) return "builtin";
  return next === "(" ? "call" : "name";
}

/** Behind an operand a slash divides. */
function isRegexPlace(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (last === undefined) return true;
  if (["number", "string", "regex", "name", "builtin"].includes(last.kind)) return false;
  return !(last.kind === "sign" && [")", "]", "$", "++", "--"].includes(last.text));
}
