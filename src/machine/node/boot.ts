/** Starts WebContainer: once a page, within a limit of time, with a cause for each way in which it can fail. */
import type { WebContainer } from "@webcontainer/api";
import type { Milliseconds } from "../machine.ts";
import { bootFailure, explainBootError } from "./boot-failures.ts";
import { webContainerApiKey } from "./settings.ts";

/** `boot()` has no limit of its own and may never settle (StackBlitz's frame did not load, or does not speak). */
const bootWithin: Milliseconds = 30_000;

/**
 * A boot took longer than its limit. WebContainer's client lets every later one wait for it: only a new page can try
 * again.
 */
let stuck = false;
/** The last boot that was given up, until it has come to its end and been cleared away. */
let abandoned: Promise<unknown> = Promise.resolve();
let keyConfigured = false;

/** Rejects with `MachineError`. The client's code is loaded only now. */
export async function bootContainer(signal?: AbortSignal): Promise<WebContainer> {
  checkPage();
  if (stuck) throw bootFailure("network-blocked");
  const { WebContainer, configureAPIKey } = await import("@webcontainer/api").catch(() => {
    throw bootFailure("unknown", "its client could not be loaded");
  });
  signal?.throwIfAborted();
  if (webContainerApiKey !== undefined && !keyConfigured) {
    configureAPIKey(webContainerApiKey);
    keyConfigured = true;
  }
  const booting = abandoned.then(() => WebContainer.boot({ coep: "require-corp", workdirName: "lab" }));
  try {
    return await settled(booting, signal);
  } catch (error) {
    // What comes too late is not left running.
    abandoned = booting.then(
      (container) => container.teardown(),
      () => {},
    );
    if (signal?.aborted) throw error;
    throw explainBootError(error);
  }
}

function checkPage(): void {
  if (!isSecureContext || !("serviceWorker" in navigator)) throw bootFailure("unsupported-browser");
  if (!crossOriginIsolated) throw bootFailure("not-isolated");
  if (typeof SharedArrayBuffer === "undefined") throw bootFailure("unsupported-browser");
}

function settled(booting: Promise<WebContainer>, signal: AbortSignal | undefined): Promise<WebContainer> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      stuck = true;
      const hint = "nothing for 30 seconds. A wrong API key can be the cause, too.";
      reject(bootFailure("network-blocked", webContainerApiKey === undefined ? undefined : hint));
    }, bootWithin);
    const abort = () => {
      clearTimeout(late);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
    booting.then(resolve, reject).finally(() => {
      clearTimeout(late);
      signal?.removeEventListener("abort", abort);
    });
  });
}
