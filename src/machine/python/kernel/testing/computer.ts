import { VirtualClock } from "../../../../testing/virtual-clock.ts";
import { Kernel, type KernelOptions } from "../kernel.ts";
import type { KernelHost, Launched } from "../kernel-host.ts";
import type { Limits } from "../limits.ts";
import { ScriptedExecutor, type ScriptedProcess } from "./scripted-process.ts";

/** A host with a clock of its own, whose processes the test speaks for. */
export class ScriptedComputer {
  readonly clock = new VirtualClock(100);
  readonly executor = new ScriptedExecutor();
  readonly kernel: Kernel;
  readonly host: KernelHost;

  constructor(limits: Partial<Limits> = {}, options: Pick<KernelOptions, "random"> = {}) {
    // The one that has waited longest accepts.
    this.kernel = new Kernel({ clock: this.clock, executor: this.executor, limits, random: () => 0, ...options });
    this.host = this.kernel.host("test");
  }

  /** A process on a terminal, up and running. */
  launch(...argv: string[]): { launched: Launched; process: ScriptedProcess; shown: () => string } {
    const launched = this.host.spawn(argv.length > 0 ? argv : ["server"]);
    const process = this.executor.last;
    process.say({ op: "booted" });
    let shown = "";
    launched.terminal.onOutput((encoded) => {
      shown += decoded(encoded);
    });
    return { launched, process, shown: () => shown };
  }

  /** A child that has the parent's descriptors. */
  async fork(parent: ScriptedProcess): Promise<ScriptedProcess> {
    await parent.call("fork", { image: { memory: new ArrayBuffer(0), resume: null }, positions: [] });
    const child = this.executor.last;
    child.say({ op: "booted" });
    return child;
  }
}

/** The bytes of a text. */
export function encoded(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

/** The text of bytes; of none, nothing. */
export function decoded(value: Uint8Array | null | undefined): string {
  return value === undefined || value === null ? "" : new TextDecoder().decode(value);
}
