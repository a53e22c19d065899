/**
 * Which parts of a lab are on screen. Before its first start a lab shows what the first run needs and no more; the rest
 * comes when the lesson's text or the reader asks for it, one part at a time, and stays.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { keptName } from "../../kept-names.ts";
import type { ShownPart } from "../../lab-definition/schema.ts";
import { readSessionItem, writeSessionItem } from "./session-storage.ts";

/** Under this name it is kept that a reader wants to see everything, in every lab. */
export const everythingName = "two-servers:everything";

/**
 * How much of a lab its page has room for: all of it, what a run needs (a slide), or what a run by the chosen plan
 * needs (a compact embed).
 */
export type LabExtent = (typeof labExtents)[number];
const labExtents = ["whole", "run", "plan"] as const;

/** The extent that a page states on its root element, `data-lab-extent`. Pages that state none show the whole lab. */
export function extentOfPage({ documentElement }: Document = document): LabExtent {
  return labExtents.find((extent) => extent === documentElement.dataset["labExtent"]) ?? "whole";
}

/** What is on screen of a lab beyond what a first run needs. */
export class ShownParts {
  readonly #parts: Signal<ReadonlySet<ShownPart>> = signal(new Set());
  readonly #everything = signal(false);
  readonly #begun = signal(false);
  readonly #soon: readonly ShownPart[];
  #keep: ((parts: readonly ShownPart[]) => void) | undefined;
  #remember: ((everything: boolean) => void) | undefined;

  /** Where it is not `whole`, no part ever comes on screen. */
  readonly extent: LabExtent;
  /** Every part is there, in this lab and in the others. */
  readonly everything: ReadonlySignal<boolean> = this.#everything;

  /** @param soon what the lesson's steps need from the first start on */
  constructor(soon: readonly ShownPart[] = [], extent: LabExtent = "whole") {
    this.#soon = soon;
    this.extent = extent;
  }

  /** Whether a part is on screen. */
  shows(part: ShownPart): boolean {
    return this.extent === "whole" && (this.#everything.value || this.#parts.value.has(part));
  }

  /** Whether what a lab offers besides its parts is on screen: sharing, other plans, a button for each side. */
  get begun(): boolean {
    return this.extent === "whole" && (this.#everything.value || this.#begun.value);
  }

  /** Brings parts on screen, to stay there. */
  show(...parts: readonly ShownPart[]): void {
    if (parts.every((part) => this.#parts.peek().has(part))) return;
    this.#parts.value = new Set([...this.#parts.peek(), ...parts]);
    this.#keep?.([...this.#parts.peek()]);
  }

  /** The reader has started something: the terminals come, and what the lesson's steps need. */
  begin(): void {
    this.#begun.value = true;
    this.show("panes", ...this.#soon);
  }

  /** Everything, here and in every lab, from now on; or no longer. What has been shown stays. */
  wantEverything(everything: boolean): void {
    this.#everything.value = everything;
    this.#remember?.(everything);
  }

  /** Everything, in this lab and for this visit: somebody has prepared it, and what was changed must be seen. */
  showPrepared(): void {
    this.#begun.value = true;
    this.show("panes", "settings", "by-hand", "faults");
  }

  /**
   * Goes on as the reader left it, and keeps what is shown from now on: parts for this tab, the wish for everything for
   * good.
   */
  keepFor(lab: string, root: URL): void {
    const name = `shown:${lab}`;
    const known = readSessionItem(name);
    if (Array.isArray(known)) {
      this.#begun.value = known.includes("panes");
      this.#parts.value = new Set(shownParts.filter((part) => known.includes(part)));
    }
    this.#keep = (parts) => void writeSessionItem(name, parts);
    try {
      this.#everything.value = localStorage.getItem(keptName(everythingName, root)) === "yes";
    } catch {
      // Storage is blocked, e.g. in a frame of another site: nothing is known of the reader.
    }
    this.#remember = (everything) => {
      try {
        if (everything) localStorage.setItem(keptName(everythingName, root), "yes");
        else localStorage.removeItem(keptName(everythingName, root));
      } catch {
        // It holds for this page only.
      }
    };
  }
}

/** All parts, in the order in which they are offered. */
export const shownParts = ["panes", "settings", "by-hand", "faults"] as const satisfies readonly ShownPart[];
