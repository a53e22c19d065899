/** A shell beside a side's server: a second terminal of the same host. Without its screen. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Host, Pid, Process, ProcessInfo, TerminalSize } from "../../machine/machine.ts";
import { OutputLog } from "./output-log.ts";
import { endProcesses, withChildren } from "./process-tree.ts";

/** Where a shell is in its life. */
export type ShellPhase =
  | { readonly kind: "closed" }
  | { readonly kind: "opening" }
  | { readonly kind: "open"; readonly pid: Pid }
  /** It ended; Enter opens another. */
  | { readonly kind: "ended" }
  | { readonly kind: "failed"; readonly message: string };

const enter = 13;
/** `systemctl` and `journalctl` would wait for keys that nobody knows of who reads a lesson. */
const withoutPager = { SYSTEMD_PAGER: "cat" };

/** The shell of a side. */
export class ShellSession {
  readonly #phase: Signal<ShellPhase> = signal({ kind: "closed" });
  #host: Host | undefined;
  #process: Process | undefined;
  #size: TerminalSize = { columns: 80, rows: 24 };
  /** What was typed while it opens. */
  #typedAhead: number[] = [];

  readonly phase: ReadonlySignal<ShellPhase> = this.#phase;
  readonly output = new OutputLog();

  constructor(
    private readonly home: string,
    /** What the terminal says when the shell has ended. */
    private readonly endedNote: string,
    /** The program. */
    readonly program = "sh",
  ) {}

  /** Its process, while it lives. */
  get pid(): Pid | undefined {
    const { value: phase } = this.#phase;
    return phase.kind === "open" ? phase.pid : undefined;
  }

  attach(host: Host): void {
    this.#host = host;
  }

  /** The machine is gone, and the shell with it. */
  detach(): void {
    this.#host = undefined;
    this.#process = undefined;
    this.#phase.value = { kind: "closed" };
    this.output.clear();
  }

  /** Starts a shell unless there is one. Needs a host. */
  async open(): Promise<void> {
    const host = this.#host;
    const { kind } = this.#phase.value;
    if (host === undefined || kind === "open" || kind === "opening") return;
    this.#phase.value = { kind: "opening" };
    this.#typedAhead = [];
    try {
      const process = await host.spawn([this.program], { cwd: this.home, size: this.#size, env: withoutPager });
      if (this.#host !== host) return;
      this.#process = process;
      this.#phase.value = { kind: "open", pid: process.pid };
      // The screen may have taken its size while the process began.
      process.resize(this.#size);
      process.onOutput((bytes) => this.output.write(bytes));
      if (this.#typedAhead.length > 0) process.input(new Uint8Array(this.#typedAhead));
      void process.exit.then(() => this.#ended(process));
    } catch (error) {
      this.#phase.value = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** As at the beginning. Its process must have ended. */
  forget(): void {
    this.#process = undefined;
    this.#phase.value = { kind: "closed" };
    this.output.clear();
  }

  /** Sends what was typed. */
  type(bytes: Uint8Array): void {
    if (this.#phase.value.kind === "ended") {
      const line = bytes.indexOf(enter);
      if (line < 0) return;
      void this.open();
      if (line + 1 < bytes.length) this.type(bytes.subarray(line + 1));
      return;
    }
    if (this.#phase.value.kind === "opening") this.#typedAhead.push(...bytes);
    else this.#process?.input(bytes);
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    this.#process?.resize(size);
  }

  #ended(process: Process): void {
    if (this.#process !== process) return;
    this.#process = undefined;
    this.#phase.value = { kind: "ended" };
    this.output.write(new TextEncoder().encode(`\r\n\x1b[2m${this.endedNote}\x1b[0m\r\n`));
  }
}

/**
 * The processes that stand outside a shell: neither it nor what it started.
 *
 * @param others whose processes are left out as well
 */
export function outsideShell(
  processes: readonly ProcessInfo[],
  shell: Pid | undefined,
  others: Iterable<Pid> = [],
): readonly ProcessInfo[] {
  const inside = withChildren(processes, shell === undefined ? others : [shell, ...others]);
  return inside.size === 0 ? processes : processes.filter(({ pid }) => !inside.has(pid));
}

/**
 * Ends every process but a shell and what that started.
 *
 * @param others who stays as well
 */
export async function stopOutsideShell(
  host: Host,
  shell: Pid | undefined,
  others: () => Iterable<Pid> = () => [],
): Promise<void> {
  const left = () => outsideShell(host.processes.get(), shell, others());
  const alone = shell === undefined && [...others()].length === 0;
  if (alone || !(await endProcesses(host, left))) await host.stop();
}
