import type { Milliseconds } from "../../host-types.ts";

/** Linux's three periods. */
const periods: readonly [Milliseconds, Milliseconds, Milliseconds] = [60_000, 300_000, 900_000];

/** How many processes wanted a processor, as exponentially damped averages: see proc_loadavg(5). */
export class LoadAverage {
  #values: [number, number, number] = [0, 0, 0];
  #running = 0;

  constructor(private since: Milliseconds) {}

  /** From `now` on so many run. Milliseconds of the kernel's clock. */
  runs(running: number, now: Milliseconds): void {
    const passed = Math.max(0, now - this.since);
    const fold = (value: number, period: Milliseconds): number => {
      const kept = Math.exp(-passed / period);
      return value * kept + this.#running * (1 - kept);
    };
    const [one, five, fifteen] = this.#values;
    this.#values = [fold(one, periods[0]), fold(five, periods[1]), fold(fifteen, periods[2])];
    this.since = now;
    this.#running = running;
  }

  /** Over 1, 5 and 15 minutes. */
  get values(): readonly [number, number, number] {
    return this.#values;
  }
}
