/** What a side's faults and the runner that causes them agree on. */
import type { Signal } from "@preact/signals";
import type { FaultKind } from "../../lab-definition/schema.ts";
import type { LoadTick } from "../../load/plan.ts";
import type { Milliseconds } from "../../machine/machine.ts";
import type { labStrings } from "../../strings/strings.ts";
import type { SideSession } from "../side/side-session.ts";
import type { SlowClient } from "./slow-client.ts";

/** What a load test has seen so far. */
export type RunProgress = Pick<LoadTick, "failed" | "doneBy">;

/** What a side's faults need of the lab around it. */
export interface FaultContext {
  readonly side: SideSession;
  /** The machine's clock; `undefined` while it is closed. */
  readonly now: () => Milliseconds | undefined;
  /** Paths that the lab's buttons ask for. */
  readonly paths: { readonly hang: string; readonly leak: string };
  /**
   * Raises the version of the app, unless a higher one than this side's server has is written already; with `always` in
   * any case. Resolves
   * with the version that is to be in use, `undefined` if no file has one.
   */
  readonly writeVersion: (always: boolean) => Promise<number | undefined>;
  /** Stops and starts the side. */
  readonly restart: () => Promise<void>;
  /** How far the load test has come that asks this side now; reads signals. */
  readonly progress: () => RunProgress | undefined;
  /** When the run began that asks this side now, on the machine's clock. */
  readonly runBegan: () => Milliseconds | undefined;
  /** Lanes show what happens now. */
  readonly onManualRequest: () => void;
}

/** Where a fault writes what it did. */
export interface FaultJournal {
  /** Slow clients that are connected. */
  readonly slow: Signal<readonly SlowClient[]>;
  /** Number of the last note. */
  readonly lastId: number;
  /** Tells of a fault; the answer changes what was told. */
  note(kind: FaultKind, text: string, at: Milliseconds): (text: string) => void;
  /** Marks a moment. */
  mark(kind: keyof typeof labStrings.faults.marks, at: Milliseconds, version?: number): void;
  /** Says why nothing was done. */
  refuse(text: string): void;
}
