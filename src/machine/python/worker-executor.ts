import * as Comlink from "comlink";
import { record, type Shape, text, whole } from "../../gate/shape";
import { type FairLine, FairLines } from "./fair-lines";
import type { Executing, Executor, Hearing, Notice, ProcessStart } from "./kernel/syscalls";
import type { WorkerFactory, WorkerId } from "./worker-factory";

/** A worker that ended by itself. */
export interface WorkerCrash {
  readonly id: WorkerId;
  readonly reason: string;
}

/** What the frame sends of a crash. The reason comes from the worker, and is what it likes. */
const workerCrash: Shape<WorkerCrash> = record({ id: whole(0), reason: text(Number.MAX_SAFE_INTEGER) });
/** Of a reason so much is shown, in UTF-16 units. */
const longestReason = 1000;

/** Runs each process in a worker of the frame. */
export class WorkerExecutor implements Executor {
  private readonly crashed = new Map<WorkerId, (reason: string) => void>();
  /** Events, whose data is not read before its turn: reading a large message takes its time. */
  private readonly lines = new FairLines<MessageEvent<unknown>>();
  private nextId = 1;

  constructor(
    private readonly factory: Comlink.Remote<WorkerFactory>,
    crashPort: MessagePort,
    private readonly clockOrigin: number,
  ) {
    crashPort.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (workerCrash(data)) this.crashed.get(data.id)?.(data.reason.slice(0, longestReason));
    };
  }

  start(start: ProcessStart, hearing: Hearing): Executing {
    const id = this.nextId++;
    const { port1, port2 } = new MessageChannel();
    this.crashed.set(id, hearing.crashed);
    const line = this.listen(port1, start.hostName, hearing);
    const transfer = [port2, ...(start.image ? [start.image.memory] : [])];
    // What a process forks with is its own: it may be memory that is gone, or nothing that can be sent.
    this.factory
      .start(id, Comlink.transfer(start, transfer), port2, this.clockOrigin)
      .catch((error: unknown) => hearing.crashed(`it did not begin: ${String(error).slice(0, longestReason)}`));
    return {
      send: (notices: Notice[]) => port1.postMessage(notices),
      terminate: () => {
        port1.onmessage = null;
        port1.onmessageerror = null;
        port1.close();
        line.close();
        this.crashed.delete(id);
        this.factory.terminate(id);
      },
    };
  }

  private listen(port: MessagePort, hostName: string, hearing: Hearing): FairLine<MessageEvent<unknown>> {
    const line = this.lines.open(
      hostName,
      (event) => hearing.said(event.data),
      () => hearing.misbehaved("sent the kernel more messages than it can hear"),
    );
    port.onmessage = (event: MessageEvent<unknown>) => line.arrived(event);
    port.onmessageerror = () => hearing.misbehaved("sent the kernel a message that cannot be read");
    return line;
  }
}
