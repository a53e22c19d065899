import type { Key } from "./keys.ts";

/** What a key did to a line, beyond changing it. */
export type EditorEvent = "changed" | "line" | "end" | "interrupt" | "complete" | "clear" | "search" | "bell";

/** A line that is being typed: its text, its cursor, and the way back through the history. No screen. */
export class LineEditor {
  /** Characters, so that a cursor never stands within one. */
  #characters: string[] = [];
  #cursor = 0;
  #killed: string[] = [];
  /** Where in the history it is; `history.length` is the line that is new. */
  #place: number;
  #new = "";

  constructor(private readonly history: readonly string[]) {
    this.#place = history.length;
  }

  get text(): string {
    return this.#characters.join("");
  }

  get beforeCursor(): string {
    return this.#characters.slice(0, this.#cursor).join("");
  }

  /** Puts text in place of the last `replaced` characters before the cursor. */
  insert(text: string, replaced = 0): void {
    const characters = [...text];
    this.#characters.splice(this.#cursor - replaced, replaced, ...characters);
    this.#cursor += characters.length - replaced;
  }

  /** Another line in place of this one, with the cursor at its end. */
  replace(text: string): void {
    this.#characters = [...text];
    this.#cursor = this.#characters.length;
  }

  press(key: Key): EditorEvent {
    if (key.kind === "text") {
      this.insert(key.text);
      return "changed";
    }
    const length = this.#characters.length;
    switch (key.name) {
      case "enter":
        return "line";
      case "interrupt":
        return "interrupt";
      case "tab":
        return "complete";
      case "clear":
        return "clear";
      case "search":
        return "search";
      case "end-of-file":
        return length === 0 ? "end" : this.#erase(this.#cursor, this.#cursor + 1);
      case "backspace":
        return this.#erase(this.#cursor - 1, this.#cursor);
      case "delete":
        return this.#erase(this.#cursor, this.#cursor + 1);
      case "left":
        return this.#move(this.#cursor - 1);
      case "right":
        return this.#move(this.#cursor + 1);
      case "home":
        return this.#move(0);
      case "end":
        return this.#move(length);
      case "word-left":
        return this.#move(this.#wordStart());
      case "word-right":
        return this.#move(this.#wordEnd());
      case "kill-to-end":
        return this.#kill(this.#cursor, length);
      case "kill-line":
        return this.#kill(0, this.#cursor);
      case "kill-word":
        return this.#kill(this.#wordStart(), this.#cursor);
      case "kill-next-word":
        return this.#kill(this.#cursor, this.#wordEnd());
      case "yank":
        this.insert(this.#killed.join(""));
        return "changed";
      case "up":
        return this.#recall(this.#place - 1);
      case "down":
        return this.#recall(this.#place + 1);
      case "cancel":
      case "escape":
        return "bell";
    }
  }

  #move(to: number): EditorEvent {
    if (to < 0 || to > this.#characters.length) return "bell";
    this.#cursor = to;
    return "changed";
  }

  #erase(from: number, to: number): EditorEvent {
    if (from < 0 || to > this.#characters.length) return "bell";
    this.#characters.splice(from, to - from);
    this.#cursor = from;
    return "changed";
  }

  #kill(from: number, to: number): EditorEvent {
    if (to > from) this.#killed = this.#characters.slice(from, to);
    return this.#erase(from, to);
  }

  #wordStart(): number {
    let at = this.#cursor;
    while (at > 0 && this.#characters[at - 1] === " ") at -= 1;
    while (at > 0 && this.#characters[at - 1] !== " ") at -= 1;
    return at;
  }

  #wordEnd(): number {
    let at = this.#cursor;
    while (at < this.#characters.length && this.#characters[at] === " ") at += 1;
    while (at < this.#characters.length && this.#characters[at] !== " ") at += 1;
    return at;
  }

  #recall(place: number): EditorEvent {
    if (place < 0 || place > this.history.length) return "bell";
    if (this.#place === this.history.length) this.#new = this.text;
    this.#place = place;
    this.#characters = [...(this.history[place] ?? this.#new)];
    this.#cursor = this.#characters.length;
    return "changed";
  }
}
