/** What a host may use at most. Beyond it, programs get the errno that Linux gives. */
export interface Limits {
  /** Processes of a host, zombies included (EAGAIN). */
  readonly processes: number;
  /** Descriptors of one process (EMFILE). The process side keeps to it; what comes beyond it arrives broken. */
  readonly openFiles: number;
  /** Calls of one process that have not been answered (EAGAIN): each of its threads waits for one. */
  readonly pendingCalls: number;
  /** Descriptors that one process waits for, in all its calls together (ENOMEM). */
  readonly watched: number;
  /** Ports of a host that are taken (ENOBUFS). */
  readonly ports: number;
  /** Semaphores of a host (ENOSPC). */
  readonly semaphores: number;
  /** Files and folders of a host (ENOSPC). */
  readonly files: number;
  /** TCP connections of a host that at least one end still holds (ENOBUFS). */
  readonly connections: number;
  /** Bytes in all files of a host together (ENOSPC). */
  readonly fileBytes: number;
  /** Bytes that may be under way in each direction of a connection. */
  readonly streamBuffer: number;
  /** Largest backlog that `listen` gives, as Linux's somaxconn. */
  readonly backlog: number;
  /** Bytes of output that a terminal keeps for a late listener. */
  readonly scrollback: number;
  /** Bytes of output that may wait for a slow terminal before its writers wait. */
  readonly outputBacklog: number;
  /** Bytes of output that may wait at all: a process that does not wait is ended. */
  readonly outputHeld: number;
  /** Bytes of input that a terminal keeps before it drops what is typed. */
  readonly typeAhead: number;
}

/** The limits of a host unless the kernel is given others. */
export const defaultLimits: Limits = {
  processes: 64,
  openFiles: 1024,
  pendingCalls: 4096,
  watched: 16_384,
  ports: 1024,
  semaphores: 4096,
  files: 20_000,
  connections: 16_384,
  fileBytes: 128 * 1024 * 1024,
  streamBuffer: 256 * 1024,
  backlog: 4096,
  scrollback: 256 * 1024,
  outputBacklog: 1024 * 1024,
  outputHeld: 64 * 1024 * 1024,
  typeAhead: 1024 * 1024,
};
