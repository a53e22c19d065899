import { test } from "../../testing/browser/machine.ts";
import { app, commands } from "../app.ts";
import { NativeServer } from "../native-server.ts";
import { PageServer } from "../page-server.ts";
import { addRow, inMs, medianOf } from "../row.ts";

const servers: readonly (readonly [name: string, argv: readonly string[]])[] = [
  ["flask run", commands.flask],
  ["gunicorn, one worker", commands.gunicorn(1)],
  ["gunicorn, four workers", commands.gunicorn(4)],
  ["gunicorn, one worker with four threads", [...commands.gunicorn(1), "--threads", "4"]],
  ["waitress", commands.waitress],
];

for (const [name, argv] of servers) {
  test(`boot of ${name}`, async ({ computer }) => {
    const page = await medianOf(async () => {
      const began = performance.now();
      const server = await PageServer.start(computer, argv, app);
      const took = performance.now() - began;
      await server.stop();
      return took;
    });
    const native = await medianOf(async () => {
      const began = performance.now();
      const server = await NativeServer.start(argv, app);
      const took = performance.now() - began;
      server.stop();
      return took;
    });
    addRow({
      what: `${name}: from the command to the first answer, warm`,
      target: "1 500 ms",
      page: inMs(page),
      native: inMs(native),
      ratio: page / native,
      met: page <= 1500,
    });
  });
}

test("a replaced worker", async ({ computer }) => {
  const page = await PageServer.start(computer, commands.gunicorn(1), app);
  const native = await NativeServer.start(commands.gunicorn(1), app);
  /** The request waits in the backlog until there is a worker again. */
  const afterDeath = async (kill: () => Promise<void>, answers: () => Promise<void>) => {
    const began = performance.now();
    await kill();
    await answers();
    return performance.now() - began;
  };
  const here = await medianOf(async () => {
    const [worker = 0] = await page.workers();
    return afterDeath(
      () => computer.kill(worker, "SIGKILL"),
      () => page.answers(),
    );
  });
  const there = await medianOf(async () => {
    const [worker = 0] = native.workers();
    return afterDeath(
      async () => void process.kill(worker, "SIGKILL"),
      () => native.answers(),
    );
  });
  native.stop();
  addRow({
    what: "A replaced worker serving again after SIGKILL",
    target: "300 ms",
    page: inMs(here),
    native: inMs(there),
    ratio: here / there,
    met: here <= 300,
  });
});
