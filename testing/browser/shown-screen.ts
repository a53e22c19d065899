import headless from "@xterm/headless";

/** A place in what a terminal has shown. */
export interface ScreenPlace {
  readonly row: number;
  readonly column: number;
}

/**
 * What a reader has before their eyes: a terminal that draws what a program sends, without a window. A shell draws a line again with each key, so
 * that its bytes are no text.
 */
export class ShownScreen {
  readonly #terminal: InstanceType<typeof headless.Terminal>;

  constructor(columns: number, rows: number) {
    this.#terminal = new headless.Terminal({ cols: columns, rows, scrollback: 100_000, allowProposedApi: true });
  }

  /** Resolves once it is drawn. */
  write(bytes: string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(bytes, resolve));
  }

  /** Where the cursor stands. */
  get place(): ScreenPlace {
    const { baseY, cursorY, cursorX } = this.#terminal.buffer.active;
    return { row: baseY + cursorY, column: cursorX };
  }

  /** The text from there on: lines ended by `\n`; one that the terminal has wrapped is one. Cells that nothing was written to are none. */
  textSince({ row, column }: ScreenPlace): string {
    const { active } = this.#terminal.buffer;
    let text = "";
    for (let at = row; at <= this.#lastRow(); at += 1) {
      const line = active.getLine(at);
      if (at > row && line?.isWrapped !== true) text += "\n";
      text += line?.translateToString(true, at === row ? column : 0) ?? "";
    }
    return text;
  }

  /** The screen as it stands now, row by row, without blanks at the ends. */
  get rows(): readonly string[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, index) => {
      return active.getLine(active.viewportY + index)?.translateToString(true) ?? "";
    });
  }

  /** The last row that holds anything, at least that of the cursor. */
  #lastRow(): number {
    const { active } = this.#terminal.buffer;
    let last = active.length - 1;
    while (last > this.place.row && active.getLine(last)?.translateToString(true) === "") last -= 1;
    return last;
  }
}
