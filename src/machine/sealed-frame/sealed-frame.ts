import { sealedFrameStrings } from "../../strings/strings.ts";
import { MachineError } from "../machine.ts";

/** A frame without origin, network and storage in which a machine runs. */
export interface SealedFrame {
  /** The page's line to the script in the frame. */
  readonly port: MessagePort;
  /** Takes the frame away, and with it every worker in it. */
  dispose(): void;
}

/** What is sent into the frame. */
export interface FrameContent {
  readonly script: Uint8Array;
  readonly payload: unknown;
  readonly transfer: Transferable[];
}

/** How long an empty document may take to load, in milliseconds, before something must be wrong. */
const patience = 20_000;

/**
 * Opens the frame and starts the content's script in it, which must define `globalThis.startMachine(payload, port)`.
 * The content may still be on its way: the frame opens meanwhile, and goes again if nothing comes.
 *
 * The frame's document (`machine/frame.html`) is of the site, so that the service worker has it without a network, and
 * holds nothing but a second frame, in which everything runs: `sandbox` without `allow-same-origin` gives that one an
 * origin of its own that nothing else has, and it inherits a policy that allows no request to anywhere. Rejects with
 * `MachineError`.
 */
export async function openSealedFrame(
  siteRoot: URL,
  content: FrameContent | Promise<FrameContent>,
): Promise<SealedFrame> {
  const frame = document.createElement("iframe");
  frame.setAttribute("allow", "cross-origin-isolated");
  frame.title = "Machine";
  frame.hidden = true;
  const ready = readiness(frame);
  frame.src = new URL("machine/frame.html", siteRoot).href;
  document.body.append(frame);
  let sealed: Window;
  let sent: FrameContent;
  try {
    [sealed, sent] = await Promise.all([ready, content]);
    if (sealedWindow(frame) !== sealed) throw frameBlocked();
  } catch (error) {
    frame.remove();
    throw error;
  }
  const channel = new MessageChannel();
  // Its origin is opaque, so that no target origin names it; that it is the site's own frame has been seen.
  const { script, payload, transfer } = sent;
  sealed.postMessage({ script, payload }, "*", [channel.port2, ...transfer]);
  return {
    port: channel.port1,
    dispose() {
      channel.port1.close();
      frame.remove();
    },
  };
}

/** The window within the frame's, once it listens. */
function readiness(frame: HTMLIFrameElement): Promise<Window> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(frameBlocked());
    }, patience);
    const listen = (event: MessageEvent) => {
      const sealed = sealedWindow(frame);
      if (sealed === undefined || event.source !== sealed) return;
      stop();
      resolve(sealed);
    };
    function stop() {
      clearTimeout(timer);
      removeEventListener("message", listen);
    }
    addEventListener("message", listen);
  });
}

/**
 * The window of the sealed frame within the frame, as long as the frame holds the site's own document: a page that has
 * this one in a frame of its own can lead the frames in it elsewhere. Their documents are then of another origin, and
 * cannot be looked into.
 */
function sealedWindow(frame: HTMLIFrameElement): Window | undefined {
  const document = frame.contentDocument;
  if (document === null || document.URL !== frame.src) return undefined;
  return document.querySelector("iframe")?.contentWindow ?? undefined;
}

function frameBlocked(): MachineError {
  return new MachineError("frame-blocked", sealedFrameStrings.blocked);
}
