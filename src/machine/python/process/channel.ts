import type { Errno } from "../kernel/errno.ts";
import {
  type Call,
  type CallArguments,
  type CallName,
  type CallResult,
  type KernelMessage,
  longestMessage,
  type OneWayCall,
  type ProcessMessages,
} from "../kernel/protocol.ts";

/**
 * How much is said in one message: the kernel takes no longer ones, and does not get round to others while it reads
 * one.
 */
const largestMessage = longestMessage / 2;

/** What became of a call. */
export type CallOutcome<N extends CallName> = { ok: true; result: CallResult<N> } | { ok: false; errno: Errno };

/** A call under way: its number, to cancel it by, and its answer. */
export interface CallUnderWay<N extends CallName> {
  readonly id: number;
  readonly answer: Promise<CallOutcome<N>>;
}

/** The port to the kernel, as far as the channel needs it. */
export interface KernelPort {
  postMessage(message: ProcessMessages, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<KernelMessage[]>) => void) | null;
}

/** Before anything is said on a process's line, for what `KernelChannel.said` is compared with. */
export const beforeAll = -1;

/**
 * A process's line to the kernel.
 *
 * Statements gather in an outbox until something flushes it: every call does, and the tick of a busy thread.
 * An answer, a connection's last bytes and the next wait so travel in one message.
 */
export class KernelChannel {
  #outbox: ProcessMessages = [];
  #transfer: Transferable[] = [];
  #nextCall = 1;
  /** Called before anything is sent: what is to be said first can be told now. */
  onFlush: () => void = () => {};
  /** How many calls it was given, one-way ones included. */
  said = 0;
  readonly #settle = new Map<number, (answer: CallOutcome<CallName>) => void>();

  constructor(
    private readonly port: KernelPort,
    private readonly onNotice: (message: KernelMessage) => void,
  ) {
    port.onmessage = (event) => {
      for (const message of event.data) this.#receive(message);
    };
  }

  /** Says something that has no answer. */
  post(call: OneWayCall): void {
    this.said += 1;
    this.#outbox.push(call);
  }

  /** Asks, and sends everything that has gathered. `transfer` goes over without a copy. */
  call<N extends CallName>(
    name: N,
    args: CallArguments<N>,
    tid: number,
    transfer: Transferable[] = [],
  ): CallUnderWay<N> {
    let id = 0;
    const answer = new Promise<CallOutcome<N>>((resolve) => {
      id = this.callThen(name, args, tid, resolve, transfer);
    });
    return { id, answer };
  }

  /** The same, with the answer told before anything that the kernel said after it. Returns the call's number. */
  callThen<N extends CallName>(
    name: N,
    args: CallArguments<N>,
    tid: number,
    resolve: (answer: CallOutcome<N>) => void,
    transfer: Transferable[] = [],
  ): number {
    this.onFlush();
    const id = this.#nextCall++;
    this.said += 1;
    // The kernel answers a call with the result of its own name: the map forgets the name, the number keeps it.
    this.#settle.set(id, resolve as (answer: CallOutcome<CallName>) => void);
    this.#outbox.push({ op: "call", id, name, tid, arguments: args } as Call);
    this.#transfer.push(...transfer);
    this.#send();
    return id;
  }

  /** Gives up waiting for a call. If its answer still comes, it is settled as usual. */
  cancel(id: number): void {
    this.post({ op: "cancel", call: id });
    this.flush();
  }

  /** Sends what has gathered. */
  flush(): void {
    this.onFlush();
    this.#send();
  }

  #send(): void {
    if (this.#outbox.length === 0) return;
    const messages = this.#outbox;
    const transfer = this.#transfer;
    this.#outbox = [];
    this.#transfer = [];
    // What changes hands belongs to a call, and a call is sent with all that was said before it: it is in the last.
    while (messages.length > largestMessage) this.port.postMessage(messages.splice(0, largestMessage), []);
    this.port.postMessage(messages, transfer);
  }

  #receive(message: KernelMessage): void {
    if (message.op === "answer" || message.op === "failure") {
      const settle = this.#settle.get(message.call);
      this.#settle.delete(message.call);
      settle?.(
        message.op === "answer"
          ? { ok: true, result: message.result as CallResult<CallName> }
          : { ok: false, errno: message.errno },
      );
      return;
    }
    this.onNotice(message);
  }
}
