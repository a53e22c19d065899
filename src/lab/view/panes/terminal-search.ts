/** Searches what a terminal holds, with what has scrolled away. Loaded with the first search. */
import { type ISearchOptions, SearchAddon } from "@xterm/addon-search";
import type { Terminal } from "@xterm/xterm";

/** Which of the places is marked, from 1 on, 0 if none is; and how many there are. */
export interface SearchHits {
  readonly at: number;
  readonly count: number;
}

/** Places are marked alike in both themes: the terminal keeps its letters readable on them. The library takes `#rrggbb` only. */
const options: ISearchOptions = {
  decorations: {
    matchBackground: "#d9c36a",
    matchOverviewRuler: "#d9c36a",
    activeMatchBackground: "#f0a92e",
    activeMatchColorOverviewRuler: "#f0a92e",
  },
};

/** The search of one terminal. */
export class TerminalSearch {
  readonly #terminal: Terminal;
  readonly #addon = new SearchAddon();
  #text = "";

  /** Called after each search, and as what is found changes. */
  onFound: (found: SearchHits) => void = () => undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    terminal.loadAddon(this.#addon);
    this.#addon.onDidChangeResults(({ resultIndex, resultCount }) =>
      this.onFound({ at: resultIndex + 1, count: resultCount }),
    );
  }

  /** Marks every place with this text, and goes to the newest. */
  find(text: string): void {
    this.#text = text;
    this.#terminal.clearSelection();
    if (text === "") this.#addon.clearDecorations();
    this.#addon.findPrevious(text, options);
  }

  /** Goes to the place above. */
  older(): void {
    this.#addon.findPrevious(this.#text, options);
  }

  /** Goes to the place below. */
  newer(): void {
    this.#addon.findNext(this.#text, options);
  }

  /** Leaves nothing marked but what is selected. */
  end(): void {
    this.#text = "";
    this.#addon.clearDecorations();
  }
}
