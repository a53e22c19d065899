import type { Cancel } from "./clock.ts";
import type { PlannedRequest } from "./plan.ts";

/**
 * What came of one request: an answer, read to its end, with its length in bytes as it came from the server; or none.
 */
export type ExchangeOutcome =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly bytes: number;
      /** Value of the header that was asked for; absent if there was none. */
      readonly header?: string;
      /** It was successful, and contradicts what was said before. */
      readonly contradicts?: true;
    }
  | {
      readonly kind: "failed";
      readonly failure: "refused" | "reset" | "timed out" | "malformed";
    };

/** A request under way. */
export interface Sending {
  /** Never rejects. Need not resolve after `cancel`. */
  readonly outcome: Promise<ExchangeOutcome>;
  /** The reader hangs up. */
  readonly cancel: Cancel;
}

/** How a request is sent, and what its outcome is to say. */
export interface SendOptions {
  readonly keepAlive: boolean;
  /** Name of the response header that the outcome is to tell, in lower case. */
  readonly header?: string | undefined;
  /** Who asks: the same object, the same cookies. Absent: a reader who has none and keeps none. */
  readonly reader?: object | undefined;
  /**
   * Whether a successful answer contradicts an earlier one: asked once, with the beginning of its body. Absent: nobody
   * looks.
   */
  readonly contradicts?: ((body: string) => boolean) | undefined;
  /** Called when the first byte of an answer has come. */
  readonly firstByte?: (() => void) | undefined;
}

/** Sends requests to the server under test, each on a connection of its own or on one that is kept. */
export interface Requester {
  /** Time-outs are the generator's business: it cancels. */
  send(request: PlannedRequest, options: SendOptions): Sending;
  /** Hangs up all connections that are kept. Called once, when the run is over. */
  close(): void;
}
