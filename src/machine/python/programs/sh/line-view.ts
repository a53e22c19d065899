/** Draws a line that is typed, over as many rows as it takes. */
export class LineView {
  /** The row of the cursor, counted from the prompt's. */
  #row = 0;

  constructor(
    private readonly prompt: string,
    private readonly columns: () => number,
  ) {}

  /** What to print so that the terminal shows the line, whatever of it was shown before. `prompt`: another one for now. */
  draw(text: string, beforeCursor: string, prompt = this.prompt): string {
    const columns = Math.max(1, this.columns());
    const before = width(prompt) + width(beforeCursor);
    const whole = width(prompt) + width(text);
    const up = this.#row > 0 ? `\x1b[${this.#row}A` : "";
    let drawn = `${up}\r\x1b[J${prompt}${text}`;
    // A terminal keeps its cursor at the last column until something more is printed.
    if (whole > 0 && whole % columns === 0) drawn += "\r\n";
    const lastRow = Math.floor(whole / columns);
    this.#row = Math.floor(before / columns);
    if (lastRow > this.#row) drawn += `\x1b[${lastRow - this.#row}A`;
    const column = before % columns;
    return `${drawn}\r${column > 0 ? `\x1b[${column}C` : ""}`;
  }

  /**
   * What to print so that the prompt begins a row, whatever a program left in it: blanks wrap unless the row is empty.
   */
  freshRow(): string {
    return `${" ".repeat(Math.max(0, this.columns() - 1))}\r`;
  }

  /** The next drawing begins on a row of its own. */
  leave(): void {
    this.#row = 0;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const escapes = /\x1b\[[0-9;]*m/g;
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u;

/** Columns that a text takes. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text.replace(escapes, "")) {
    if (/\p{Mn}/u.test(character)) continue;
    columns += wide.test(character) ? 2 : 1;
  }
  return columns;
}
