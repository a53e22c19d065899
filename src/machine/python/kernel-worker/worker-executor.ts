import { type Gate, openGate } from "../../../gate/gate.ts";
import { factoryCalls, factoryNews, type WorkerId } from "../frame/factory-contract.ts";
import { contentsOf } from "../kernel/files/files.ts";
import type { Executing, Executor, KernelMessage, ProcessListener, ProcessStart } from "../kernel/protocol.ts";
import { type FairLine, FairLines } from "./fair-lines.ts";

/** Of a reason so much is shown, in UTF-16 units. */
const longestReason = 1000;

/** Runs each process in a worker of the frame. */
export class WorkerExecutor implements Executor {
  readonly #crashed = new Map<WorkerId, (reason: string) => void>();
  /** Events, whose data is not read before its turn: reading a large message takes its time. */
  readonly #lines = new FairLines<MessageEvent<unknown>>();
  #nextId = 1;

  readonly #frame: Gate<typeof factoryCalls>;

  constructor(
    framePort: MessagePort,
    private readonly clockOrigin: number,
  ) {
    this.#frame = openGate(framePort, {
      offers: factoryNews,
      does: { crashed: (id, reason) => this.#crashed.get(id)?.(reason.slice(0, longestReason)) },
      expects: factoryCalls,
    });
  }

  start(start: ProcessStart, listener: ProcessListener): Executing {
    const id = this.#nextId++;
    const { port1, port2 } = new MessageChannel();
    this.#crashed.set(id, listener.onCrash);
    const line = this.#listen(port1, start.hostName, listener);
    const parts = [port2, ...contentsOf(start.files), ...(start.image ? [start.image.memory] : [])];
    // What a process forks with is its own: it may be memory that is gone, or nothing that can be sent.
    this.#frame
      .handing(...parts)
      .start(id, start, port2, this.clockOrigin)
      .catch((error: unknown) => listener.onCrash(`it did not begin: ${String(error).slice(0, longestReason)}`));
    return {
      send: (messages: KernelMessage[]) => port1.postMessage(messages),
      terminate: () => {
        port1.onmessage = null;
        port1.onmessageerror = null;
        port1.close();
        line.close();
        this.#crashed.delete(id);
        // A frame that is gone has ended it.
        this.#frame.there.terminate(id).catch(() => {});
      },
    };
  }

  #listen(port: MessagePort, hostName: string, listener: ProcessListener): FairLine<MessageEvent<unknown>> {
    const line = this.#lines.open(
      hostName,
      (event) => listener.onMessage(event.data),
      () => listener.onMisbehaviour("sent the kernel more messages than it can hear"),
    );
    port.onmessage = (event: MessageEvent<unknown>) => line.arrived(event);
    port.onmessageerror = () => listener.onMisbehaviour("sent the kernel a message that cannot be read");
    return line;
  }
}
