import type { ProcessStart } from "../kernel/syscalls.ts";

/** Names a worker of the frame. */
export type WorkerId = number;

/**
 * What the frame does for the kernel: it starts the workers that processes live in, because it holds the image. Called through Comlink.
 */
export interface WorkerFactory {
  /** Starts a worker. `port` is the process's line to the kernel. */
  start(id: WorkerId, start: ProcessStart, port: MessagePort, clockOrigin: number): void;
  /** Ends it at once. */
  terminate(id: WorkerId): void;
}
