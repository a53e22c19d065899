/** Entry of the kernel's worker: the kernel, and the load generator beside it, so that drawing never disturbs timing. */
import * as Comlink from "comlink";
import { serveHosts } from "../../remote/serve-hosts.ts";
import type { WorkerFactory } from "../frame/worker-factory.ts";
import { Kernel } from "../kernel/kernel.ts";
import { KernelService } from "./kernel-service.ts";
import { WorkerExecutor } from "./worker-executor.ts";

/** What the frame sends. */
export interface KernelTask {
  readonly pagePort: MessagePort;
  readonly factoryPort: MessagePort;
  readonly crashPort: MessagePort;
}

self.onmessage = ({ data }: MessageEvent<KernelTask>) => {
  // The kernel's clock begins when the kernel does, this very moment.
  const clockOrigin = performance.timeOrigin + performance.now();
  const executor = new WorkerExecutor(Comlink.wrap<WorkerFactory>(data.factoryPort), data.crashPort, clockOrigin);
  serveHosts(data.pagePort, new KernelService(new Kernel({ executor })));
};
