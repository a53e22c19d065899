/** The program beside a side's server, a queue's worker for example: its command line, its life, its terminal's bytes. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { BesideDefinition } from "../../lab-definition/schema.ts";
import type { ExitStatus, Host, Pid, Process, ProcessInfo, TerminalSize } from "../../machine/machine.ts";
import { labStrings } from "../../strings/strings.ts";
import { messageOf } from "../basics/message-of.ts";
import { EditableCommand } from "./editable-command.ts";
import { OutputLog } from "./output-log.ts";
import { endProcesses, withChildren } from "./process-tree.ts";

/** Where the program is in its life. */
export type BesidePhase =
  /** Not started since the lab was opened or reset. */
  | { readonly kind: "idle" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly pid: Pid }
  /** Stopped by the reader. */
  | { readonly kind: "stopped" }
  /** It ended by itself, or was killed. */
  | { readonly kind: "exited"; readonly status: ExitStatus }
  /** It could not be started. */
  | { readonly kind: "failed"; readonly message: string };

/** Makes the program beside a server, whose files are in `home`: it is loaded with the labs that have one. */
export type MakeBeside = (definition: BesideDefinition, home: string) => BesideProgram;

/** Makes it. */
export const makeBeside: MakeBeside = (definition, home) => new BesideProgram(definition, home);

/** A second program on a side's computer. It stands and falls by itself: neither it nor the server ends the other. */
export class BesideProgram {
  readonly #phase: Signal<BesidePhase> = signal({ kind: "idle" });
  #process: Process | undefined;
  /** Its processes; those whose parent has ended, too. */
  #pids: ReadonlySet<Pid> = new Set();
  /** While a process is being made for it: those that were there before. */
  #before: ReadonlySet<Pid> | undefined;
  #life = 0;
  #size: TerminalSize = { columns: 80, rows: 24 };

  readonly phase: ReadonlySignal<BesidePhase> = this.#phase;
  /** It is there or on its way. */
  readonly alive: ReadonlySignal<boolean> = computed(() => ["starting", "running"].includes(this.#phase.value.kind));
  readonly line: EditableCommand;
  readonly output = new OutputLog();

  constructor(
    readonly definition: BesideDefinition,
    private readonly home: string,
  ) {
    this.line = new EditableCommand(definition.command, this.alive);
  }

  /** Its processes. */
  get pids(): ReadonlySet<Pid> {
    return this.#pids;
  }

  /** Counts starts and ends: what belongs to an earlier one comes too late. */
  get life(): number {
    return this.#life;
  }

  /** It is to be started, and has no process yet. */
  get awaited(): boolean {
    return this.#phase.value.kind === "starting" && this.#process === undefined;
  }

  /** It is about to be started. What came before belongs to an earlier life. */
  prepare(): void {
    this.#end({ kind: "starting" });
  }

  /** The machine did not open. */
  giveUp(): void {
    if (this.#phase.value.kind === "starting") this.#end({ kind: "idle" });
  }

  /** It is not started after all. */
  fail(message: string): void {
    this.#end({ kind: "failed", message });
  }

  /** Starts its command. Nothing of an earlier life is there any more. */
  async start(host: Host): Promise<void> {
    const command = this.line.check();
    if (command === undefined) {
      this.#end({ kind: "stopped" });
      return;
    }
    batch(() => {
      this.prepare();
      this.line.begins();
    });
    const life = this.#life;
    const late = () => life !== this.#life;
    this.output.writeCommand(this.line.text.value);
    this.#before = new Set(host.processes.get().map(({ pid }) => pid));
    try {
      const { argv, env } = command;
      const process = await host.spawn(argv, { cwd: this.home, env, size: this.#size });
      if (late()) {
        await process.kill("SIGKILL");
        return;
      }
      this.#process = process;
      this.#before = undefined;
      this.#pids = new Set([process.pid]);
      this.follow(host.processes.get());
      process.onOutput((bytes) => this.output.write(bytes));
      void process.exit.then((status) => {
        if (!late()) this.#end({ kind: "exited", status });
      });
    } catch (error) {
      if (!late()) this.fail(messageOf(error));
    }
  }

  /**
   * Ends what runs of it, and starts its command.
   *
   * @param ready makes its computer ready, as long as it is wanted; what failed of it
   */
  async restart(host: Host, ready: (wanted: () => boolean) => Promise<string | undefined>): Promise<void> {
    if (this.line.check() === undefined) return;
    this.prepare();
    const life = this.#life;
    const wanted = () => life === this.#life;
    try {
      await this.#kill(host);
      const failed = await ready(wanted);
      if (!wanted()) return;
      if (failed === undefined) await this.start(host);
      else this.fail(labStrings.side.notPrepared(failed));
    } catch (error) {
      if (wanted()) this.fail(messageOf(error));
    }
  }

  /** Its processes have been ended, or are about to be: what runs is stopped. */
  ended(): void {
    if (this.alive.value) this.#end({ kind: "stopped" });
  }

  /** As at the beginning. Its processes must have ended. */
  forget(): void {
    this.#end({ kind: "idle" });
    this.#pids = new Set();
    this.line.forget();
    this.output.clear();
  }

  /** Takes from all of a host's processes what is its own. */
  follow(processes: readonly ProcessInfo[]): void {
    const there = new Set(processes.map(({ pid }) => pid));
    const mine = new Set([...this.#pids].filter((pid) => there.has(pid)));
    // What was made since is its first process, unless somebody who is there has started it.
    for (const { pid, parent } of processes) if (this.#before?.has(pid) === false && !there.has(parent)) mine.add(pid);
    this.#pids = withChildren(processes, mine);
    const first = this.#phase.value.kind === "starting" && processes.find(({ pid }) => pid === this.#process?.pid);
    if (first && first.state !== "starting") this.#phase.value = { kind: "running", pid: first.pid };
  }

  /** Sends what was typed at its terminal. */
  type(bytes: Uint8Array): void {
    this.#process?.input(bytes);
  }

  /** Its terminal's size on screen. */
  resize(size: TerminalSize): void {
    this.#size = size;
    this.#process?.resize(size);
  }

  /** Kills its processes, and nothing else. */
  async #kill(host: Host): Promise<void> {
    const mine = () => host.processes.get().filter(({ pid }) => this.#pids.has(pid));
    if (!(await endProcesses(host, mine))) await host.stop();
  }

  #end(phase: BesidePhase): void {
    this.#life += 1;
    this.#process = undefined;
    this.#before = undefined;
    this.#phase.value = phase;
  }
}
