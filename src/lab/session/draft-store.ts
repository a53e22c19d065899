/** Keeps what a reader changed in a lab while the tab lives: a reload or a way back brings it again. */
import { effect } from "@preact/signals";
import type { Milliseconds, Unsubscribe } from "../../machine/machine.ts";
import type { LabSession } from "./lab-session.ts";
import { isUnchanged, type LabState, parseState } from "./lab-state.ts";
import { readSessionItem, writeSessionItem } from "./session-storage.ts";

/** What is kept of a lab. */
interface Kept {
  readonly state: LabState;
  /** Servers ran when the page was left. */
  readonly ran: boolean;
}

const keepAfter: Milliseconds = 300;

/** Keeps the changes of a lab. */
export class DraftStore {
  readonly #session: LabSession;
  readonly #name: string;
  readonly #stop: Unsubscribe;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The reader has been told that nothing can be kept. */
  #told = false;

  /**
   * Brings back what was kept.
   *
   * @param lab what the lab is called, together with its machine: each has changes of its own
   */
  constructor(session: LabSession, lab: string) {
    this.#session = session;
    this.#name = `changes:${lab}`;
    this.#restore();
    let first = true;
    this.#stop = effect(() => {
      session.state();
      if (!first) this.#timer ??= setTimeout(() => this.keepNow(), keepAfter);
      first = false;
    });
  }

  /** Keeps everything as it stands. To be called before the session is told that the page is left. */
  keepNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const state = this.#session.state();
    const kept = writeSessionItem(this.#name, { state, ran: this.#session.someAlive.peek() } satisfies Kept);
    if (kept || this.#told || isUnchanged(state)) return;
    this.#told = true;
    this.#session.showNotice({ kind: "not kept" });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stop();
  }

  #restore(): void {
    const kept = readSessionItem(this.#name);
    if (typeof kept !== "object" || kept === null || !("state" in kept)) return;
    const state = parseState(kept.state);
    if (state === undefined) return;
    const changed = !isUnchanged(state);
    if (changed) this.#session.restore(state);
    if ("ran" in kept && kept.ran === true) this.#session.showNotice({ kind: "left" });
    else if (changed) this.#session.showNotice({ kind: "restored" });
  }
}
