/** A server's life as signals, and the timers that belong to it. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Milliseconds, Pid } from "../../machine/machine.ts";
import { isAlive, neverStarted, next, type ServerEvent, type ServerState, type SidePhase } from "./server-phase.ts";

/** A server that forks for longer than this after it listened is called running as it stands. */
const longestBoot: Milliseconds = 8000;
/** After this long the reader is told that it takes longer than usual. */
const usualBoot: Milliseconds = 15_000;

/** The life of one side's server. */
export class ServerLifecycle {
  readonly #state: Signal<ServerState> = signal(neverStarted);
  readonly #listening: () => boolean;
  #timers: ReturnType<typeof setTimeout>[] = [];

  readonly phase: ReadonlySignal<SidePhase> = computed(() => this.#state.value.phase);
  readonly mainPid: ReadonlySignal<Pid | undefined> = computed(() => this.#state.value.mainPid);
  /** A server is there or on its way. */
  readonly alive: ReadonlySignal<boolean> = computed(() => isAlive(this.phase.value));

  /** @param listening Whether a server listens now. */
  constructor(listening: () => boolean) {
    this.#listening = listening;
  }

  /** Counts starts and ends: what belongs to an earlier one comes too late. */
  get life(): number {
    return this.#state.peek().life;
  }

  /** Something happens. */
  send(event: ServerEvent): void {
    const before = this.#state.peek();
    const after = next(before, event);
    if (after.life !== before.life) this.#clearTimers();
    this.#state.value = after;
    if (event.kind === "spawned") this.after(usualBoot, () => this.send({ kind: "slow" }));
    if (after.listened && !before.listened)
      this.after(longestBoot, () => this.send({ kind: "bootTimeout", listening: this.#listening() }));
  }

  /** Acts after a while, if the life is still the same. */
  after(milliseconds: Milliseconds, act: () => void): void {
    this.#timers.push(setTimeout(act, milliseconds));
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }
}
