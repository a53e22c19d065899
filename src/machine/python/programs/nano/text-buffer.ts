/** A place in a text: the line, and the characters (UTF-16 units) before it in that line. */
export interface TextPlace {
  readonly row: number;
  readonly column: number;
}

interface State extends TextPlace {
  readonly lines: readonly string[];
}

/** So many steps can be taken back. */
const mostSteps = 200;

/** A text that is edited: its lines, a cursor, what was cut, and the way back. No screen, no file. */
export class TextBuffer {
  #lines: readonly string[];
  #row = 0;
  #column = 0;
  /** Where the cursor wants to be when it goes up and down through shorter lines. */
  #wanted = 0;
  #cut: readonly string[] = [];
  #wasCut = false;
  readonly #back: State[] = [];
  readonly #forth: State[] = [];
  /** The latest change was a typed character: the next belongs to the same step. */
  #typing = false;
  #saved: readonly string[];

  constructor(text: string) {
    this.#lines = text.split("\n");
    this.#saved = this.#lines;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  get place(): TextPlace {
    return { row: this.#row, column: this.#column };
  }

  get modified(): boolean {
    return this.#lines !== this.#saved && this.text !== this.#saved.join("\n");
  }

  get text(): string {
    return this.#lines.join("\n");
  }

  /** What is there now is in the file. */
  wasSaved(): void {
    this.#saved = this.#lines;
  }

  get #line(): string {
    return this.#lines[this.#row] ?? "";
  }

