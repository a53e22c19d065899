/** Requests that the reader sends by hand, one a click: what became of each, and its way through the server. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { HttpResponse, Milliseconds } from "../../machine/machine.ts";
import { messageOf } from "../basics/message-of.ts";
import type { Block } from "./request-log.ts";
import type { SideSession } from "./side-session.ts";

/** What a request came to. Times are from the click to the last byte. */
export type ManualExchange =
  | { readonly kind: "sending" }
  | { readonly kind: "answered"; readonly response: HttpResponse; readonly took: Milliseconds }
  | { readonly kind: "failed"; readonly message: string; readonly took: Milliseconds };

/** One request. */
export interface ManualRequest {
  /** Counts from 1. */
  readonly number: number;
  readonly path: string;
  /** Under which the machine's events know it. */
  readonly label: string;
  readonly exchange: ManualExchange;
}

/** Why a request was not sent. */
export type NotSent = "bad path" | "not running" | "too many";

/** Where a request is. */
export type Stage =
  /** The machine has not said yet, or cannot. */
  | { readonly kind: "sent" }
  | { readonly kind: "in the backlog" }
  | { readonly kind: "taken" | "answering"; readonly block: Readonly<Block> }
  | {
      readonly kind: "over";
      readonly exchange: Exclude<ManualExchange, { kind: "sending" }>;
      readonly block?: Readonly<Block>;
    };

/** So many stay in the list. */
const mostListed = 6;
/** More than this many are not sent at once: each is a connection. */
const mostUnderWay = 50;
/** Long enough for a full queue to be worked off. */
const answerWithin: Milliseconds = 60_000;

/** The requests by hand of one side. */
export class ManualRequests {
  readonly #side: SideSession;
  readonly #requests: Signal<readonly ManualRequest[]> = signal([]);
  readonly #notSent: Signal<NotSent | undefined> = signal(undefined);
  #last = 0;

  /** What the next one asks for. */
  readonly path: Signal<string>;
  /** Those that are kept, oldest first: all that are under way, and the last few. */
  readonly requests: ReadonlySignal<readonly ManualRequest[]> = this.#requests;
  readonly newest: ReadonlySignal<ManualRequest | undefined> = computed(() => this.#requests.value.at(-1));
  /** Why the last click sent nothing. */
  readonly notSent: ReadonlySignal<NotSent | undefined> = this.#notSent;

  constructor(
    side: SideSession,
    private readonly usualPath: string,
  ) {
    this.#side = side;
    this.path = signal(usualPath);
  }

  /** Sends one. Answers whether it was sent. */
  send(): boolean {
    const path = this.path.value;
    this.#notSent.value = this.#whyNot(path);
    if (this.#notSent.value !== undefined) return false;
    this.#last += 1;
    const label = `by hand ${this.#last}`;
    this.#show({ number: this.#last, path, label, exchange: { kind: "sending" } });
    void this.#ask(path, label);
    return true;
  }

  /** Where a request is now, as far as the machine has told. */
  stageOf({ label, exchange }: ManualRequest): Stage {
    const block = this.#side.requests.labelled(label);
    if (exchange.kind !== "sending") return { kind: "over", exchange, ...(block && { block }) };
    if (block === undefined) return { kind: "sent" };
    if (block.accepted === undefined) return { kind: "in the backlog" };
    return { kind: block.answering === undefined ? "taken" : "answering", block };
  }

  /** As at the beginning. What is still under way is not shown any more. */
  forget(): void {
    this.#requests.value = [];
    this.#notSent.value = undefined;
    this.path.value = this.usualPath;
  }

  #whyNot(path: string): NotSent | undefined {
    if (!path.startsWith("/")) return "bad path";
    if (this.#side.port.value === undefined) return "not running";
    const underWay = this.#requests.value.filter(({ exchange }) => exchange.kind === "sending");
    return underWay.length >= mostUnderWay ? "too many" : undefined;
  }

  async #ask(path: string, label: string): Promise<void> {
    const sent = performance.now();
    const exchange = await this.#side.ask(path, { label, timeout: answerWithin }).then(
      (response): ManualExchange => ({ kind: "answered", response, took: performance.now() - sent }),
      (error: unknown): ManualExchange => ({
        kind: "failed",
        message: messageOf(error),
        took: performance.now() - sent,
      }),
    );
    this.#requests.value = this.#requests.value.map((each) => (each.label === label ? { ...each, exchange } : each));
  }

  #show(request: ManualRequest): void {
    const all = [...this.#requests.value, request];
    const leaving = all
      .slice(0, Math.max(0, all.length - mostListed))
      .filter(({ exchange }) => exchange.kind !== "sending");
    this.#requests.value = all.filter((each) => !leaving.includes(each));
  }
}
