/** A terminal on screen: xterm.js in the page's colours. Loaded only when a server is started. */
import { FitAddon } from "@xterm/addon-fit";
import { type ITheme, Terminal } from "@xterm/xterm";
import xtermStyle from "@xterm/xterm/css/xterm.css?inline";
import type { TerminalSize, Unsubscribe } from "../../../machine/machine.ts";
import type { OutputLog } from "../../side/output-log.ts";
import { addLibraryStyle } from "../ui/library-style.ts";
import { colorOf, onThemeChange } from "../ui/theme.ts";
import { ServerLog, withoutBreaks } from "./server-log.ts";
import type { SearchHits, TerminalSearch } from "./terminal-search.ts";

/** What a terminal tells. */
export interface TerminalOptions {
  /** What its input is called for screen readers. */
  readonly name: string;
  /** Tab is the program's; Shift+Tab leaves. Otherwise both leave. */
  readonly takesTab?: boolean;
  /** It shows what a server writes, which is made easier to read (`ServerLog`) until the reader wants it as it is. */
  readonly log?: boolean;
  /** It is being made, and will say its size. */
  readonly onAwaited?: () => void;
  readonly onInput: (bytes: Uint8Array) => void;
  readonly onResize: (size: TerminalSize) => void;
}

/** What the reader wants of a terminal by its keys. */
export interface TerminalKeys {
  readonly search: () => void;
  readonly copy: () => void;
}

/** The least contrast that text may have, whatever colour a program asks for. */
const minimumContrast = 4.5;
const fontSize = 12.5;
const scrollback = 5000;
/** A pane that changes its size does so in many steps: lines are broken anew when it has come to rest. */
const rest = 150;
/** Empties a terminal, in the order of what is written to it. */
const emptied = "\x1bc";

