/**
 * Keeps a reader's work on the device, and nowhere else. What cannot be read is set aside, not thrown away; where the
 * browser keeps nothing, everything works for this visit.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type LearnerProgress, noProgress, parseProgress, serialiseProgress } from "./learner-progress.ts";

/** Everything that this site keeps begins so: other pages of the host may keep something, too. */
const prefix = "two-servers";

/** The key of the memory. */
export const memoryKey = `${prefix}:learner`;
/** Where what could not be read lies until it is erased. */
export const setAsideKey = `${prefix}:learner-set-aside`;

/** What a reader should know about the keeping. */
export type StorageTrouble = "set aside" | "not kept";

/** The part of a browser's storage that is used here. */
export type KeyStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** The memory, as everything in the page sees it. */
export class ProgressStore {
  readonly #storages: () => readonly KeyStorage[];
  readonly #memory: Signal<LearnerProgress> = signal(noProgress);
  readonly #trouble: Signal<StorageTrouble | undefined> = signal(undefined);

  readonly memory: ReadonlySignal<LearnerProgress> = this.#memory;
  readonly trouble: ReadonlySignal<StorageTrouble | undefined> = this.#trouble;

  /** @param storages the one that keeps the memory, and others in which this site keeps something; may throw */
  constructor(storages: () => readonly KeyStorage[]) {
    this.#storages = storages;
    this.reread();
  }

  /** Changes the memory, as it stands now: another tab may have changed it meanwhile. */
  update(change: (memory: LearnerProgress) => LearnerProgress): void {
    this.reread();
    this.#memory.value = change(this.#memory.peek());
    try {
      this.#storage().setItem(memoryKey, serialiseProgress(this.#memory.peek()));
    } catch {
      // Storage is denied or full.
      this.#trouble.value = "not kept";
    }
  }

  /** Reads what is kept, after another tab changed it. */
  reread(): void {
    if (this.#trouble.peek() === "not kept") return;
    try {
      const storage = this.#storage();
      const text = storage.getItem(memoryKey);
      const memory = text === null ? noProgress : parseProgress(text);
      if (text !== null && memory === undefined) {
        storage.setItem(setAsideKey, text);
        storage.removeItem(memoryKey);
        this.#trouble.value = "set aside";
      }
      this.#memory.value = memory ?? noProgress;
    } catch {
      // Storage is denied; or so full that nothing can be set aside, and then it is left where it is.
      this.#trouble.value = "not kept";
    }
  }

  /** Forgets everything that this site keeps for its readers, also what was set aside. */
  erase(): void {
    this.#memory.value = noProgress;
    this.#trouble.value = undefined;
    try {
      for (const storage of this.#storages()) {
        const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
        for (const key of keys) if (key.startsWith(prefix)) storage.removeItem(key);
      }
    } catch {
      // What cannot be kept need not be erased.
      this.#trouble.value = "not kept";
    }
  }

  #storage(): KeyStorage {
    const [storage] = this.#storages();
    if (storage === undefined) throw new Error("There is no storage");
    return storage;
  }
}

let store: ProgressStore | undefined;

/** The memory of this page. */
export function learnerStore(): ProgressStore {
  if (store === undefined) {
    const made = new ProgressStore(() => [localStorage, sessionStorage]);
    store = made;
    if (typeof addEventListener === "function") {
      // A key of null: everything was erased.
      addEventListener("storage", ({ key }) => {
        if (key === memoryKey || key === null) made.reread();
      });
    }
  }
  return store;
}
