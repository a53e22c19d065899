/** What `echo` and `printf` print. */
import { formattedDate, shownIn } from "../date.ts";

const letters: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

/** A byte that is no character by itself is kept as half a surrogate pair, as Python keeps those of file names. */
const firstHalf = 0xdc00;
const halves = /[\udc80-\udcff]/;

function byteText(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : firstHalf + byte);
}

/** The bytes that a printed text is: what its escapes name as bytes are those, the rest is UTF-8. */
export function printedBytes(text: string): Uint8Array {
  const encoder = new TextEncoder();
  if (!halves.test(text)) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character.length === 1 && halves.test(character)) bytes.push(code - firstHalf);
    else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}

/** How a byte is written in octal: bash's echo alone wants a zero before the digits. */
function octalByte(octal: "\\0" | "\\" | "%b", bash: boolean): RegExp {
  if (octal === "\\") return /^\\0?([0-7]{1,3})/;
  return bash && octal === "\\0" ? /^\\0([0-7]{0,3})/ : /^\\(?:0([0-7]{0,3})|([1-7][0-7]{0,2}))/;
}

/** What a backslash and what follows it stand for, and how long that is; undefined for `\\c`, which ends all. */
function escapeAt(
  rest: string,
  octal: "\\0" | "\\" | "%b",
  bash: boolean,
): { text: string; length: number } | undefined {
  const letter = rest.charAt(1);
  if (letter === "c" && octal !== "\\") return undefined;
  const number = octalByte(octal, bash).exec(rest);
  if (number !== null) {
    return { text: byteText(Number.parseInt(number[1] || number[2] || "0", 8) & 0xff), length: number[0].length };
  }
  const hex = bash ? /^\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/.exec(rest) : null;
  if (hex !== null) {
    if (hex[1] !== undefined) return { text: byteText(Number.parseInt(hex[1], 16)), length: hex[0].length };
    const point = Number.parseInt(hex[2] ?? hex[3] ?? "", 16);
    return { text: point <= 0x10ffff ? String.fromCodePoint(point) : hex[0], length: hex[0].length };
  }
  const known = (letter === "e" && !bash) || (octal !== "\\" && /["']/.test(letter)) ? undefined : letters[letter];
  return { text: known ?? `\\${letter}`, length: 2 };
}

/** A text with its escapes read, and whether `\\c` has ended it. `octal`: how they begin. */
function withEscapes(text: string, octal: "\\0" | "\\" | "%b", bash: boolean): { text: string; ended: boolean } {
  let result = "";
  for (let at = 0; at < text.length; ) {
    if (text.charAt(at) !== "\\" || at + 1 >= text.length) {
      result += text.charAt(at);
      at += 1;
      continue;
    }
    const read = escapeAt(text.slice(at, at + 12), octal, bash);
    if (read === undefined) return { text: result, ended: true };
    result += read.text;
    at += read.length;
  }
  return { text: result, ended: false };
}

/** As bash's `echo`, and that of coreutils: escapes only with `-e`. */
export function bashEcho(args: readonly string[]): string {
  let newline = "\n";
  let interpret = false;
  let first = 0;
  for (; /^-[neE]+$/.test(args[first] ?? ""); first += 1) {
    for (const option of args[first]?.slice(1) ?? "") {
      if (option === "n") newline = "";
      else interpret = option === "e";
    }
  }
  const text = args.slice(first).join(" ");
  if (!interpret) return text + newline;
  const escaped = withEscapes(text, "\\0", true);
  return escaped.text + (escaped.ended ? "" : newline);
}

/** As dash's `echo`: escapes always, and no option but `-n`. */
export function dashEcho(args: readonly string[]): string {
  const silent = args[0] === "-n";
  const { text, ended } = withEscapes((silent ? args.slice(1) : args).join(" "), "\\0", false);
  return text + (silent || ended ? "" : "\n");
}

/** What `printf` comes to. */
export interface Formatted {
  readonly text: string;
  /** What is wrong with the arguments. */
  readonly wrong: readonly string[];
  /** The format itself is wrong. */
  readonly stopped: boolean;
}

const directive = /%([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d*))?([hlLjzt]*)([A-Za-z%])/y;

/** The format is used again until no argument is left. `zone`: `TZ`, in which bash shows a time. */
export function formatted(format: string, given: readonly string[], bash: boolean, zone?: string): Formatted {
  const printing = new Formatting([...given], bash, zone);
  let stopped: boolean;
  let before: number;
  do {
    before = printing.left;
    stopped = printing.once(format);
  } while (!stopped && printing.left > 0 && printing.left < before);
  return { text: printing.text, wrong: printing.wrong, stopped: stopped && printing.failed };
}

class Formatting {
  text = "";
  readonly wrong: string[] = [];
  failed = false;

  constructor(
    private readonly values: string[],
    private readonly bash: boolean,
    private readonly zone: string | undefined,
  ) {}

  get left(): number {
    return this.values.length;
  }

  /** True if nothing more is to be printed. */
  once(format: string): boolean {
    let plain = "";
    const flush = () => {
      this.text += withEscapes(plain, "\\", this.bash).text;
      plain = "";
    };
    for (let at = 0; at < format.length; ) {
      const character = format.charAt(at);
      if (character === "\\") {
        plain += format.slice(at, at + 2);
        at += 2;
        continue;
      }
      if (character !== "%") {
        plain += character;
        at += 1;
        continue;
      }
      flush();
      const [dated, wanted] = (this.bash && /^%\(([^)]*)\)T/.exec(format.slice(at))) || [];
      if (dated !== undefined && wanted !== undefined) {
        this.text += this.#time(wanted);
        at += dated.length;
        continue;
      }
      directive.lastIndex = at;
      const found = directive.exec(format);
      const ended = found === null ? this.#invalid(format.slice(at, at + 2)) : this.#directive(found);
      if (ended) return true;
      at = directive.lastIndex;
    }
    flush();
    return false;
  }

  /** bash's `%(…)T`: seconds of the epoch, or now. */
  #time(format: string): string {
    const given = this.values.shift();
    const seconds = given === undefined || given === "-1" || given === "-2" ? undefined : this.#number(given);
    return formattedDate(format || "%X", shownIn(this.zone, seconds === undefined ? Date.now() : seconds * 1000));
  }

  #invalid(shown: string): boolean {
    this.wrong.push(this.bash ? `\`${shown.slice(1)}': invalid format character` : `${shown}: invalid directive`);
    this.failed = true;
    return true;
  }

  #directive([whole, flags = "", wide, precise, , kind = ""]: RegExpExecArray): boolean {
    if (kind === "%") {
      this.text += "%";
      return false;
    }
    const width = wide === "*" ? this.#number(this.values.shift() ?? "0") : Number(wide ?? 0);
    const left = flags.includes("-") || width < 0;
    const given = precise === "*" ? String(this.#number(this.values.shift() ?? "0")) : precise;
    const precision = given === undefined ? undefined : Number(given);
    const value = this.values.shift();
    let shown: string | undefined;
    let ended = false;
    if (kind === "b") {
      const escaped = withEscapes(value ?? "", "%b", this.bash);
      shown = cut(escaped.text, precision);
      ended = escaped.ended;
    } else shown = this.#shown(kind, value, flags, precision);
    if (shown === undefined) return this.#invalid(whole);
    const numeric = "diouxXeEfFgG".includes(kind);
    const zeros = numeric && flags.includes("0") && !left && !(precision !== undefined && "diouxX".includes(kind));
    this.text += padded(shown, Math.abs(width), left, zeros);
    return ended;
  }

  #shown(kind: string, value: string | undefined, flags: string, precision: number | undefined): string | undefined {
    switch (kind) {
      case "s":
        return cut(value ?? "", precision);
      case "c":
        return [...(value ?? "")][0] ?? "";
      case "q":
        return this.bash ? quotedWord(value ?? "") : undefined;
      case "d":
      case "i":
        return signed(digits(this.#integer(value), precision), flags);
      case "u":
        return digits(BigInt.asUintN(64, this.#integer(value)), precision);
      case "o":
      case "x":
      case "X":
        return this.#inBase(kind, value, flags, precision);
      case "e":
      case "E":
      case "f":
      case "F":
      case "g":
      case "G":
        return signed(floating(kind, this.#float(value), precision ?? 6, flags), flags);
      default:
        return undefined;
    }
  }

  #inBase(kind: "o" | "x" | "X", value: string | undefined, flags: string, precision: number | undefined): string {
    const number = BigInt.asUintN(64, this.#integer(value));
    const text = number.toString(kind === "o" ? 8 : 16).padStart(precision ?? 0, "0");
    const prefix = !flags.includes("#") || number === 0n ? "" : kind === "o" ? "0" : "0x";
    return kind === "X" ? (prefix + text).toUpperCase() : prefix + text;
  }

  #number(text: string): number {
    return Number(this.#integer(text));
  }

  #integer(text: string | undefined): bigint {
    if (text === undefined || text === "") return 0n;
    if (/^['"]/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
    const [whole = "", sign, number = ""] = /^\s*([-+]?)(0[xX][0-9A-Fa-f]+|0[0-7]*|[1-9]\d*)/.exec(text) ?? [];
    if (whole.length < text.length) this.#wrongNumber(text, whole === "");
    if (number === "") return 0n;
    const value = BigInt(/^0[0-7]+$/.test(number) ? `0o${number.slice(1)}` : number);
    return BigInt.asIntN(64, sign === "-" ? -value : value);
  }

  #float(text: string | undefined): number {
    if (text === undefined || text === "") return 0;
    if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0;
    const [whole = ""] = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(text) ?? [];
    if (whole.length < text.length) this.#wrongNumber(text, whole === "");
    return Number(whole);
  }

  #wrongNumber(text: string, none: boolean): void {
    if (this.bash) this.wrong.push(`${text}: invalid number`);
    else this.wrong.push(none ? `${text}: expected numeric value` : `${text}: not completely converted`);
  }
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined || precision < 0 ? text : text.slice(0, precision);
}

function digits(value: bigint, precision = 0): string {
  const text = String(value < 0n ? -value : value).padStart(precision, "0");
  return value < 0n ? `-${text}` : text;
}

function signed(text: string, flags: string): string {
  if (text.startsWith("-")) return text;
  return flags.includes("+") ? `+${text}` : flags.includes(" ") ? ` ${text}` : text;
}

function floating(kind: string, value: number, precision: number, flags: string): string {
  const lower = kind.toLowerCase();
  const places = Math.min(100, precision);
  let text: string;
  if (lower === "f") text = fixed(value, places);
  else if (lower === "e") text = exponent(value.toExponential(places));
  else text = general(value, Math.max(1, places), flags.includes("#"));
  return kind === lower ? text : text.toUpperCase();
}

/** As C writes and rounds: a value just between two goes to the even one, and not up as in JavaScript. */
function fixed(value: number, places: number): string {
  // From here on JavaScript writes an exponent; such numbers are whole.
  if (Math.abs(value) >= 1e21 && Number.isFinite(value)) {
    return `${BigInt(value)}${places === 0 ? "" : `.${"0".repeat(places)}`}`;
  }
  const text = value.toFixed(places);
  const rest = value.toFixed(100).split(".")[1]?.slice(places) ?? "";
  if (places >= 100 || !/^50*$/.test(rest) || !/[13579]$/.test(text)) return text;
  return value.toFixed(100).slice(0, places === 0 ? -101 : places - 100);
}

function general(value: number, precision: number, keeps: boolean): string {
  if (value === 0) return "0";
  const power = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(precision)))));
  const scientific = power < -4 || power >= precision;
  const text = scientific ? value.toExponential(precision - 1) : value.toFixed(Math.max(0, precision - 1 - power));
  const short = keeps || !text.includes(".") ? text : text.replace(/\.?0+(?=e|$)/, "");
  return scientific ? exponent(short) : short;
}

/** C has two digits at least. */
function exponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, "e$10$2");
}

function padded(text: string, width: number, left: boolean, zeros: boolean): string {
  if (left) return text.padEnd(width);
  if (!zeros) return text.padStart(width);
  const [, sign = "", rest = ""] = /^([-+ ]?(?:0[xX])?)(.*)$/s.exec(text) ?? [];
  return sign + rest.padStart(width - sign.length, "0");
}

function quotedWord(text: string): string {
  if (text === "") return "''";
  if (Array.from(text).some((character) => character < " "))
    return `$'${text.replace(/['\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}'`;
  return text.replace(/[^\w@%+=:,./-]/g, "\\$&");
}