  /** Puts text in at the cursor. Line ends in it make lines. */
  insert(text: string): void {
    const isTyped = [...text].length === 1 && text !== "\n";
    if (!(isTyped && this.#typing)) this.#remember();
    this.#typing = isTyped;
    const before = this.#line.slice(0, this.#column);
    const after = this.#line.slice(this.#column);
    const pieces = `${before}${text}`.split("\n");
    const last = pieces.at(-1) ?? "";
    this.#replaceRows(this.#row, 1, [...pieces.slice(0, -1), last + after]);
    this.#set(this.#row + pieces.length - 1, last.length);
  }

  /** Takes the character before the cursor away, or the line's beginning. False at the beginning of all. */
  backspace(): boolean {
    if (this.#row === 0 && this.#column === 0) return false;
    this.left();
    return this.delete();
  }

  /** Takes the character behind the cursor away, or the line's end. False at the end of all. */
  delete(): boolean {
    const line = this.#line;
    if (this.#column === line.length && this.#row === this.#lines.length - 1) return false;
    this.#change();
    const { row, column } = this.place;
    if (column === line.length) this.#replaceRows(row, 2, [line + (this.#lines[row + 1] ?? "")]);
    else this.#replaceRows(row, 1, [line.slice(0, column) + line.slice(column + this.#length(column))]);
    this.#set(row, column);
    return true;
  }

  /** Cuts the line out; lines that are cut one after the other are kept together. False if there is none. */
  cutLine(): boolean {
    if (this.#lines.length === 1 && this.#line === "") return false;
    const wasCut = this.#wasCut;
    this.#change();
    this.#cut = [...(wasCut ? this.#cut : []), this.#line];
    const isLast = this.#row === this.#lines.length - 1;
    this.#replaceRows(this.#row, 1, isLast ? [""] : []);
    this.#set(this.#row, 0);
    this.#wasCut = true;
    return true;
  }

  /** Puts in what was cut. False if nothing was. */
  paste(): boolean {
    if (this.#cut.length === 0) return false;
    this.insert(`${this.#cut.join("\n")}\n`);
    return true;
  }

  undo(): boolean {
    return this.#travel(this.#back, this.#forth);
  }

  redo(): boolean {
    return this.#travel(this.#forth, this.#back);
  }

  left(): void {
    const { row, column } = this.place;
    if (column > 0) this.#move(row, column - this.#lengthBefore(column));
    else if (row > 0) this.#move(row - 1, (this.#lines[row - 1] ?? "").length);
  }

  right(): void {
    const { row, column } = this.place;
    if (column < this.#line.length) this.#move(row, column + this.#length(column));
    else if (row < this.#lines.length - 1) this.#move(row + 1, 0);
  }

  /** So many lines down, or up. */
  down(rows: number): void {
    const row = Math.max(0, Math.min(this.#lines.length - 1, this.#row + rows));
    const wanted = this.#wanted;
    this.#move(row, Math.min(wanted, (this.#lines[row] ?? "").length));
    this.#wanted = wanted;
  }

  home(): void {
    this.#move(this.#row, 0);
  }

  end(): void {
    this.#move(this.#row, this.#line.length);
  }

  /** To the beginning of the next word, or (`-1`) of the one before. */
  word(direction: 1 | -1): void {
    const isWord = () => /[\p{L}\p{N}_]/u.test(this.#line.charAt(this.#column));
    const step = () => {
      const { row, column } = this.place;
      if (direction === 1) this.right();
      else this.left();
      return row !== this.#row || column !== this.#column;
    };
    if (direction === 1) {
      while (isWord() && step());
      while (!isWord() && step());
      return;
    }
    if (!step()) return;
    while (!isWord() && step());
    while (this.#column > 0 && /[\p{L}\p{N}_]/u.test(this.#line.charAt(this.#column - 1)) && step());
  }

  /** To a place, or as near as there is one. */
  go({ row, column }: TextPlace): void {
    const near = Math.max(0, Math.min(this.#lines.length - 1, row));
    this.#move(near, Math.max(0, Math.min((this.#lines[near] ?? "").length, column)));
  }

  /** Where a text is found next, from behind the cursor and around the end; undefined: nowhere. Case does not matter. */
  find(wanted: string): TextPlace | undefined {
    const count = this.#lines.length;
    const looked = wanted.toLowerCase();
    for (let step = 0; step <= count; step += 1) {
      const row = (this.#row + step) % count;
      const line = (this.#lines[row] ?? "").toLowerCase();
      const column = line.indexOf(looked, step === 0 ? this.#column + 1 : 0);
      if (column !== -1) return { row, column };
    }
    return undefined;
  }

  /** Puts text in place of so many characters behind the cursor. */
  replace(length: number, text: string): void {
    this.#change();
    const { row, column } = this.place;
    this.#replaceRows(row, 1, [this.#line.slice(0, column) + text + this.#line.slice(column + length)]);
    this.#set(row, column + text.length);
  }

  #change(): void {
    this.#remember();
    this.#typing = false;
  }

  #remember(): void {
    this.#back.push({ lines: this.#lines, ...this.place });
    if (this.#back.length > mostSteps) this.#back.shift();
    this.#forth.length = 0;
    this.#wasCut = false;
  }

  #travel(from: State[], to: State[]): boolean {
    const state = from.pop();
    if (state === undefined) return false;
    to.push({ lines: this.#lines, ...this.place });
    this.#lines = state.lines;
    this.#set(state.row, state.column);
    this.#typing = false;
    this.#wasCut = false;
    return true;
  }

  #move(row: number, column: number): void {
    this.#typing = false;
    this.#wasCut = false;
    this.#set(row, column);
  }

  #set(row: number, column: number): void {
    this.#row = row;
    this.#column = column;
    this.#wanted = column;
  }

  #replaceRows(row: number, count: number, lines: readonly string[]): void {
    this.#lines = this.#lines.toSpliced(row, count, ...lines);
  }

  /** Units of the character behind a place: two for one outside of the basic plane. */
  #length(column: number): number {
    return String.fromCodePoint(this.#line.codePointAt(column) ?? 0).length;
  }

  #lengthBefore(column: number): number {
    return column > 1 && /[\udc00-\udfff]/.test(this.#line.charAt(column - 1)) ? 2 : 1;
  }
}
