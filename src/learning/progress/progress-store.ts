/**
 * Keeps a reader's work on the device, and nowhere else. What cannot be read is set aside, not thrown away; where the
 * browser keeps nothing, everything works for this visit.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { isKeptBy, isUnscoped, type KeyStorage, keptName, readKeptText } from "../../kept-names.ts";
import { siteRoot } from "../../site-root.ts";
import { type LearnerProgress, noProgress, parseProgress, serialiseProgress } from "./learner-progress.ts";

/** The key of the memory, before the path of the site. */
export const memoryName = "two-servers:learner";
/** Where what could not be read lies until it is erased, before the path of the site. */
export const setAsideName = "two-servers:learner-set-aside";

/** What a reader should know about the keeping. */
export type StorageTrouble = "set aside" | "not kept";

/** The memory, as everything in the page sees it. */
export class ProgressStore {
  readonly #storages: () => readonly KeyStorage[];
  readonly #root: () => URL;
  readonly #memory: Signal<LearnerProgress> = signal(noProgress);
  readonly #trouble: Signal<StorageTrouble | undefined> = signal(undefined);

  readonly memory: ReadonlySignal<LearnerProgress> = this.#memory;
  readonly trouble: ReadonlySignal<StorageTrouble | undefined> = this.#trouble;

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
  update(change: (memory: LearnerProgress) => LearnerProgress): void {
    this.reread();
    this.#memory.value = change(this.#memory.peek());
    try {
      this.#storage().setItem(keptName(memoryName, this.#root()), serialiseProgress(this.#memory.peek()));
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
      const memory = text === null ? noProgress : parseProgress(text);
      if (text !== null && memory === undefined) {
        storage.setItem(keptName(setAsideName, root), text);
        storage.removeItem(keptName(memoryName, root));
        this.#trouble.value = "set aside";
      }
      this.#memory.value = memory ?? noProgress;
    } catch {
      // Storage is denied; or so full that nothing can be set aside, and then it is left where it is.
      this.#trouble.value = "not kept";
    }
  }

  /**
   * Forgets everything that this site keeps for its readers, also what was set aside, and what an older version has
   * kept. What another copy of the site keeps stays.
   */
  erase(): void {
    this.#memory.value = noProgress;
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

let store: ProgressStore | undefined;

/** The memory of this page. */
export function learnerStore(): ProgressStore {
  if (store === undefined) {
    const made = new ProgressStore(() => [localStorage, sessionStorage], siteRoot);
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
