/** A terminal on screen: xterm.js in the page's colours. Loaded only when a server is started. */
import { FitAddon } from "@xterm/addon-fit";
import { type ITheme, Terminal } from "@xterm/xterm";
import xtermStyle from "@xterm/xterm/css/xterm.css?inline";
import type { TerminalSize, Unsubscribe } from "../../../machine/machine.ts";
import type { OutputLog } from "../../side/output-log.ts";
import { addLibraryStyle } from "../ui/library-style.ts";
import { colorOf, onThemeChange } from "../ui/theme.ts";

/** What a terminal tells. */
export interface TerminalOptions {
  /** What its input is called for screen readers. */
  readonly name: string;
  /** Tab is the program's; Shift+Tab leaves. Otherwise both leave. */
  readonly takesTab?: boolean;
  /** It is being made, and will say its size. */
  readonly onAwaited?: () => void;
  readonly onInput: (bytes: Uint8Array) => void;
  readonly onResize: (size: TerminalSize) => void;
}

/** The least contrast that text may have, whatever colour a program asks for. */
const minimumContrast = 4.5;
const fontSize = 12.5;
const scrollback = 5000;

/** A terminal in an element of the page. */
export class TerminalScreen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #parent: HTMLElement;
  readonly #subscriptions: Unsubscribe[];
  readonly #sizes = new ResizeObserver(() => this.fit());

  constructor(parent: HTMLElement, { name, takesTab = false, onInput, onResize }: TerminalOptions) {
    this.#parent = parent;
    addLibraryStyle(xtermStyle);
    this.#terminal = new Terminal({
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
    // Tab leaves the terminal unless its program completes with it, and what is selected can be copied.
    this.#terminal.attachCustomKeyEventHandler(
      ({ key, shiftKey, ctrlKey }) =>
        (key !== "Tab" || (takesTab && !shiftKey)) &&
        !(ctrlKey && key.toLowerCase() === "c" && this.#terminal.hasSelection()),
    );
    const typed = this.#terminal.onData((text) => onInput(new TextEncoder().encode(text)));
    const resized = this.#terminal.onResize(({ cols, rows }) => onResize({ columns: cols, rows }));
    this.#subscriptions = [
      () => typed.dispose(),
      () => resized.dispose(),
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
    this.#subscriptions.push(
      output.subscribe({ write: (bytes) => this.#terminal.write(bytes), clear: () => this.#terminal.reset() }),
    );
  }

  /** Takes the size of its element, unless that is hidden. */
  fit(): void {
    if (this.#parent.clientWidth > 0) this.#fit.fit();
  }

  focus(): void {
    this.#terminal.focus();
  }

  dispose(): void {
    this.#sizes.disconnect();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#terminal.dispose();
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
  };
}
