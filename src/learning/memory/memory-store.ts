/**
 * Keeps a reader's work on the device, and nowhere else. What cannot be read is set aside, not thrown away; where the
 * browser keeps nothing, everything works for this visit.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { isKeptBy, isUnscoped, type KeyStorage, keptName, readKeptText } from "../../kept-names.ts";
import { siteRoot } from "../../site-root.ts";
import { type LearnerMemory, noMemory, readMemory, writeMemory } from "./learner-memory.ts";

/** The key of the memory, before the path of the site. */
export const memoryName = "two-servers:learner";
/** Where what could not be read lies until it is erased, before the path of the site. */
export const setAsideName = "two-servers:learner-set-aside";

/** What a reader should know about the keeping. */
export type MemoryTrouble = "set aside" | "not kept";

/** The memory, as everything in the page sees it. */
export class MemoryStore {
  readonly #storages: () => readonly KeyStorage[];
  readonly #root: () => URL;
  readonly #memory: Signal<LearnerMemory> = signal(noMemory);
  readonly #trouble: Signal<MemoryTrouble | undefined> = signal(undefined);

  readonly memory: ReadonlySignal<LearnerMemory> = this.#memory;
  readonly trouble: ReadonlySignal<MemoryTrouble | undefined> = this.#trouble;

  /**
   * @param storages the one that keeps the memory, and others in which this site keeps something; may throw
   * @param root of the site: each copy of it has a memory of its own
   */
  constructor(storages: () => readonly KeyStorage[], root: () => URL) {
    this.#storages = storages;
    this.#root = root;
    this.reread();
  }

  /** Changes the memory, as it stands now: another tab may have changed it meanwhile. */
  update(change: (memory: LearnerMemory) => LearnerMemory): void {
    this.reread();
    this.#memory.value = change(this.#memory.peek());
    try {
      this.#storage().setItem(keptName(memoryName, this.#root()), writeMemory(this.#memory.peek()));
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
      const root = this.#root();
      const text = readKeptText(storage, memoryName, root);
      const memory = text === null ? noMemory : readMemory(text);
      if (text !== null && memory === undefined) {
        storage.setItem(keptName(setAsideName, root), text);
        storage.removeItem(keptName(memoryName, root));
        this.#trouble.value = "set aside";
      }
      this.#memory.value = memory ?? noMemory;
    } catch {
      // Storage is denied; or so full that nothing can be set aside, and then it is left where it is.
      this.#trouble.value = "not kept";
    }
  }

  /**
   * Forgets everything that this site keeps for its readers, also what was set aside, and what an older version has kept. What another copy
   * of the site keeps stays.
   */
  erase(): void {
    this.#memory.value = noMemory;
    this.#trouble.value = undefined;
    try {
      const root = this.#root();
      for (const storage of this.#storages()) {
        const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
        for (const key of keys) if (isKeptBy(key, root) || isUnscoped(key)) storage.removeItem(key);
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

let store: MemoryStore | undefined;

/** The memory of this page. */
export function learnerStore(): MemoryStore {
  if (store === undefined) {
    const made = new MemoryStore(() => [localStorage, sessionStorage], siteRoot);
    store = made;
    if (typeof addEventListener === "function") {
      // A key of null: everything was erased.
      addEventListener("storage", ({ key }) => {
        if (key === null || key === keptName(memoryName, siteRoot())) made.reread();
      });
    }
  }
  return store;
}
