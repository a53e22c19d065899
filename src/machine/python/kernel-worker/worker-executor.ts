import * as Comlink from "comlink";
import type { WorkerFactory, WorkerId } from "../frame/worker-factory.ts";
import type { Executing, Executor, FromProcess, Notice, ProcessStart } from "../kernel/syscalls.ts";

/** A worker that ended by itself. */
export interface WorkerCrash {
  readonly id: WorkerId;
  readonly reason: string;
}

/** Runs each process in a worker of the frame. */
export class WorkerExecutor implements Executor {
  private readonly crashed = new Map<WorkerId, (reason: string) => void>();
  private nextId = 1;

  constructor(
    private readonly factory: Comlink.Remote<WorkerFactory>,
    crashPort: MessagePort,
    private readonly clockOrigin: number,
  ) {
    crashPort.onmessage = (event: MessageEvent<WorkerCrash>) => {
      this.crashed.get(event.data.id)?.(event.data.reason);
    };
  }

  start(start: ProcessStart, deliver: (messages: FromProcess) => void, crashed: (reason: string) => void): Executing {
    const id = this.nextId++;
    const { port1, port2 } = new MessageChannel();
    this.crashed.set(id, crashed);
    port1.onmessage = (event: MessageEvent<FromProcess>) => deliver(event.data);
    const transfer = [port2, ...(start.image ? [start.image.memory] : [])];
    this.factory.start(id, Comlink.transfer(start, transfer), port2, this.clockOrigin);
    return {
      send: (notices: Notice[]) => port1.postMessage(notices),
      terminate: () => {
        port1.onmessage = null;
        port1.close();
        this.crashed.delete(id);
        this.factory.terminate(id);
      },
    };
  }
}
