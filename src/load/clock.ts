/** Time as the generator sees it: the kernel's on the Python machine, Node's in a container, a virtual one in tests. */
export interface Clock {
  /** Milliseconds since any fixed moment, with fractions; never goes back. */
  now(): number;
  /** Calls `fn` once, `ms` milliseconds from now or soon after (0: as soon as possible, but not at once). */
  after(ms: number, fn: () => void): Cancel;
}

/** Takes back what was asked for. Calling it late or twice is harmless. */
export type Cancel = () => void;
