/**
 * What the kernel and the frame may say to each other. The frame starts the workers that processes live in, because it
 * holds the image.
 */
import { call } from "../../../gate/gate.ts";
import { finite, nothing, port, type Shape, text, tuple, whole } from "../../../gate/shape.ts";
import type { ProcessStart } from "../kernel/protocol.ts";

/** Names a worker of the frame. */
export type WorkerId = number;

const worker: Shape<WorkerId> = whole(1);

/** The kernel's word is taken for what is in it: the frame hands it on. */
const processStart: Shape<ProcessStart> = (value): value is ProcessStart =>
  typeof value === "object" && value !== null && "argv" in value && Array.isArray(value.argv);

/** What the kernel asks of the frame. */
export const factoryCalls = {
  /** Starts a worker. The port is the process's line to the kernel; the last says when the kernel's clock began. */
  start: call(tuple(worker, processStart, port, finite), nothing),
  /** Ends it at once. */
  terminate: call(tuple(worker), nothing),
};

/** What the frame tells the kernel. */
export const factoryNews = {
  /** A worker ended by itself. The reason comes from it, and is what it likes. */
  crashed: call(tuple(worker, text(Number.MAX_SAFE_INTEGER)), nothing),
};
