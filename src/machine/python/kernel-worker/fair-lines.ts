/**
 * Who is heard when processes say more than the kernel can take.
 *
 * As long as a host's processes leave the kernel time, each message is heard as it comes. Beyond that their messages
 * wait, and are heard in turns: one host after the other, one process after the other, with pauses for everything else
 * that the kernel's thread has to do.
 */

import type { Milliseconds } from "../../host-types.ts";
import { MessageTurns } from "../kernel/message-turns.ts";

/** How long the hearing of one host's processes may take, out of each `period`, before they have to wait. */
const share: Milliseconds = 8;
const period: Milliseconds = 16;
/** How long those who waited are heard before others have their turn. */
const slice: Milliseconds = 4;
/** So many messages of one process may wait: one that waits for answers, as programs do, never comes near. */
const mostWaiting = 5000;

/** Hears a message. Must not throw. */
type Hear<Message> = (message: Message) => void;

/** One process's line. */
export interface FairLine<Message> {
  /** A message has come. */
  arrived(message: Message): void;
  /** The process is over: what waits is forgotten. */
  close(): void;
}

/** What lines stand on: for tests, other clocks and turns. */
export interface FairLinesParts {
  now(): Milliseconds;
  /** Calls back when all that waits for the thread has had its turn. */
  soon(act: () => void): void;
}

interface Waiting<Message> {
  readonly host: Host<Message>;
  readonly onMessage: Hear<Message>;
  readonly flooded: () => void;
  messages: Message[];
  /** The first so many of them have been heard. */
  heard: number;
  closed: boolean;
}

/** What is known of one host. */
interface Host<Message> {
  /** Those whose messages wait, in the order of their turns. */
  readonly waiting: Set<Waiting<Message>>;
  periodBegan: Milliseconds;
  /** How long its processes were heard since. */
  spent: Milliseconds;
}

/** The lines of all processes. */
export class FairLines<Message> {
  readonly #hosts = new Map<string, Host<Message>>();
  /** Hosts of which messages wait, in the order of their turns. */
  readonly #waiting = new Set<Host<Message>>();
  #scheduled = false;

  constructor(private readonly parts: FairLinesParts = realParts()) {}

  /**
   * A line for a process of a host. `flooded`: it sends faster than it can be heard, and does not wait; it is to be
   * ended.
   */
  open(hostName: string, onMessage: Hear<Message>, flooded: () => void): FairLine<Message> {
    const host = this.#hosts.get(hostName) ?? { waiting: new Set(), periodBegan: Number.NEGATIVE_INFINITY, spent: 0 };
    this.#hosts.set(hostName, host);
    const line: Waiting<Message> = { host, onMessage: onMessage, flooded, messages: [], heard: 0, closed: false };
    return { arrived: (message) => this.#arrived(line, message), close: () => this.#close(line) };
  }

  #arrived(line: Waiting<Message>, message: Message): void {
    if (line.closed) return;
    const { host } = line;
    const now = this.parts.now();
    if (now - host.periodBegan >= period) {
      host.periodBegan = now;
      host.spent = 0;
    }
    if (host.spent < share && host.waiting.size === 0) {
      line.onMessage(message);
      host.spent += this.parts.now() - now;
      return;
    }
    line.messages.push(message);
    if (line.messages.length - line.heard > mostWaiting) {
      line.flooded();
      return;
    }
    host.waiting.add(line);
    this.#waiting.add(host);
    this.#schedule();
  }

  #close(line: Waiting<Message>): void {
    line.closed = true;
    line.messages = [];
    this.#rests(line);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.parts.soon(() => this.#hearSome());
  }

  #hearSome(): void {
    this.#scheduled = false;
    const end = this.parts.now() + slice;
    do {
      const line = this.#next();
      if (line === undefined) return;
      const message = line.messages[line.heard];
      line.heard += 1;
      if (line.heard === line.messages.length) {
        line.messages = [];
        line.heard = 0;
        this.#rests(line);
      }
      if (message !== undefined) line.onMessage(message);
    } while (this.parts.now() < end);
    if (this.#waiting.size > 0) this.#schedule();
  }

  /** Whose turn it is; then it goes to the end of the queue, and so does its host. */
  #next(): Waiting<Message> | undefined {
    for (const host of this.#waiting) {
      for (const line of host.waiting) {
        host.waiting.delete(line);
        host.waiting.add(line);
        this.#waiting.delete(host);
        this.#waiting.add(host);
        return line;
      }
    }
    return undefined;
  }

  /** Nothing of it waits. */
  #rests(line: Waiting<Message>): void {
    const { host } = line;
    host.waiting.delete(line);
    if (host.waiting.size === 0) this.#waiting.delete(host);
  }
}

function realParts(): FairLinesParts {
  const turns = new MessageTurns();
  return { now: () => performance.now(), soon: (act) => void turns.next(act) };
}
