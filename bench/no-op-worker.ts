/** Entry of a worker: a rate comes in, the report goes out. */
import { runSchedule } from "./no-op-load.ts";

self.onmessage = async ({ data }: MessageEvent<number>) => {
  self.postMessage(await runSchedule(data));
};
