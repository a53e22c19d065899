/** The faults of one side: harm that the reader does on purpose, each to the real thing, and what came of it. */
import { batch, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { FaultKind } from "../../lab-definition/schema.ts";
import type { Milliseconds } from "../../machine/machine.ts";
import { labStrings } from "../../strings/strings.ts";
import { messageOf } from "../basics/message-of.ts";
import type { FaultContext, FaultJournal } from "./fault.ts";
import type { FaultRunner } from "./fault-runner.ts";
import type { SlowClient } from "./slow-client.ts";

/** What a fault did, in words that grow as more is known. */
export interface FaultNote {
  readonly id: number;
  readonly kind: FaultKind;
  /** Since the load test began that asked this side then; absent if none did. */
  readonly inRun?: Milliseconds;
  readonly text: string;
}

/** A moment of a load test that is marked. */
export interface RunMark {
  /** Since the run began for this side. */
  readonly since: Milliseconds;
  readonly word: string;
}

/** A moment to be marked in the pictures. */
export interface Mark {
  /** On the machine's clock. */
  readonly at: Milliseconds;
  /** One or two words. */
  readonly word: string;
}

const words = labStrings.faults;
const mostNotes = 3;
const mostMarks = 100;

/** The faults of one side. */
export class SideFaults {
  readonly #context: FaultContext;
  readonly #notes: Signal<readonly FaultNote[]> = signal([]);
  readonly #marks: Signal<readonly Mark[]> = signal([]);
  readonly #runMarks: Signal<readonly RunMark[]> = signal([]);
  readonly #refusal: Signal<string | undefined> = signal(undefined);
  readonly #slow: Signal<readonly SlowClient[]> = signal([]);
  readonly #stop: () => void;
  #runner: Promise<FaultRunner> | undefined;
  #lastId = 0;

  /** What the last ones did, oldest first. */
  readonly notes: ReadonlySignal<readonly FaultNote[]> = this.#notes;
  readonly marks: ReadonlySignal<readonly Mark[]> = this.#marks;
  /** Those of the run under way, or of the last one. */
  readonly runMarks: ReadonlySignal<readonly RunMark[]> = this.#runMarks;
  /** Why the last click did nothing. */
  readonly refusal: ReadonlySignal<string | undefined> = this.#refusal;
  /** Slow clients that are connected. */
  readonly slow: ReadonlySignal<readonly unknown[]> = this.#slow;

  constructor(context: FaultContext) {
    this.#context = context;
    const { side } = context;
    // Without a server nobody waits for slow clients.
    this.#stop = effect(() => {
      if (!side.alive.value) this.#hangUp();
    });
  }

  /** Causes a fault, or ends the slow clients. What it comes to is told in `notes` or `refusal`. Never rejects. */
  async cause(kind: FaultKind): Promise<void> {
    this.#refusal.value = undefined;
    try {
      const acts = await this.#loaded();
      await acts.cause(kind);
    } catch (error) {
      this.#refuse(words.failed(messageOf(error)));
    }
  }

  /** A load test begins: marks of the one before are of no use any more. */
  runBegins(): void {
    this.#runMarks.value = [];
  }

  /** As at the beginning. */
  forget(): void {
    this.#hangUp();
    batch(() => {
      this.#notes.value = [];
      this.#marks.value = [];
      this.#runMarks.value = [];
      this.#refusal.value = undefined;
    });
  }

  dispose(): void {
    this.#stop();
    this.#hangUp();
  }

  #loaded(): Promise<FaultRunner> {
    this.#runner ??= import("./fault-runner.ts").then(
      ({ FaultRunner }) => new FaultRunner(this.#context, this.#journal()),
      (error: unknown) => {
        this.#runner = undefined;
        throw error;
      },
    );
    return this.#runner;
  }

  #journal(): FaultJournal {
    const lastId = () => this.#lastId;
    return {
      slow: this.#slow,
      get lastId() {
        return lastId();
      },
      note: (kind, text, at) => this.#note(kind, text, at),
      mark: (kind, at, version) => this.#mark(kind, at, version),
      refuse: (text) => this.#refuse(text),
    };
  }

  #hangUp(): void {
    for (const client of this.#slow.peek()) client.hangUp();
  }

  #refuse(text: string): void {
    this.#refusal.value = text;
  }

  #mark(kind: keyof typeof words.marks, at: Milliseconds, version = 0): void {
    const word = words.marks[kind](version);
    this.#marks.value = [...this.#marks.value, { at, word }].slice(-mostMarks);
    const since = this.#inRun(at);
    if (since !== undefined) this.#runMarks.value = [...this.#runMarks.value, { since, word }].slice(-mostMarks);
  }

  #inRun(at: Milliseconds): Milliseconds | undefined {
    const began = this.#context.runBegan();
    return began === undefined ? undefined : Math.max(0, at - began);
  }

  /** Tells of a fault; the answer changes what was told. */
  #note(kind: FaultKind, text: string, at: Milliseconds): (text: string) => void {
    this.#lastId += 1;
    const id = this.#lastId;
    const inRun = this.#inRun(at);
    const note = { id, kind, text, ...(inRun !== undefined && { inRun }) };
    this.#notes.value = [...this.#notes.value, note].slice(-mostNotes);
    return (more) => {
      this.#notes.value = this.#notes.value.map((each) => (each.id === id ? { ...each, text: more } : each));
    };
  }
}
