import type { Key } from "./keys.ts";

/** What a key did to a search. `taken`: the line goes on with what was found; `given up`: with what stood there before. */
export type SearchEvent = "searching" | "nothing" | "taken" | "given up";

/** ^R: back through the history, as what is looked for is typed. */
export class HistorySearch {
  query = "";
  /** Where in the history it has found something; its length before that. */
  #place: number;

  constructor(private readonly history: readonly string[]) {
    this.#place = history.length;
  }

  /** What was found last; undefined before anything was. */
  get found(): string | undefined {
    return this.history[this.#place];
  }

  /** Any key that searches no further takes what was found, and is the line's own again. */
  press(key: Key): SearchEvent {
    if (key.kind === "text") {
      this.query += key.text;
      return this.#look(this.#place);
    }
    if (key.name === "search") return this.query === "" ? "searching" : this.#look(this.#place - 1);
    if (key.name === "backspace") {
      this.query = [...this.query].slice(0, -1).join("");
      return this.query === "" ? "searching" : this.#look(this.history.length);
    }
    return key.name === "interrupt" || key.name === "cancel" ? "given up" : "taken";
  }

  #look(from: number): SearchEvent {
    for (let place = Math.min(from, this.history.length - 1); place >= 0; place -= 1) {
      if (this.history[place]?.includes(this.query) !== true) continue;
      this.#place = place;
      return "searching";
    }
    return "nothing";
  }
}
