import type { Pid, Signal, TerminalSize, Unsubscribe } from "../../../host-types.ts";
import type { EventBatch } from "../event-batch.ts";
import type { Limits } from "../limits.ts";
import { type DescriptorOwner, OpenFileDescription } from "../process/open-file-description.ts";
import type { DescriptorKind, Fd, Interest, Ready, TerminalModes } from "../protocol.ts";
import { ProtocolError } from "../protocol-error.ts";
import { LineDiscipline } from "./line-discipline.ts";
import { Screen, type TerminalListener } from "./screen.ts";

/** The size of a terminal unless the page says otherwise. */
export const defaultSize: TerminalSize = { columns: 80, rows: 24 };

/** A terminal: the page sits at one side, processes at the other. */
export class Tty extends OpenFileDescription {
  /** The process group that gets the keyboard and its signals. */
  foreground: Pid = 0;
  /** The session whose controlling terminal it is. */
  session: Pid = 0;
  #size: TerminalSize;
  #hungUp = false;
  readonly #line: LineDiscipline;
  readonly #screen: Screen;

  /** `signal` sends a signal to a process group of this host; false if nobody of it is alive. */
  constructor(
    batch: EventBatch,
    private readonly limits: Limits,
    size: TerminalSize,
    private readonly signal: (group: Pid, signal: Signal) => boolean,
  ) {
    super(batch);
    this.#size = size;
    this.#screen = new Screen(batch, limits.scrollback, limits.outputBacklog, () => this.changed());
    this.#line = new LineDiscipline(
      {
        echo: (bytes) => this.#screen.print(bytes),
        signal: (name) => this.#signalForeground(name),
      },
      limits.typeAhead,
    );
  }

  get size(): TerminalSize {
    return this.#size;
  }

  get modes(): TerminalModes {
    return { ...this.#line.modes };
  }

  // The page's side.

  /** Hears what the terminal shows, from the first byte on (as far as it is kept). */
  onOutput(listener: TerminalListener): Unsubscribe {
    return this.#screen.onOutput(listener);
  }

  /** What was typed. */
  input(bytes: Uint8Array): void {
    if (this.#hungUp) return;
    this.#line.type(bytes);
    this.changed();
  }

  resize(size: TerminalSize): void {
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = { columns: size.columns, rows: size.rows };
    for (const owner of this.owners()) owner.resized(this.#size);
    this.#signalForeground("SIGWINCH");
  }

  /** The page takes the terminal away: reads see the end, writes EIO, its session is told with SIGHUP. */
  hangUp(): void {
    if (this.#hungUp) return;
    this.#hungUp = true;
    this.#line.discard();
    this.tellBroken("EIO");
    for (const group of new Set([this.foreground, this.session])) {
      if (group === 0) continue;
      this.signal(group, "SIGHUP");
      this.signal(group, "SIGCONT");
    }
  }

  /** A line of the kernel's own, e.g. why a process crashed. */
  say(text: string): void {
    this.#screen.print(new TextEncoder().encode(`${text}\r\n`));
  }

  // The processes' side.

  describe(): DescriptorKind {
    return { kind: "tty", ...this.#size };
  }

  poll(interest: Interest, owner: DescriptorOwner): Ready | undefined {
    if (this.#hungUp) return { fd: interest.fd, eof: true, credit: 0 };
    const ready: Ready = { fd: interest.fd };
    let something = false;
    // Another group's process never gets the keyboard. One that reads is stopped with SIGTTIN; waiting is no reading.
    const mayRead = interest.read && (this.foreground === 0 || owner.group === this.foreground);
    const input = mayRead ? this.#line.read() : undefined;
    if (input !== undefined) {
      something = true;
      if (input.bytes.byteLength > 0) ready.bytes = input.bytes;
      if (input.eof) ready.eof = true;
    }
    const credit = this.limits.outputBacklog - this.#screen.backlog;
    if (interest.write && credit > 0) {
      something = true;
      ready.credit = credit;
    }
    return something ? ready : undefined;
  }

  override send(bytes: Uint8Array, owner: DescriptorOwner, fd: Fd): void {
    if (this.#screen.backlog > this.limits.outputHeld)
      throw new ProtocolError("printed more than its terminal can hold, and did not wait");
    if (this.#hungUp) owner.broken(fd, "EIO");
    else this.#screen.print(this.#line.modes.outputNewline ? withReturns(bytes) : bytes);
  }

  setModes(modes: TerminalModes): void {
    this.#line.setModes(modes);
    this.changed();
  }

  /** Another group comes to the foreground. */
  setForeground(group: Pid): void {
    this.foreground = group;
    this.changed();
  }

  protected released(): void {}

  /**
   * Where the job in front has just ended and its shell has not taken the terminal back, the session's leader hears it.
   * Linux loses a ^C then, in a moment that is too short to be met there; here it is as long as a few messages.
   */
  #signalForeground(name: Signal): void {
    if (this.foreground === 0 || this.signal(this.foreground, name)) return;
    if (this.session !== 0) this.signal(this.session, name);
  }
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/** `\n` becomes `\r\n`. */
function withReturns(bytes: Uint8Array): Uint8Array {
  let lines = 0;
  for (const byte of bytes) if (byte === newline) lines += 1;
  if (lines === 0) return bytes;
  const longer = new Uint8Array(bytes.byteLength + lines);
  let position = 0;
  for (const byte of bytes) {
    if (byte === newline) {
      longer[position] = carriageReturn;
      position += 1;
    }
    longer[position] = byte;
    position += 1;
  }
  return longer;
}
