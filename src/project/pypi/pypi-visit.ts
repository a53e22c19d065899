/** One visit to PyPI for a project's packages, step by step: before each, the reader sees what it will ask for. */
import type { AvailablePackage } from "../packages/assess-packages.ts";
import { type AskAddress, type AskFailure, askList, askWheel, type FetchedWheel } from "./ask-pypi.ts";
import { type PackagePlan, planPackages, type WantedPackage } from "./plan-packages.ts";
import type { ListedFile } from "./simple-index.ts";

/** A visit. It asks for nothing before its first step. */
export class PypiVisit {
  readonly #lists = new Map<string, readonly ListedFile[] | AskFailure>();
  readonly #wheels = new Map<string, FetchedWheel | AskFailure>();

  /** @param ask how addresses are asked. Left out: the browser's own way. */
  constructor(
    readonly roots: readonly WantedPackage[],
    readonly here: ReadonlyMap<string, AvailablePackage>,
    readonly ask?: AskAddress,
  ) {}

  /** What would be asked for next, and what came of it so far. */
  get plan(): PackagePlan {
    return planPackages(this.roots, { here: this.here, lists: this.#lists, wheels: this.#wheels });
  }

  /** Whether nothing is left to ask. */
  get over(): boolean {
    const { lists, files } = this.plan;
    return lists.length === 0 && files.length === 0;
  }

  /** Asks for what a plan names: what the reader has seen and agreed to. Rejects only if it was stopped. */
  async step({ lists, files }: PackagePlan, signal: AbortSignal): Promise<void> {
    await Promise.all([
      ...lists.map(async ({ name }) => this.#lists.set(name, await askList(name, signal, this.ask))),
      ...files.map(async (file) => this.#wheels.set(file.url, await askWheel(file, signal, this.ask))),
    ]);
  }
}
