/**
 * Entry of the kernel's worker: the kernel, and the load generator beside it, so that drawing never disturbs timing.
 */
import { serveHosts } from "../../remote/serve-hosts.ts";
import { Kernel } from "../kernel/kernel.ts";
import { KernelService } from "./kernel-service.ts";
import { TracedExecutor } from "./syscall-trace.ts";
import { WorkerExecutor } from "./worker-executor.ts";

/** What the frame sends. */
export interface KernelTask {
  readonly pagePort: MessagePort;
  readonly framePort: MessagePort;
  /** System calls are written to the browser's console. */
  readonly traced: boolean;
}

self.onmessage = ({ data }: MessageEvent<KernelTask>) => {
  // The kernel's clock begins when the kernel does, this very moment.
  const clockOrigin = performance.timeOrigin + performance.now();
  const workers = new WorkerExecutor(data.framePort, clockOrigin);
  const executor = data.traced
    ? new TracedExecutor(
        workers,
        (line) => console.debug(line),
        () => performance.now(),
      )
    : workers;
  serveHosts(data.pagePort, new KernelService(new Kernel({ executor, cores: navigator.hardwareConcurrency })));
};
