import type { Clock } from "../clock.ts";
import type { PlannedRequest } from "../plan.ts";
import type { ExchangeOutcome, Requester, Sending, SendOptions } from "../requester.ts";

/** What a virtual server does with a request. */
export interface Service {
  /** Milliseconds that a worker needs for it; infinite: it hangs. */
  readonly time: number;
  /** Milliseconds until the first byte of the answer leaves, once it is worked on. Default: `time`. */
  readonly firstByte?: number;
  /** Default: status 200 with 100 bytes. */
  readonly outcome?: ExchangeOutcome;
}

/** What tests of the generator need to know of a server. */
export interface VirtualServerOptions {
  /** Requests that are worked on at once; the others queue in order. Default: all. */
  readonly workers?: number;
  readonly serve: (request: PlannedRequest, arrived: number) => Service;
  /** The body of a successful answer, for plans whose answers have to fit together. Default: empty. */
  readonly judged?: (outcome: ExchangeOutcome & { readonly kind: "answered" }) => string;
}

/** A request as the server saw it: its stay is known independently of the generator's own books. */
export interface Visit {
  readonly request: PlannedRequest;
  readonly reader: object | undefined;
  readonly arrived: number;
  /** Absent while it is under way. */
  left?: number;
  cancelled: boolean;
}

const ok: ExchangeOutcome = { kind: "answered", status: 200, bytes: 100 };

/**
 * A server of known service time, on a clock that tests turn. It works on for readers who have hung up, as real ones
 * do.
 */
export class VirtualServer implements Requester {
  readonly visits: Visit[] = [];
  closed = false;
  readonly #clock: Clock;
  readonly #options: VirtualServerOptions;
  readonly #queue: (() => void)[] = [];
  #next = 0;
  #busy = 0;

  constructor(clock: Clock, options: VirtualServerOptions) {
    this.#clock = clock;
    this.#options = options;
  }

  send(request: PlannedRequest, { reader, contradicts, firstByte }: SendOptions): Sending {
    const arrived = this.#clock.now();
    const visit: Visit = { request, reader, arrived, cancelled: false };
    this.visits.push(visit);
    const outcome = new Promise<ExchangeOutcome>((resolve) => {
      this.#queue.push(() => {
        const service = this.#options.serve(request, this.#clock.now());
        if (service.firstByte !== undefined) this.#clock.after(service.firstByte, () => firstByte?.());
        if (service.time === Number.POSITIVE_INFINITY) return;
        this.#clock.after(service.time, () => {
          if (!visit.cancelled) visit.left = this.#clock.now();
          this.#busy--;
          if (service.firstByte === undefined) firstByte?.();
          resolve(this.#judge(service.outcome ?? ok, contradicts));
          this.#work();
        });
      });
    });
    this.#work();
    return {
      outcome,
      cancel: () => {
        visit.cancelled = true;
        visit.left ??= this.#clock.now();
      },
    };
  }

  close(): void {
    this.closed = true;
  }

  #judge(outcome: ExchangeOutcome, contradicts: SendOptions["contradicts"]): ExchangeOutcome {
    if (outcome.kind === "failed" || outcome.status >= 400) return outcome;
    return contradicts?.(this.#options.judged?.(outcome) ?? "") ? { ...outcome, contradicts: true } : outcome;
  }

  #work(): void {
    while (this.#next < this.#queue.length && this.#busy < (this.#options.workers ?? Number.POSITIVE_INFINITY)) {
      this.#busy++;
      this.#queue[this.#next++]?.();
    }
  }
}
