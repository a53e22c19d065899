/** Finds what a lab begins with, and waits for it where the site's own server is still making it. */
import { linuxMachineStrings, machineSteps } from "../../strings/strings.ts";
import { MachineError, type Milliseconds, type OpeningProgress } from "../machine.ts";
import { fetchLinuxManifest, type LinuxManifest, type SituationFiles, situationOf } from "./image.ts";
import type { Preparation } from "./preparation.ts";

/** Between two looks at how far the preparation is. */
const pause: Milliseconds = 1500;

/** Where to look, and for what. */
export interface Wanted {
  readonly siteRoot: URL;
  /** Left out: the plain Debian. */
  readonly name: string | undefined;
  readonly onProgress: (progress: OpeningProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Rejects with `MachineError`: `image-missing` or `situation-missing` where nobody is making it. */
export async function awaitSituation(wanted: Wanted): Promise<{ manifest: LinuxManifest; situation: SituationFiles }> {
  for (let looks = 0, isOver = false; ; looks++) {
    try {
      const manifest = await fetchLinuxManifest(wanted.siteRoot, { signal: wanted.signal, looks });
      return { manifest, situation: situationOf(manifest, wanted.name) };
    } catch (error) {
      if (isOver || !isMissing(error)) throw error;
      const preparation = await fetchPreparation(wanted);
      if (preparation === undefined) throw error;
      isOver = await follow(preparation, wanted);
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof MachineError && (error.cause === "image-missing" || error.cause === "situation-missing");
}

/** Shows it and lets some time pass; resolves with whether nothing more will come. */
async function follow(preparation: Preparation, { onProgress, signal }: Wanted): Promise<boolean> {
  if (preparation.state === "failed") {
    throw new MachineError("image-missing", linuxMachineStrings.preparationFailed(preparation.reason));
  }
  if (preparation.state === "done") return true;
  const { step, fraction } = preparation;
  onProgress({ step: machineSteps.preparingDebian(step, Math.floor(fraction * 100)), fraction });
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, pause);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
  signal?.throwIfAborted();
  return false;
}

/** Nothing where nobody prepares anything: a static host has no such file. */
async function fetchPreparation({ siteRoot, signal }: Wanted): Promise<Preparation | undefined> {
  try {
    const url = new URL("machine/linux/preparation.json", siteRoot);
    const response = await fetch(url, { cache: "no-store", ...(signal ? { signal } : {}) });
    return response.ok ? await response.json() : undefined;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    return undefined;
  }
}
