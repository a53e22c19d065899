import type { Signal } from "../../../host-types.ts";
import type { TerminalModes } from "../protocol.ts";

const bell = 0x07;
const tab = 0x09;
const space = 0x20;
const caret = 0x5e;

/** The bytes that keys send, and what they do unless a program asks for them raw. */
const keys = {
  interrupt: 0x03,
  endOfFile: 0x04,
  backspace: 0x08,
  newline: 0x0a,
  return: 0x0d,
  killLine: 0x15,
  killWord: 0x17,
  suspend: 0x1a,
  quit: 0x1c,
  erase: 0x7f,
} as const;

/** How a terminal starts. */
export const cookedModes: Readonly<TerminalModes> = {
  canonical: true,
  echo: true,
  signals: true,
  outputNewline: true,
  inputNewline: true,
};

/** What a read of the terminal gets. An empty one is the end of the input, said with ^D. */
export interface InputPiece {
  readonly bytes: Uint8Array;
  readonly eof: boolean;
}

/** What the line discipline does with a terminal. */
export interface LineOutput {
  /** Shows bytes, as they are. */
  echo(bytes: Uint8Array): void;
  /** Sends a signal to the foreground processes. */
  signal(signal: Signal): void;
}

/** What stands between the keys and the programs: editing of lines, echo, and the keys that make signals. */
export class LineDiscipline {
  modes: TerminalModes = { ...cookedModes };
  #line: number[] = [];
  #pieces: InputPiece[] = [];
  #size = 0;

  /** `typeAhead`: what is typed is dropped (with a bell) when so many bytes wait. */
  constructor(
    private readonly output: LineOutput,
    private readonly typeAhead: number,
  ) {}

  /** There is something to read. */
  get readable(): boolean {
    return this.#pieces.length > 0;
  }

  /** The keys that were pressed. */
  type(bytes: Uint8Array): void {
    const echoed: number[] = [];
    for (const byte of bytes) this.#key(byte, echoed);
    if (!this.modes.canonical) this.#endLine(false);
    if (echoed.length > 0) this.output.echo(Uint8Array.from(echoed));
  }

  /** What one read gets: a line where lines are edited, otherwise all that was typed. */
  read(): InputPiece | undefined {
    if (this.modes.canonical) return this.#taken(this.#pieces.shift());
    const pieces = this.#pieces.filter((piece) => piece.bytes.byteLength > 0);
    this.#pieces = [];
    this.#size = 0;
    if (pieces.length === 0) return undefined;
    return { bytes: Uint8Array.from(pieces.flatMap((piece) => [...piece.bytes])), eof: false };
  }

  /** A change of modes. What was typed so far can be read at once when lines are no longer edited. */
  setModes(modes: TerminalModes): void {
    this.modes = { ...modes };
    if (!modes.canonical) this.#endLine(false);
  }

  /** Forgets what was typed and not read. */
  discard(): void {
    this.#line = [];
    this.#pieces = [];
    this.#size = 0;
  }

  #taken(piece: InputPiece | undefined): InputPiece | undefined {
    if (piece !== undefined) this.#size -= piece.bytes.byteLength;
    return piece;
  }

  #key(typed: number, echoed: number[]): void {
    const { canonical, signals, inputNewline } = this.modes;
    const byte = inputNewline && typed === keys.return ? keys.newline : typed;
    if (signals && this.#signalKey(byte, echoed)) return;
    if (canonical && this.#editingKey(byte, echoed)) return;
    if (this.#size + this.#line.length >= this.typeAhead) {
      echoed.push(bell);
      return;
    }
    this.#line.push(byte);
    this.#echo(byte, echoed);
    if (canonical && byte === keys.newline) this.#endLine(false);
  }

  #signalKey(byte: number, echoed: number[]): boolean {
    const signal = signalOf(byte);
    if (signal === undefined) return false;
    this.#echo(byte, echoed);
    // What was echoed so far comes before what the signal makes programs print.
    if (echoed.length > 0) this.output.echo(Uint8Array.from(echoed.splice(0)));
    this.discard();
    this.output.signal(signal);
    return true;
  }

  #editingKey(byte: number, echoed: number[]): boolean {
    switch (byte) {
      case keys.erase:
      case keys.backspace:
        this.#eraseOne(echoed);
        return true;
      case keys.killWord:
        while (this.#line.at(-1) === space) this.#eraseOne(echoed);
        while (this.#line.length > 0 && this.#line.at(-1) !== space) this.#eraseOne(echoed);
        return true;
      case keys.killLine:
        while (this.#line.length > 0) this.#eraseOne(echoed);
        return true;
      case keys.endOfFile:
        this.#endLine(this.#line.length === 0);
        return true;
      default:
        return false;
    }
  }

  /** Erases a whole character of UTF-8, and both cells of a control character shown as ^X. */
  #eraseOne(echoed: number[]): void {
    let byte = this.#line.pop();
    while (byte !== undefined && (byte & 0xc0) === 0x80) byte = this.#line.pop();
    if (byte === undefined || !this.modes.echo) return;
    const cells = isControl(byte) && byte !== tab ? 2 : 1;
    for (let cell = 0; cell < cells; cell += 1) echoed.push(keys.backspace, space, keys.backspace);
  }

  #endLine(eof: boolean): void {
    if (this.#line.length === 0 && !eof) return;
    this.#pieces.push({ bytes: Uint8Array.from(this.#line), eof });
    this.#size += this.#line.length;
    this.#line = [];
  }

  #echo(byte: number, echoed: number[]): void {
    if (!this.modes.echo) return;
    if (byte === keys.newline) {
      if (this.modes.outputNewline) echoed.push(keys.return);
      echoed.push(keys.newline);
    } else if (isControl(byte) && byte !== tab) {
      echoed.push(caret, byte ^ 0x40);
    } else echoed.push(byte);
  }
}

function isControl(byte: number): boolean {
  return byte < 0x20 || byte === keys.erase;
}

function signalOf(byte: number): Signal | undefined {
  if (byte === keys.interrupt) return "SIGINT";
  if (byte === keys.suspend) return "SIGTSTP";
  if (byte === keys.quit) return "SIGQUIT";
  return undefined;
}
