/** Other tabs of this browser in which a lab runs: they take from the same cores, so that figures suffer. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { keptName } from "../../kept-names.ts";
import { siteRoot } from "../../site-root.ts";

/** What a tab does with its lab. */
export type TabState = "closed" | "open" | "under load";

interface TabMessage {
  readonly from: string;
  readonly state: TabState;
  /** The others are asked to say what they do. */
  readonly asks: boolean;
}

const channelName = "two-servers-labs";

/** Tells the other tabs what this one does, and hears what they do. */
export class TabPresence {
  readonly #self = Math.random().toString(36).slice(2);
  readonly #others: Signal<ReadonlyMap<string, TabState>> = signal(new Map());
  readonly #channel: BroadcastChannel | undefined;
  #state: TabState = "closed";

  /** Another tab has a lab open. */
  readonly open: ReadonlySignal<boolean> = computed(() => this.#others.value.size > 0);
  /** Another tab is running a load test. */
  readonly underLoad: ReadonlySignal<boolean> = computed(() => [...this.#others.value.values()].includes("under load"));

  constructor() {
    try {
      this.#channel = new BroadcastChannel(keptName(channelName, siteRoot()));
    } catch {
      // A browser that lets tabs not speak to each other: nothing is heard.
      return;
    }
    this.#channel.onmessage = ({ data }) => {
      if (isTabMessage(data)) this.#onMessage(data);
    };
  }

  /** This tab's lab is in this state now. */
  broadcast(state: TabState): void {
    if (state === this.#state) return;
    const begins = this.#state === "closed";
    this.#state = state;
    if (begins) this.#others.value = new Map();
    this.#broadcast(begins);
  }

  dispose(): void {
    this.broadcast("closed");
    this.#channel?.close();
  }

  #onMessage({ from, state, asks }: TabMessage): void {
    const others = new Map(this.#others.value);
    if (state === "closed") others.delete(from);
    else others.set(from, state);
    this.#others.value = others;
    if (asks && this.#state !== "closed") this.#broadcast(false);
  }

  #broadcast(asks: boolean): void {
    const word: TabMessage = { from: this.#self, state: this.#state, asks };
    this.#channel?.postMessage(word);
  }
}

function isTabMessage(data: unknown): data is TabMessage {
  return typeof data === "object" && data !== null && "from" in data && "state" in data && "asks" in data;
}
