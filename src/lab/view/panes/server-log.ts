/**
 * Makes a server's output easier to read on a terminal: lines break between words, time stamps stand back, and lines of
 * an access log that say the same become one with a count. Only whole lines of plain text are touched. What a program
 * draws (an open line, a moved cursor, the other screen) passes as it is.
 */
import { formatCount } from "../../basics/number-format.ts";
import { accessOf } from "./access-line.ts";

/** Stands where a line was broken between words: invisible, and gone from what is copied. */
const broken = "\u200b";

const esc = "\x1b";
/** A colour, bold and the like. */
const style = String.raw`${esc}\[[\d;:]*m`;
const styles = new RegExp(style, "g");
/** A style, white space, or a word. */
const parts = new RegExp(String.raw`${style}|[ \t]+|[^ \t${esc}]+`, "g");
/** Text whose characters are one column wide each. */
const narrow = new RegExp(`^[\t${esc} -~\u00a0-\u02ff\u2010-\u203a\u2500-\u257f]*$`);
/** To the other screen, and back. */
const otherScreen = new RegExp(String.raw`${esc}\[\?(?:1049|1047|47)([hl])`, "g");

const day = String.raw`\d{4}-\d{2}-\d{2}`;
const clock = String.raw`\d{2}:\d{2}:\d{2}(?:[.,]\d{1,6})?`;
/** When it was written, as logs say it: ISO, Apache's, C's. */
const timeStamp = new RegExp(
  [
    String.raw`\[?${day}[ T]${clock}(?: ?[+-]\d{4}|Z)?\]?`,
    String.raw`\[\d{2}/[A-Z][a-z]{2}/\d{4}[: ]${clock}(?: [+-]\d{4})?\]`,
    String.raw`\[?[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d ${clock} \d{4}\]?`,
    String.raw`^[A-Z][a-z]{2} [ \d]\d ${clock}`,
  ].join("|"),
);

const dim = "\x1b[90m";
const bold = "\x1b[1m";
const endOfColour = "\x1b[39m";
const endOfBold = "\x1b[22m";
const tabStop = 8;
/** More kinds of requests than this begin a new group. */
const mostTogether = 6;
/** A sequence that was cut in two by the end of a piece is found in this many characters. */
const longestSequence = 8;

/** The size of a terminal. */
export interface LogSize {
  readonly columns: number;
  readonly rows: number;
}

/** Lines that say the same. */
interface Repeated {
  readonly access: string;
  /** The last of them, its rows as they are shown. */
  line: string;
  count: number;
  /** Rows on the screen, 0 before it is drawn. */
  rows: number;
  changed: boolean;
}

/** What a terminal is to show for a server's output. */
export class ServerLog {
  readonly #size: () => LogSize;
  readonly #decoder = new TextDecoder();
  /** Lines of the access log at the end of the screen. */
  #group: Repeated[] = [];
  #atLineStart = true;
  #onOtherScreen = false;
  #lastRaw = "";

  constructor(size: () => LogSize) {
    this.#size = size;
  }

  /** @returns what to write to the terminal, in which LF begins a line at its first column */
  write(bytes: Uint8Array): string {
    const text = this.#decoder.decode(bytes, { stream: true });
    const out: string[] = [];
    for (const piece of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) this.#add(piece, out);
    this.#draw(out);
    return out.join("");
  }

  #add(piece: string, out: string[]): void {
    const whole = piece.endsWith("\n");
    const line = whole ? piece.replace(/\r?\n$/, "") : piece;
    if (!whole || !this.#atLineStart || this.#onOtherScreen || !isPlain(line)) {
      this.#endGroup(out);
      out.push(piece);
      this.#atLineStart = whole;
      this.#followScreens(piece);
      return;
    }
    const access = accessOf(line.replaceAll(styles, ""));
    if (access === undefined) {
      this.#endGroup(out);
      out.push(wrap(standBack(line), this.#size().columns).text);
    } else this.#repeat(access, line, out);
  }

  #repeat(access: string, line: string, out: string[]): void {
    const known = this.#group.find((each) => each.access === access);
    if (known !== undefined) {
      known.line = line;
      known.count++;
      known.changed = true;
      return;
    }
    if (this.#group.length === mostTogether) this.#endGroup(out);
    this.#group.push({ access, line, count: 1, rows: 0, changed: true });
  }

  /** Draws the group from the first line that has changed on: those below it may stand elsewhere now. */
  #draw(out: string[]): void {
    const first = this.#group.findIndex(({ changed }) => changed);
    if (first === -1) return;
    const { columns, rows: height } = this.#size();
    const stale = this.#group.slice(first);
    const back = stale.reduce((sum, { rows }) => sum + rows, 0);
    if (back > 0) out.push(`\x1b[${back}A\r\x1b[J`);
    for (const repeated of stale) {
      const { line, count } = repeated;
      const counted = count === 1 ? "" : ` ${bold}× ${formatCount(count)}${endOfBold}`;
      const { text, rows } = wrap(standBack(line) + counted, columns);
      out.push(text);
      repeated.rows = rows;
      repeated.changed = false;
    }
    // What has left the screen cannot be drawn again.
    if (this.#group.reduce((sum, { rows }) => sum + rows, 0) >= height - 1) this.#group = [];
  }

  #endGroup(out: string[]): void {
    this.#draw(out);
    this.#group = [];
  }

  #followScreens(piece: string): void {
    const seen = this.#lastRaw + piece;
    for (const [, way] of seen.matchAll(otherScreen)) this.#onOtherScreen = way === "h";
    this.#lastRaw = seen.slice(-longestSequence + 1);
  }
}

/** What was copied from such a terminal, with its lines as they were written. */
export function withoutBreaks(text: string): string {
  return text.replaceAll(new RegExp(String.raw` *${broken}\r?\n`, "g"), " ");
}

/** Printable text with styles at most, of which each character takes a column. */
function isPlain(line: string): boolean {
  return narrow.test(line) && !line.replaceAll(styles, "").includes("\x1b");
}

function standBack(line: string): string {
  const found = timeStamp.exec(line);
  // One that has a colour keeps it.
  if (found === null || line.slice(0, found.index).includes("\x1b")) return line;
  const [stamp] = found;
  const after = line.slice(found.index + stamp.length);
  return `${line.slice(0, found.index)}${dim}${stamp}${endOfColour}${after}`;
}

/** A line as it is written to the terminal, and the rows that it takes there. */
interface Wrapped {
  readonly text: string;
  readonly rows: number;
}

/** Breaks a line between words. A word that is longer than a row flows on, as a terminal does it by itself. */
function wrap(line: string, columns: number): Wrapped {
  let text = "";
  let rows = 1;
  let column = 0;
  let afterSpace = false;
  for (const [part] of line.matchAll(parts)) {
    if (part.startsWith("\x1b")) {
      text += part;
      continue;
    }
    const space = part.startsWith(" ") || part.startsWith("\t");
    const width = space ? widthOf(part, column) : part.length;
    if (column + width <= columns) text += part;
    else if (space)
      text += " ".repeat(columns - column); // The rest would begin the next row.
    else if (afterSpace && width <= columns) {
      text += `${broken}\n${part}`;
      rows++;
      column = 0;
    } else text += part;
    column = space ? Math.min(columns, column + width) : column + width;
    while (column > columns) {
      rows++;
      column -= columns;
    }
    afterSpace = space;
  }
  return { text: `${text}\n`, rows };
}

function widthOf(space: string, column: number): number {
  let at = column;
  for (const each of space) at += each === "\t" ? tabStop - (at % tabStop) : 1;
  return at - column;
}
