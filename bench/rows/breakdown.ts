/** Where the time of one hello request goes. */
import { readFileSync } from "node:fs";
import { test } from "../../testing/browser/machine.ts";
import { app, commands, planFor, readers } from "../app.ts";
import { NativeServer, runNatively } from "../native-server.ts";
import { PageServer } from "../page-server.ts";
import { addRow, inMs, median, rounds } from "../row.ts";

const script = readFileSync("bench/work-of-a-hello.py", "utf8");

/**
 * What a sync worker waits for in one request: for the reader to hang up, because gunicorn reads what is left before it
 * closes. The next connection, with its request, comes along with that; the answer is told without waiting.
 */
const tripsOfARequest = 1;

function figures(output: string): { python: number; trip: number } {
  const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)`, "m").exec(output)?.[1]);
  return { python: figure("python"), trip: figure("trip") };
}

test("where one hello goes", async ({ computer }) => {
  const plan = planFor("/", readers(1), 3);
  const page = await PageServer.start(computer, commands.gunicorn(1), app);
  const native = await NativeServer.start(commands.gunicorn(1), app);
  const wholes: { page: number[]; native: number[] } = { page: [], native: [] };
  for (let round = 0; round < rounds; round += 1) {
    wholes.page.push(1000 / (await page.load(plan)).achievedRate);
    wholes.native.push(1000 / (await native.load(plan)).achievedRate);
  }
  native.stop();
  await page.stop();
  const here = figures(await computer.python(script));
  const there = figures(runNatively(script));
  const whole = { page: median(wholes.page), native: median(wholes.native) };
  const trips = here.trip * tripsOfARequest;
  addRow({
    what: "One hello: all of it",
    page: inMs(whole.page),
    native: inMs(whole.native),
    ratio: whole.page / whole.native,
  });
  addRow({
    what: "One hello: Python itself (gunicorn's parser, Flask, the answer)",
    page: inMs(here.python),
    native: inMs(there.python),
    ratio: here.python / there.python,
    note: "timed inside, without sockets",
  });
  addRow({
    what: "One hello: suspension and a trip to the kernel and back",
    page: inMs(trips),
    native: inMs(there.trip),
    note: `${tripsOfARequest} a request; natively a system call`,
  });
  addRow({
    what: "One hello: the rest (kernel, client, select and heartbeat in gunicorn's loop)",
    page: inMs(whole.page - here.python - trips),
    native: inMs(whole.native - there.python),
  });
});
