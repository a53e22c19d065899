/**
 * What is wrong with an exchange over a connection that itself did not fail.
 *
 * - `empty`: the other end closed without a byte of an answer (curl: "Empty reply from server").
 * - `truncated`: it closed in the middle of its answer.
 * - `malformed`: what came is not HTTP/1.x.
 * - `too large`: the answer exceeds a limit.
 * - `unsendable`: the request cannot be written as HTTP; nothing was sent.
 */
export type HttpFault = "empty" | "truncated" | "malformed" | "too large" | "unsendable";

/** An exchange that did not lead to an answer. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  constructor(
    readonly fault: HttpFault,
    /** One sentence without a full stop. */
    message: string,
  ) {
    super(message);
  }
}