/** A terminal in an element of the page. */
export class TerminalScreen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #parent: HTMLElement;
  readonly #subscriptions: Unsubscribe[];
  readonly #sizes = new ResizeObserver(() => this.fit());
  readonly #isLog: boolean;
  #tidy: boolean;
  #output: OutputLog | undefined;
  #leaveOutput: Unsubscribe | undefined;
  #search: TerminalSearch | undefined;
  #redrawing: ReturnType<typeof setTimeout> | undefined;
  /** What is being written was shown before: what a program asked of the terminal then is not answered again. */
  #repeats = 0;

  constructor(
    parent: HTMLElement,
    { name, takesTab = false, log = false, onInput, onResize }: TerminalOptions,
    keys: TerminalKeys,
  ) {
    this.#parent = parent;
    this.#isLog = log;
    this.#tidy = log;
    addLibraryStyle(xtermStyle);
    this.#terminal = new Terminal({
      // Of what is found: its places are marked.
      allowProposedApi: true,
      convertEol: true,
      fontFamily: colorOf(parent, "--font-code"),
      fontSize,
      lineHeight: 1.25,
      minimumContrastRatio: minimumContrast,
      screenReaderMode: true,
      scrollback,
      theme: themeOf(parent),
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.open(parent);
    this.#nameForScreenReaders(name);
    this.#terminal.attachCustomKeyEventHandler((event) => this.#isForProgram(event, takesTab, keys));
    const typed = this.#terminal.onData((text) => {
      if (this.#repeats === 0) onInput(new TextEncoder().encode(text));
    });
    const resized = this.#terminal.onResize(({ cols, rows }) => {
      onResize({ columns: cols, rows });
      // Its first size comes before anything is shown.
      if (this.#isLog && this.#output !== undefined) this.#redrawSoon();
    });
    const copying = new AbortController();
    // Before xterm.js, which would copy the breaks along.
    parent.addEventListener("copy", (event) => this.#copySelected(event), { capture: true, signal: copying.signal });
    this.#subscriptions = [
      () => typed.dispose(),
      () => resized.dispose(),
      () => copying.abort(),
      onThemeChange(() => {
        this.#terminal.options.theme = themeOf(parent);
      }),
    ];
    this.#sizes.observe(parent);
    this.fit();
    // Also where it is the one that it had before: somebody may wait for it.
    if (parent.clientWidth > 0) onResize({ columns: this.#terminal.cols, rows: this.#terminal.rows });
  }

  /** Shows a log's output, from its first byte on. */
  show(output: OutputLog): void {
    this.#leaveOutput?.();
    this.#output = output;
    const newLog = () =>
      this.#tidy ? new ServerLog(() => ({ columns: this.#terminal.cols, rows: this.#terminal.rows })) : undefined;
    let log = newLog();
    this.#leaveOutput = output.subscribe({
      write: (bytes) => this.#terminal.write(log?.write(bytes) ?? bytes),
      clear: () => {
        log = newLog();
        this.#terminal.write(emptied);
      },
    });
  }

  /** Whether a server's lines are made easier to read, or stand as it wrote them. */
  set tidy(wanted: boolean) {
    if (this.#tidy === wanted) return;
    this.#tidy = wanted;
    this.#redraw();
  }

  /** Takes the size of its element, unless that is hidden. */
  fit(): void {
    if (this.#parent.clientWidth > 0) this.#fit.fit();
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** What is selected, or everything that it holds. */
  text(): string {
    if (this.#terminal.hasSelection()) return withoutBreaks(this.#terminal.getSelection());
    this.#terminal.selectAll();
    const all = withoutBreaks(this.#terminal.getSelection()).trimEnd();
    this.#terminal.clearSelection();
    return `${all}\n`;
  }

  /**
   * The search in it, whose code is loaded now.
   *
   * @param found called after each search, and as what is found changes
   */
  async search(found: (found: SearchHits) => void): Promise<TerminalSearch> {
    const { TerminalSearch: Search } = await import("./terminal-search.ts");
    this.#search ??= new Search(this.#terminal);
    this.#search.onFound = found;
    return this.#search;
  }

  dispose(): void {
    clearTimeout(this.#redrawing);
    this.#sizes.disconnect();
    this.#leaveOutput?.();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#terminal.dispose();
  }

  /** Tab leaves the terminal unless its program completes with it, and what is selected can be copied. */
  #isForProgram(event: KeyboardEvent, takesTab: boolean, { search, copy }: TerminalKeys): boolean {
    const { key, shiftKey, ctrlKey, metaKey } = event;
    if (key === "Tab") return takesTab && !shiftKey;
    if (!ctrlKey && !metaKey) return true;
    const act = (does: () => void) => {
      // Browsers open their own tools otherwise.
      event.preventDefault();
      if (event.type === "keydown") does();
      return false;
    };
    const letter = key.toLowerCase();
    if (letter === "c") return shiftKey ? act(copy) : !this.#terminal.hasSelection();
    // In a shell Ctrl+F moves the cursor.
    if (letter === "f" && (shiftKey || metaKey || !takesTab)) return act(search);
    return true;
  }

  #copySelected(event: ClipboardEvent): void {
    if (!this.#terminal.hasSelection() || event.clipboardData === null) return;
    event.clipboardData.setData("text/plain", withoutBreaks(this.#terminal.getSelection()));
    event.preventDefault();
    event.stopPropagation();
  }

  #redrawSoon(): void {
    clearTimeout(this.#redrawing);
    this.#redrawing = setTimeout(() => this.#redraw(), rest);
  }

  /** Writes everything again, broken for the width that it has now; where a program draws the screen, that does it. */
  #redraw(): void {
    const { active } = this.#terminal.buffer;
    if (this.#output === undefined || active.type === "alternate") return;
    const fromEnd = active.baseY - active.viewportY;
    this.#repeats++;
    this.#terminal.write(emptied);
    this.show(this.#output);
    this.#terminal.write("", () => {
      this.#repeats--;
      this.#terminal.scrollToLine(Math.max(0, this.#terminal.buffer.active.baseY - fromEnd));
    });
  }

  /** Rows can be read one by one; new ones are not read out, because a server under load writes hundreds. */
  #nameForScreenReaders(name: string): void {
    this.#terminal.textarea?.setAttribute("aria-label", name);
    this.#parent.querySelector(".live-region")?.setAttribute("aria-live", "off");
  }
}

function themeOf(element: HTMLElement): ITheme {
  const text = colorOf(element, "--color-text");
  return {
    background: colorOf(element, "--color-sunken"),
    foreground: text,
    cursor: text,
    cursorAccent: colorOf(element, "--color-sunken"),
    selectionBackground: colorOf(element, "--color-line"),
    // What stands back.
    brightBlack: colorOf(element, "--color-muted"),
  };
}
