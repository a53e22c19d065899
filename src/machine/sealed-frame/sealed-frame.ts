import { MachineError } from "../machine";

/** A frame without origin, network and storage in which a machine runs. */
export interface SealedFrame {
  /** The page's line to the script in the frame. */
  readonly port: MessagePort;
  /** Takes the frame away, and with it every worker in it. */
  dispose(): void;
}

/** How long an empty document may take to load, in milliseconds, before something must be wrong. */
const patience = 20_000;

/**
 * Opens the frame and starts `script` in it, which must define `globalThis.startMachine(payload, port)`.
 *
 * `sandbox` without `allow-same-origin` gives the frame an origin of its own that nothing else has; its policy
 * (`machine/frame.html`) allows no request to anywhere. Rejects with `MachineError`.
 */
export async function openSealedFrame(
  siteRoot: URL,
  script: Uint8Array,
  payload: unknown,
  transfer: Transferable[],
): Promise<SealedFrame> {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.setAttribute("allow", "cross-origin-isolated");
  frame.title = "Machine";
  frame.hidden = true;
  const ready = readiness(frame);
  frame.src = new URL("machine/frame.html", siteRoot).href;
  document.body.append(frame);
  try {
    await ready;
  } catch (error) {
    frame.remove();
    throw error;
  }
  const channel = new MessageChannel();
  // The frame's origin is opaque: no target origin names it, and nobody else can be in this window.
  frame.contentWindow?.postMessage({ script, payload }, "*", [channel.port2, ...transfer]);
  return {
    port: channel.port1,
    dispose() {
      channel.port1.close();
      frame.remove();
    },
  };
}

function readiness(frame: HTMLIFrameElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(
        new MachineError(
          "frame-blocked",
          "The frame that the servers run in did not open.",
          "Allow frames of this site (an extension or a policy of the page may block them) and try again.",
        ),
      );
    }, patience);
    const listen = (event: MessageEvent) => {
      if (event.source !== frame.contentWindow) return;
      stop();
      resolve();
    };
    function stop() {
      clearTimeout(timer);
      removeEventListener("message", listen);
    }
    addEventListener("message", listen);
  });
}
