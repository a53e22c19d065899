/** A text that is read from its beginning to its end, with the number of its line. */
export class TextReader {
  at = 0;
  /** Up to where lines were counted. */
  #counted = 0;
  #lines: number;

  constructor(
    public text: string,
    firstLine = 1,
  ) {
    this.#lines = firstLine;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** The character here; empty at the end. */
  get character(): string {
    return this.text.charAt(this.at);
  }

  /** The number of this line. Where it is only looked ahead, lines are counted back. */
  get line(): number {
    const [from, to] = this.at < this.#counted ? [this.at, this.#counted] : [this.#counted, this.at];
    let lines = 0;
    for (let at = this.text.indexOf("\n", from); at !== -1 && at < to; at = this.text.indexOf("\n", at + 1)) lines += 1;
    this.#lines += this.at < this.#counted ? -lines : lines;
    this.#counted = this.at;
    return this.#lines;
  }

  peek(offset: number): string {
    return this.text.charAt(this.at + offset);
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  take(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.at += text.length;
    return true;
  }

  /** What a sticky expression finds here. */
  match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    return expression.exec(this.text) ?? undefined;
  }

  /** Takes what a sticky expression finds here; empty if it finds nothing. */
  takeMatch(expression: RegExp): string {
    const [found = ""] = this.match(expression) ?? [];
    this.at += found.length;
    return found;
  }

  /**
   * Puts another text in the place of the last `length` characters before this place, and goes back to its beginning.
   */
  replaceBefore(length: number, text: string): void {
    const start = this.at - length;
    // Lines are counted up to here before they move.
    this.at = start;
    void this.line;
    this.text = this.text.slice(0, start) + text + this.text.slice(start + length);
  }
}
