/** What the page and the emulator's worker may say to each other besides what is said of hosts. */
import { call } from "../../gate/gate.ts";
import { bytes, nothing, text, tuple, whole } from "../../gate/shape.ts";

const reason = text(10_000);

/** What the worker tells and asks the page. */
export const bootNews = {
  /** Another step of the opening begins. */
  step: call(tuple(text(200)), nothing),
  /** A part of the disc. Rejects if it cannot be had; the page then says so. */
  part: call(tuple(whole(0, 1_000_000)), bytes(64 * 1024 * 1024)),
  ready: call(tuple(), nothing),
  /** It did not start. */
  failed: call(tuple(reason), nothing),
  /** The guest has ended by itself. */
  crash: call(tuple(reason), nothing),
};

/** What the page asks of the worker. */
export const guestCalls = {
  /** The guest stands still: no time passes in it, and none of the reader's is used. */
  pause: call(tuple(), nothing),
  resume: call(tuple(), nothing),
};
