import type { Milliseconds } from "../../host-types.ts";
import type { CancelTimer, KernelClock } from "./clock.ts";
import type { EventBatch, Waitable } from "./event-batch.ts";
import type { DescriptionWaiter, DescriptorOwner, Watched } from "./process/open-file-description.ts";
import type { Ready } from "./protocol.ts";

/** A call whose answer has to wait for something. */
export interface PendingCall {
  /** Gives it up: no answer will come. */
  cancel(): void;
  /** The process goes on after a stop: what came meanwhile counts now. */
  resume(): void;
}

/** Who waits. A stopped process takes nothing. */
export interface Waiter extends DescriptorOwner {
  readonly stopped: boolean;
  /** What it asked for cannot be done, in a way that nobody has thought of. */
  failed(error: unknown): void;
}

/** A `wait` under way: answered once, with everything that is ready at that moment. */
export class PendingSelect implements PendingCall, DescriptionWaiter, Waitable {
  #over = false;
  #late = false;
  #cancelTimer: CancelTimer | undefined;

  /** Takes its place in the queues of all that it watches, and looks at them before the batch ends. */
  constructor(
    private readonly waiter: Waiter,
    private readonly watched: readonly Watched[],
    private readonly timeout: Milliseconds | null,
    private readonly clock: KernelClock,
    private readonly batch: EventBatch,
    private readonly answer: (ready: Ready[]) => void,
  ) {
    const listeners = watched.filter(({ interest, description }) => interest.read && description.listens);
    if (listeners.length > 0) waiter.acceptsFrom = listeners;
    for (const { description } of watched) description.waiters.add(this);
    batch.retryLast(this);
  }

  /** Runs after all older waiters: a process that begins to wait does not overtake those that wait already. */
  retry(): void {
    this.attempt();
    if (this.#over || this.waiter.stopped || this.timeout === null) return;
    if (this.#late || this.timeout <= 0) this.#finish([]);
    else this.#cancelTimer ??= this.clock.after(this.timeout, () => this.#timeIsUp());
  }

  /** Answers if anything is ready. */
  attempt(): void {
    if (this.#over || this.waiter.stopped) return;
    try {
      const ready = this.#collect();
      if (ready.length > 0) this.#finish(ready);
    } catch (error) {
      // Others wait for the same, and for others' sake the turn must come to its end.
      this.#leave();
      this.waiter.failed(error);
    }
  }

  cancel(): void {
    this.#leave();
  }

  resume(): void {
    this.batch.retryLast(this);
  }

  #timeIsUp(): void {
    this.#late = true;
    this.batch.retryLast(this);
  }

  /** At most one connection an answer, the oldest over all listeners, so that each process takes what it can serve. */
  #collect(): Ready[] {
    const ready: Ready[] = [];
    const queues: Watched[] = [];
    let finished = false;
    for (const watched of this.watched) {
      const { description, interest } = watched;
      // Closed meanwhile: what comes there is for the others who have it.
      if (!description.isHeldBy(this.waiter)) continue;
      if (interest.read && description.queuedSince() !== undefined) {
        queues.push(watched);
        continue;
      }
      const found = description.poll(interest, this.waiter);
      if (found === undefined) continue;
      ready.push(found);
      finished ||= description.finished;
    }
    const accepted = this.#oldest(queues);
    if (accepted !== undefined) ready.push(accepted);
    else if (finished) ready.push(...this.#offer());
    return ready;
  }

  #oldest(queues: readonly Watched[]): Ready | undefined {
    const since = ({ description }: Watched) => description.queuedSince() ?? Number.POSITIVE_INFINITY;
    const oldest = queues.toSorted((one, other) => since(one) - since(other))[0];
    return oldest?.description.poll(oldest.interest, this.waiter);
  }

  /**
   * Who has heard the last of a connection is about to close it and to accept another. One that nobody else waits for
   * is offered along with that word, which saves the process a trip to ask for it.
   */
  #offer(): Ready[] {
    const queues = this.waiter.acceptsFrom.filter(
      ({ description }) =>
        description.isHeldBy(this.waiter) && description.waiters.size === 0 && description.queuedSince() !== undefined,
    );
    const accepted = this.#oldest(queues);
    return accepted === undefined ? [] : [{ ...accepted, offered: true }];
  }

  #finish(ready: Ready[]): void {
    this.#leave();
    this.answer(ready);
  }

  #leave(): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelTimer?.();
    for (const { description } of this.watched) description.waiters.delete(this);
  }
}
