/** Lines of several inputs, one after the other, with a look at whether there is one more. */

import { SyscallError } from "../../kernel/errno.ts";
import { descriptorOfPath } from "../../native/descriptor-paths.ts";
import type { System } from "../../native/system.ts";
import { contentOfInput } from "./each-input.ts";

/** A line, and whether the input has ended it. */
export interface ReadLine {
  readonly text: string;
  readonly ended: boolean;
}

/** Reads lines as they come. What has come already is there at once. */
export class InputLines {
  readonly #names: string[];
  #ready: ReadLine[] = [];
  #place = 0;
  #partial: string[] = [];
  #decoder = new TextDecoder();
  #source: AsyncGenerator<Uint8Array> | undefined;
  /** The file that the latest line is from; `-` for standard input. */
  name = "-";

  constructor(
    private readonly system: System,
    names: readonly string[],
    /** Is told of an input that cannot be read. */
    private readonly onMissing: (name: string, error: SyscallError) => Promise<void>,
    private readonly end = "\n",
    /** Before it waits for more. */
    private readonly onWait: () => Promise<void> = async () => {},
  ) {
    this.#names = names.length > 0 ? [...names] : ["-"];
  }

  /** Whether the next line is there without waiting. */
  get hasReady(): boolean {
    return this.#place < this.#ready.length;
  }

  /** The next line, if it is there. */
  take(): ReadLine | undefined {
    const line = this.#ready[this.#place];
    if (line !== undefined) this.#place += 1;
    return line;
  }

  /** Waits for a line; false if there is none any more. */
  async fill(): Promise<boolean> {
    while (!this.hasReady) {
      if (this.#source === undefined && !(await this.#open())) return false;
      const { value, done } = (await this.#source?.next()) ?? { done: true, value: undefined };
      if (done === true || value === undefined) this.#endInput();
      else this.#takeIn(this.#decoder.decode(value, { stream: true }));
    }
    return true;
  }

  /** Whether nothing comes any more. */
  async isOver(): Promise<boolean> {
    return !this.hasReady && !(await this.fill());
  }

  async #open(): Promise<boolean> {
    for (let name = this.#names.shift(); name !== undefined; name = this.#names.shift()) {
      try {
        const source = name === "-" ? this.#standardInput() : this.#file(name);
        this.name = name;
        this.#source = source;
        return true;
      } catch (error) {
        if (!(error instanceof SyscallError)) throw error;
        await this.onMissing(name, error);
      }
    }
    return false;
  }

  async *#standardInput(): AsyncGenerator<Uint8Array> {
    while (true) {
      await this.onWait();
      const bytes = await this.system.read(0);
      if (bytes === null) return;
      yield bytes;
    }
  }

  #file(name: string): AsyncGenerator<Uint8Array> {
    const { system } = this;
    const path = system.path(name);
    if (system.files.status(path)?.type === "fifo" || descriptorOfPath(path) !== undefined) {
      return (async function* () {
        yield await contentOfInput(system, name);
      })();
    }
    const bytes = name === "/dev/null" ? new Uint8Array() : system.files.read(system.path(name));
    return (async function* () {
      if (bytes.length > 0) yield bytes;
    })();
  }

  #takeIn(text: string): void {
    const lines = text.split(this.end);
    this.#partial.push(lines.shift() ?? "");
    if (lines.length === 0) return;
    const first = this.#partial.join("");
    this.#partial = [lines.pop() ?? ""];
    this.#ready = [first, ...lines].map((line) => ({ text: line, ended: true }));
    this.#place = 0;
  }

  #endInput(): void {
    const last = this.#partial.join("") + this.#decoder.decode();
    this.#partial = [];
    this.#decoder = new TextDecoder();
    this.#source = undefined;
    if (last === "") return;
    this.#ready = [{ text: last, ended: false }];
    this.#place = 0;
  }
}
