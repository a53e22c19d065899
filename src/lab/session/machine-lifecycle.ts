/** A lab's machine, from opening to its end. */
import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { LabDefinition, SideName } from "../../lab-definition/schema.ts";
import {
  type Machine,
  MachineError,
  type MachineKind,
  type Milliseconds,
  type OpeningProgress,
  type OpenOptions,
} from "../../machine/machine.ts";
import { labStrings } from "../../strings/strings.ts";
import { messageOf } from "../basics/message-of.ts";
import { type BySide, sideNames } from "../basics/sides.ts";
import type { LoadTest } from "../runs/load-test.ts";
import type { SideSession } from "../side/side-session.ts";

/** Opens a kind of machine. */
export type OpenMachine = (kind: MachineKind, options: OpenOptions) => Promise<Machine>;

/** Where the lab's machine is. */
export type MachinePhase =
  | { readonly kind: "closed" }
  | { readonly kind: "opening"; readonly progress: OpeningProgress | undefined }
  | { readonly kind: "open"; readonly machine: Machine }
  /** It could not be opened, or died. `sides` are those to start again when the reader tries again. */
  | { readonly kind: "failed"; readonly message: string; readonly remedy: string; readonly sides: readonly SideName[] };

/** What a machine is opened with, and what it is opened for. */
export interface MachineLifecycleOptions {
  readonly definition: Pick<LabDefinition, "machine" | "situation">;
  readonly open: OpenMachine;
  /** Where the site's files are. */
  readonly siteRoot: () => URL;
  readonly sides: BySide<SideSession>;
  readonly load: LoadTest;
  /** Hears of files that programs of a side change. */
  readonly changedOutside: (side: SideName, path: string) => void;
}

/** The machine of one lab: there is one at most. */
export class MachineLifecycle {
  readonly #options: MachineLifecycleOptions;
  readonly #phase: Signal<MachinePhase> = signal({ kind: "closed" });
  #opening: { readonly machine: Promise<Machine>; readonly abort: AbortController } | undefined;

  readonly phase: ReadonlySignal<MachinePhase> = this.#phase;

  constructor(options: MachineLifecycleOptions) {
    this.#options = options;
  }

  /** The machine, if it is open. */
  get machine(): Machine | undefined {
    const { value: phase } = this.#phase;
    return phase.kind === "open" ? phase.machine : undefined;
  }

  /** The machine's clock; `undefined` while it is closed. */
  now(): Milliseconds | undefined {
    return this.machine?.now();
  }

  /** The open machine, opened if need be. `undefined` if that failed or was given up; the phase then says so. */
  async openFor(sides: readonly SideName[]): Promise<Machine | undefined> {
    const { value: phase } = this.#phase;
    if (phase.kind === "open") return phase.machine;
    for (const side of sides) this.#options.sides[side].prepare();
    this.#opening ??= this.#open();
    const { machine, abort } = this.#opening;
    try {
      return await machine;
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      this.#failed(error, sides);
      return undefined;
    }
  }

  /** Frees the machine, or gives up opening it. */
  close(): void {
    const { sides, load } = this.#options;
    const { value: phase } = this.#phase;
    load.abandon();
    this.#opening?.abort.abort();
    this.#opening = undefined;
    batch(() => {
      for (const side of sideNames) {
        if (phase.kind === "open") sides[side].detach();
        else sides[side].giveUp();
      }
      this.#phase.value = { kind: "closed" };
    });
    if (phase.kind === "open") phase.machine.dispose();
  }

  /** Says no more why it failed. */
  forgetFailure(): void {
    if (this.#phase.value.kind === "failed") this.#phase.value = { kind: "closed" };
  }

  #open(): { machine: Promise<Machine>; abort: AbortController } {
    const abort = new AbortController();
    this.#phase.value = { kind: "opening", progress: undefined };
    const onProgress = (progress: OpeningProgress) => {
      if (!abort.signal.aborted) this.#phase.value = { kind: "opening", progress };
    };
    return { abort, machine: this.#openWith(abort.signal, onProgress) };
  }

  async #openWith(aborted: AbortSignal, onProgress: (progress: OpeningProgress) => void): Promise<Machine> {
    const { open, definition, siteRoot, sides, changedOutside } = this.#options;
    const { machine: kind, situation } = definition;
    const machine = await open(kind, {
      siteRoot: siteRoot(),
      onProgress,
      signal: aborted,
      ...(situation !== undefined && { situation }),
    });
    if (aborted.aborted) machine.dispose();
    aborted.throwIfAborted();
    for (const side of sideNames) {
      const changed = (path: string) => changedOutside(side, path);
      sides[side].attach(await machine.host(side), () => machine.now(), changed);
    }
    aborted.throwIfAborted();
    this.#phase.value = { kind: "open", machine };
    void machine.crashed.then((error) => {
      if (this.machine === machine) this.#failed(error, this.#aliveSides(), true);
    });
    return machine;
  }

  #aliveSides(): readonly SideName[] {
    return sideNames.filter((side) => this.#options.sides[side].alive.value);
  }

  #failed(error: unknown, sides: readonly SideName[], crashed = false): void {
    const words = labStrings.machine;
    const message = messageOf(error);
    batch(() => {
      if (crashed) this.#options.load.abandon("machine died");
      this.close();
      this.#phase.value = {
        kind: "failed",
        message: crashed ? words.crashed(message) : words.failed(message),
        remedy: error instanceof MachineError ? error.remedy : words.failedRemedy,
        sides,
      };
    });
  }
}
