import type { WebContainerProcess } from "@webcontainer/api";
import { type ExitStatus, type Pid, type Process, type Signal, signalNumbers, type TerminalSize } from "../machine.ts";
import { inputOf, readOutput } from "./container-output.ts";

/** Ends a process of a host. */
export type Kill = (pid: Pid, signal: Signal) => Promise<void>;

/** A shell says in its exit code which signal ended a program: this much more than the signal's number. */
const endedBySignal = 128;

/** What a program prints, kept for those who listen later. */
export class OutputTape {
  readonly #printed: Uint8Array[] = [];
  readonly #listeners = new Set<(bytes: Uint8Array) => void>();
  #lastWasReturn = false;

  /** A terminal returns to the first column at each new line; a pipe does not. */
  print(text: string): void {
    const lines = text.replace(/(\r?)\n/g, (newLine, carriageReturn: string, offset: number) =>
      carriageReturn === "" && !(offset === 0 && this.#lastWasReturn) ? "\r\n" : newLine,
    );
    this.#lastWasReturn = text.endsWith("\r");
    const bytes = new TextEncoder().encode(lines);
    this.#printed.push(bytes);
    for (const listener of this.#listeners) listener(bytes);
  }

  listen(listener: (bytes: Uint8Array) => void): () => void {
    for (const bytes of this.#printed) listener(bytes);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A program that was started in the container. */
export class NodeProcess implements Process {
  readonly exit: Promise<ExitStatus>;
  pid: Pid = 0;
  readonly #process: WebContainerProcess;
  readonly #kill: Kill;
  readonly #output = new OutputTape();
  readonly #write: (text: string) => void;
  readonly #ended = Promise.withResolvers<ExitStatus>();
  #over = false;
  #killedHard = false;

  constructor(process: WebContainerProcess, kill: Kill) {
    this.#process = process;
    this.#kill = kill;
    this.#write = inputOf(process);
    this.exit = this.#ended.promise;
    const printed = readOutput(process, (text) => this.#output.print(text));
    process.exit.then(
      async (code) => {
        // The last words may come after the end. A child that lives on keeps the output open.
        await Promise.race([printed, new Promise((resolve) => setTimeout(resolve, 100))]);
        this.#end(this.#statusOf(code));
      },
      () => this.containerGone(),
    );
  }

  get over(): boolean {
    return this.#over;
  }

  onOutput(listener: (bytes: Uint8Array) => void): () => void {
    return this.#output.listen(listener);
  }

  input(bytes: Uint8Array): void {
    this.#write(new TextDecoder().decode(bytes));
  }

  resize({ columns, rows }: TerminalSize): void {
    if (!this.#over) this.#process.resize({ cols: columns, rows });
  }

  kill(signal: Signal): Promise<void> {
    return this.#kill(this.pid, signal);
  }

  /** Ends it as WebContainer does, without a signal. */
  endHard(): void {
    this.#killedHard = true;
    if (!this.#over) this.#process.kill();
  }

  /** It was told to end in another way than by `endHard`. */
  toldToEnd(signal: Signal): void {
    if (signal === "SIGKILL") this.#killedHard = true;
  }

  /** Nobody will say any more how it ended. */
  containerGone(): void {
    this.#end({ kind: "killed", signal: "SIGKILL" });
  }

  #end(status: ExitStatus): void {
    this.#over = true;
    this.#ended.resolve(status);
  }

  #statusOf(code: number): ExitStatus {
    if (this.#killedHard) return { kind: "killed", signal: "SIGKILL" };
    const signal = signalOf(code - endedBySignal);
    return signal ? { kind: "killed", signal } : { kind: "exited", code };
  }
}

function signalOf(number: number): Signal | undefined {
  const names: readonly Signal[] = [
    "SIGHUP",
    "SIGINT",
    "SIGQUIT",
    "SIGABRT",
    "SIGKILL",
    "SIGSEGV",
    "SIGPIPE",
    "SIGTERM",
  ];
  return names.find((name) => signalNumbers[name] === number);
}

/** A program that could not be started: it says why and exits. */
export function failedToStart(text: string, code: number): Process {
  const output = new OutputTape();
  output.print(text);
  return {
    pid: 0,
    onOutput: (listener) => output.listen(listener),
    input: () => {},
    resize: () => {},
    kill: () => Promise.reject(new Error("No such process")),
    exit: Promise.resolve({ kind: "exited", code }),
  };
}
