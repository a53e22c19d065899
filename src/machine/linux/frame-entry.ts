/** Runs in the sealed frame: starts the emulator's worker. */
import type { LinuxImage } from "./image.ts";
import type { EmulatorTask } from "./worker-entry.ts";

/** What the page sends along with this script. */
export interface LinuxFramePayload {
  readonly image: Omit<LinuxImage, "frame-entry.js">;
  /** The disc's size, in bytes. */
  readonly discSize: number;
  /** The name of the host that is the Debian itself. */
  readonly debian: string;
}

/**
 * v86 looks for this in the worker's address: it then waits by the browser's own scheduler, where there is one, and not
 * by a second worker, whom it would wake and be woken by at each pause of the guest.
 */
const waitByScheduler = "#use-scheduling-api";

Object.assign(globalThis, { startMachine });

/** Called by the frame's page (`sealed-frame/frame.html`). */
function startMachine({ image, discSize, debian }: LinuxFramePayload, port: MessagePort): void {
  const script = URL.createObjectURL(new Blob([image["worker.js"]], { type: "text/javascript" }));
  const worker = new Worker(script + waitByScheduler);
  port.onmessage = ({ ports: [pagePort, listenerPort] }) => {
    if (!pagePort || !listenerPort) return;
    const { "worker.js": _, ...parts } = image;
    const task: EmulatorTask = { image: parts, discSize, debian, pagePort, listenerPort };
    const buffers = Object.values(parts).map(({ buffer }) => buffer);
    worker.postMessage(task, [pagePort, listenerPort, ...buffers]);
  };
}
