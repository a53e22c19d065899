import { width } from "../sh/line-view.ts";
import type { TextPlace } from "./text-buffer.ts";

/** A terminal's size, in characters. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** What is on the screen. */
export interface NanoView {
  readonly title: string;
  readonly modified: boolean;
  readonly lines: readonly string[];
  readonly cursor: TextPlace;
  /** The first line that is shown. */
  readonly top: number;
  readonly numbers: boolean;
  /** A message, in the line above the keys. */
  readonly message: string;
  /** A question with what was typed so far, in place of the message. */
  readonly question: { readonly label: string; readonly text: string } | undefined;
  /** Keys and what they do, two rows of them. */
  readonly keys: readonly (readonly [key: string, meaning: string])[];
}

/** Rows that are left for the text. */
export function textRows({ rows }: ScreenSize): number {
  return Math.max(1, rows - 4);
}

const inverse = (text: string) => `\x1b[7m${text}\x1b[0m`;

/** What to print for the whole screen, wherever the terminal's cursor was. */
export function drawn(view: NanoView, size: ScreenSize): string {
  const { columns } = size;
  const rows: string[] = [inverse(titleBar(view, columns))];
  const margin = view.numbers ? `${view.lines.length}`.length + 2 : 0;
  const space = Math.max(1, columns - margin);
  const cursor = columnOf(view.lines[view.cursor.row] ?? "", view.cursor.column);
  const shift = shiftOf(cursor, space);
  for (let index = 0; index < textRows(size); index += 1) {
    const row = view.top + index;
    const line = view.lines[row];
    if (line === undefined) {
      rows.push("");
      continue;
    }
    const number = view.numbers ? `${String(row + 1).padStart(margin - 1)} ` : "";
    rows.push(number + part(expanded(line), row === view.cursor.row ? shift : 0, space));
  }
  const { question } = view;
  rows.push(
    question === undefined
      ? centred(view.message, columns)
      : inverse(fitted(`${question.label}: ${question.text}`, columns)),
  );
  rows.push(...keyRows(view.keys, columns));
  const place =
    question === undefined
      ? { row: view.cursor.row - view.top + 2, column: margin + cursor - shift + 1 }
      : { row: textRows(size) + 2, column: Math.min(columns, width(`${question.label}: ${question.text}`) + 1) };
  const text = rows.map((row, index) => `\x1b[${index + 1};1H\x1b[2K${row}`).join("");
  return `\x1b[?25l${text}\x1b[${place.row};${place.column}H\x1b[?25h`;
}

function titleBar({ modified, title }: NanoView, columns: number): string {
  const left = "  nano";
  const right = modified ? "Modified  " : "          ";
  const space = Math.max(0, columns - left.length - right.length);
  const name = title.length > space ? `...${title.slice(-(space - 3))}` : title;
  const before = Math.floor((space - name.length) / 2);
  return fitted(`${left}${" ".repeat(before)}${name}`, columns - right.length) + right;
}

/** Exactly so many columns. */
function fitted(text: string, columns: number): string {
  const cut = part(text, 0, columns);
  return cut + " ".repeat(Math.max(0, columns - width(cut)));
}

function centred(message: string, columns: number): string {
  if (message === "") return "";
  const text = part(`[ ${message} ]`, 0, columns);
  return " ".repeat(Math.max(0, Math.floor((columns - width(text)) / 2))) + inverse(text);
}

/** Keys in two rows, as many as fit. */
function keyRows(keys: NanoView["keys"], columns: number): readonly [string, string] {
  const pairs = Math.max(1, Math.min(Math.ceil(keys.length / 2), Math.floor(columns / 13)));
  const room = Math.floor(columns / pairs);
  const row = (offset: number) =>
    Array.from({ length: pairs }, (_, index) => keys[index * 2 + offset])
      .map((key) => {
        if (key === undefined) return "";
        const text = fitted(` ${key[1]}`, Math.max(0, room - key[0].length));
        return `${inverse(key[0])}${text}`;
      })
      .join("");
  return [row(0), row(1)];
}

/** How far a line is moved to the left, so that its cursor is seen. */
function shiftOf(cursor: number, space: number): number {
  if (cursor < space - 1) return 0;
  const step = Math.max(1, space - 8);
  return Math.floor((cursor - 7) / step) * step;
}

/** Columns from one on, with marks where more of the line is. */
function part(text: string, shift: number, space: number): string {
  if (shift === 0 && width(text) <= space) return text;
  let column = 0;
  let shown = "";
  for (const character of text) {
    const wide = width(character);
    if (column >= shift && column + wide <= shift + space) shown += character;
    column += wide;
  }
  const before = shift > 0 ? `<${shown.slice(1)}` : shown;
  return column > shift + space ? `${[...before].slice(0, -1).join("")}>` : before;
}

/** A line as it is shown: tabs to the next eighth column, control characters as `^A`. */
function expanded(line: string): string {
  let shown = "";
  for (const character of line) {
    if (character === "\t") shown += " ".repeat(8 - (width(shown) % 8));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
    else if (/[\x00-\x1f\x7f]/.test(character)) shown += `^${String.fromCharCode(character.charCodeAt(0) ^ 0x40)}`;
    else shown += character;
  }
  return shown;
}

/** The column of a place in a line. */
function columnOf(line: string, column: number): number {
  return width(expanded(line.slice(0, column)));
}
