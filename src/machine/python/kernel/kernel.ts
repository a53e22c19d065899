import { type KernelClock, RealClock } from "./clock.ts";
import { EventBatch } from "./event-batch.ts";
import { KernelHost } from "./kernel-host.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import type { Executor } from "./protocol.ts";

/** What a kernel is made of. */
export interface KernelOptions {
  /** Where processes run. */
  readonly executor: Executor;
  /** Default: the reader's clock. */
  readonly clock?: KernelClock;
  /** Those of each host; what is absent is as in `defaultLimits`. */
  readonly limits?: Partial<Limits>;
  /** How many processors the browser says that there are. Default: 1. */
  readonly cores?: number;
  /** Chance, from 0 to below 1: it decides which of several idle processes accepts. Default: `Math.random`. */
  readonly random?: () => number;
}

/** What the processes of a machine share. One kernel, several hosts that know nothing of each other, one clock. */
export class Kernel {
  readonly clock: KernelClock;
  readonly #executor: Executor;
  readonly #limits: Limits;
  readonly #cores: number;
  readonly #random: () => number;
  readonly #batch = new EventBatch();
  readonly #hosts = new Map<string, KernelHost>();

  constructor(options: KernelOptions) {
    this.clock = options.clock ?? new RealClock();
    this.#executor = options.executor;
    this.#cores = options.cores ?? 1;
    this.#random = options.random ?? Math.random;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  /** The host of that name, made at the first call. */
  host(name: string): KernelHost {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const parts = {
      clock: this.clock,
      batch: this.#batch,
      executor: this.#executor,
      limits: this.#limits,
      cores: this.#cores,
      random: this.#random,
    };
    const host = new KernelHost(name, parts);
    this.#hosts.set(name, host);
    return host;
  }

  /** Ends every process of every host. */
  dispose(): void {
    for (const host of this.#hosts.values()) host.stop();
  }
}
