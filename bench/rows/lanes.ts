/** How smoothly the lab draws: lanes and charts of a run of a thousand requests a second. */
import { expect, test } from "@playwright/test";
import { openLesson, start, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";
import { addRow, inMs } from "../row.ts";

/** What the page's thread did for a while. */
interface Drawn {
  readonly seconds: number;
  readonly frames: number;
  /** Milliseconds between two frames: the 99th percentile. */
  readonly slowFrame: number;
  /** Milliseconds of each long task: those of more than 50 ms. */
  readonly longTasks: readonly number[];
}

test("lanes and charts at 1 000 requests a second", async ({ context, page }) => {
  await useLabDouble(context, "bench/busy-double.ts");
  const lab = await openLesson(page);
  await start(lab);
  await lab.scrollIntoViewIfNeeded();
  await lab.getByRole("button", { name: "Run load test" }).click();
  await lab.getByRole("img", { name: "Requests per second over time" }).locator("canvas").waitFor();
  const { seconds, frames, slowFrame, longTasks }: Drawn = await page.evaluate(
    (milliseconds) =>
      new Promise<Drawn>((resolve) => {
        const longTasks: number[] = [];
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longTasks.push(duration);
        });
        observer.observe({ type: "longtask" });
        const moments: number[] = [];
        const frame = (now: number) => {
          moments.push(now);
          const [first = now] = moments;
          if (now - first < milliseconds) {
            requestAnimationFrame(frame);
            return;
          }
          observer.disconnect();
          const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment));
          gaps.sort((a, b) => a - b);
          resolve({
            seconds: (now - first) / 1000,
            frames: gaps.length,
            slowFrame: gaps[Math.floor(gaps.length * 0.99)] ?? 0,
            longTasks,
          });
        };
        requestAnimationFrame(frame);
      }),
    4000,
  );
  await expect(lab.getByRole("button", { name: "Stop load test" })).toBeVisible();
  const rate = frames / seconds;
  addRow({
    what: "Lanes at 1 000 requests a second: frames a second",
    target: "60",
    page: rate.toFixed(1),
    met: rate >= 59,
    note: `a frame in a hundred took ${inMs(slowFrame)} or more`,
  });
  addRow({
    what: "The same run: long tasks on the page's thread",
    page: `${longTasks.length} in ${seconds.toFixed(0)} s`,
    ...(longTasks.length > 0 && { note: `the longest took ${inMs(Math.max(...longTasks))}` }),
  });
});
