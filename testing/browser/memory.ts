/** Memory of the pages under test, as the system counts it. */
import { readFileSync } from "node:fs";
import type { Browser } from "@playwright/test";

/**
 * Memory of the browser's renderer processes together, in bytes: pages, frames and their workers, not the browser's own
 * windows. What processes share counts once (the proportional set size). Read from `/proc`, because a page can measure
 * itself (`measureUserAgentSpecificMemory`) only where it is cross-origin isolated. 0 on systems without `/proc`.
 */
export async function rendererMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo
      .filter(({ type }) => type === "renderer")
      .reduce((sum, { id }) => sum + proportionalBytes(id), 0);
  } finally {
    await session.detach();
  }
}

function proportionalBytes(pid: number): number {
  try {
    // The suggestions below Chromium's address bar are a page too, of some 60 MB.
    if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--top-chrome-webui")) return 0;
    const sizes = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB$/m.exec(sizes)?.[1] ?? 0) * 1024;
  } catch {
    // It has ended, or there is no /proc.
    return 0;
  }
}

/** Slope of the straight line that fits best, of the later half of the samples: what comes first is warming up. */
export function slope(samples: readonly (readonly [x: number, y: number])[]): number {
  const late = samples.slice(Math.floor(samples.length / 2));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const x = mean(late.map(([at]) => at));
  const y = mean(late.map(([, value]) => value));
  const spread = late.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return spread === 0 ? 0 : late.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / spread;
}
