/**
 * What a comparison shows, row by row: nothing in it is out of sight, and a short link cannot fill the page. Characters
 * that cannot be seen are spelt out, long lines go on in further rows, and what would be too many rows is folded.
 */
import { type LinePart, stretchesOf } from "../basics/hidden-characters.ts";
import type { ComparedLine } from "./differences.ts";

/** A row of a comparison. */
export interface ComparedRow {
  readonly kind: ComparedLine["kind"];
  /** It goes on with the line of the row before. */
  readonly goesOn: boolean;
  readonly stretches: readonly LinePart[];
  /** So many lines without any text, one after another. */
  readonly emptyLines?: number;
}

/** Rows that are shown at once, and those for which the reader has to ask. */
export interface Folding {
  readonly rows: readonly ComparedRow[];
  /** Lines that are not shown. */
  readonly folded: number;
}

/** A row is cut after so many characters. Wrapped, it takes some lines of the page. */
const longestRow = 400;
/** A row is cut after so many stretches: each is an element of the page. */
const mostStretches = 40;
/** More empty lines in a row than this are counted rather than shown: what follows them would be out of sight. */
const mostEmpty = 3;
/** What is shown before the reader asks for more, and each time they do: rows, and elements of the page. */
const page = { rows: 200, elements: 2000 } as const;
/** Of a row without any mark. */
const elementsOfRow = 4;

/** The rows of these lines as far as `pages` pages go. */
export function foldedRows(lines: readonly ComparedLine[], pages: number): Folding {
  const rows: ComparedRow[] = [];
  let elements = 0;
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (line === undefined) break;
    const empty = emptyFrom(lines, at);
    const counted = empty > mostEmpty;
    const more = counted ? [emptyRow(line.kind, empty)] : rowsOf(line);
    for (const row of more) {
      elements += elementsOfRow + row.stretches.length;
      if (rows.length >= pages * page.rows || elements > pages * page.elements) {
        return { rows, folded: lines.length - at };
      }
      rows.push(row);
    }
    at += counted ? empty : 1;
  }
  return { rows, folded: 0 };
}

/** How many empty lines of one kind follow each other here. */
function emptyFrom(lines: readonly ComparedLine[], at: number): number {
  const kind = lines[at]?.kind;
  let count = 0;
  if (kind === "gap") return 0;
  for (; at + count < lines.length; count += 1) {
    const line = lines[at + count];
    if (line === undefined || line.kind !== kind || !/^[ \t]*$/.test(line.text)) break;
  }
  return count;
}

function emptyRow(kind: ComparedLine["kind"], emptyLines: number): ComparedRow {
  return { kind, goesOn: false, stretches: [], emptyLines };
}

function rowsOf({ kind, text }: ComparedLine): readonly ComparedRow[] {
  const rows: { kind: ComparedLine["kind"]; goesOn: boolean; stretches: LinePart[] }[] = [];
  let length = 0;
  const begin = () => {
    length = 0;
    rows.push({ kind, goesOn: rows.length > 0, stretches: [] });
  };
  const put = (stretch: LinePart, characters: number) => {
    const row = rows.at(-1);
    if (row === undefined || length + characters > longestRow || row.stretches.length >= mostStretches) begin();
    rows.at(-1)?.stretches.push(stretch);
    length += characters;
  };
  begin();
  // A carriage return before the end of a line is a part of that end.
  const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
  for (const stretch of stretchesOf(whole)) {
    if (stretch.kind === "text")
      for (const part of partsOf(stretch.text)) put({ kind: "text", text: part }, part.length);
    else put(stretch, 1);
    if (stretch.kind === "hidden" && stretch.breaks) begin();
  }
  if (whole !== text) put({ kind: "hidden", character: "\r", count: 1, breaks: false }, 1);
  return rows;
}

/** A text in parts that fit in a row, none of which ends within a character. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (let begin = 0; begin < text.length; ) {
    let end = Math.min(text.length, begin + longestRow);
    if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1;
    parts.push(text.slice(begin, end));
    begin = end;
  }
  return parts;
}
