import type { LoadPlan } from "../../src/load/plan.ts";
import { type PageComputer, test } from "../../testing/browser/machine.ts";
import { app, asgiApp, commands, planFor, readers } from "../app.ts";
import { NativeServer } from "../native-server.ts";
import { PageServer } from "../page-server.ts";
import { addRow, inMs, median, rounds } from "../row.ts";

type Start = () => Promise<PageServer | NativeServer>;

/** Answers a second. */
async function rate(start: Start, plan: LoadPlan): Promise<number> {
  const server = await start();
  try {
    return (await server.load(plan)).achievedRate;
  } finally {
    await server.stop();
  }
}

/** How many times faster the second command is than the first, in the middle of several rounds. */
async function speedUp(one: Start, many: Start, plan: LoadPlan): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) ratios.push((await rate(many, plan)) / (await rate(one, plan)));
  return median(ratios);
}

const perSecond = (value: number) => `${value.toFixed(0)}/s`;

/** Adds the row of a server that says hello, one answer after the other. */
async function sayHello(computer: PageComputer, what: string, command: readonly string[], app: string): Promise<void> {
  const plan = planFor("/", readers(1), 3);
  const page = await PageServer.start(computer, command, app);
  const native = await NativeServer.start(command, app);
  const rates: { page: number[]; native: number[] } = { page: [], native: [] };
  for (let round = 0; round < rounds; round += 1) {
    rates.page.push((await page.load(plan)).achievedRate);
    rates.native.push((await native.load(plan)).achievedRate);
  }
  native.stop();
  const [here, there] = [median(rates.page), median(rates.native)];
  addRow({
    what,
    target: "0.5 of native",
    page: perSecond(here),
    native: perSecond(there),
    ratio: here / there,
    met: here / there >= 0.5,
    note: "the same load generator on both sides",
  });
}

test("hello through one gunicorn worker", async ({ computer }) => {
  await sayHello(computer, "Hello through one gunicorn worker, one reader", commands.gunicorn(1), app);
});

test("hello through one worker of gunicorn -k asgi", async ({ computer }) => {
  await sayHello(computer, "Hello through gunicorn -k asgi, one reader", commands.gunicornAsgi, asgiApp);
});

test("four workers that wait", async ({ computer }) => {
  const plan = planFor("/io", readers(8), 3);
  const page = await speedUp(
    () => PageServer.start(computer, commands.gunicorn(1), app),
    () => PageServer.start(computer, commands.gunicorn(4), app),
    plan,
  );
  const native = await speedUp(
    () => NativeServer.start(commands.gunicorn(1), app),
    () => NativeServer.start(commands.gunicorn(4), app),
    plan,
  );
  addRow({
    what: "Four sync workers on a 100 ms wait, by one",
    target: "4.0 ± 5 %",
    page: page.toFixed(2),
    native: native.toFixed(2),
    ratio: page / native,
    met: Math.abs(page / 4 - 1) <= 0.05,
  });
});

test("two workers that compute", async ({ computer }) => {
  const plan = planFor("/cpu", readers(4), 3);
  const page = await speedUp(
    () => PageServer.start(computer, commands.gunicorn(1), app),
    () => PageServer.start(computer, commands.gunicorn(2), app),
    plan,
  );
  const native = await speedUp(
    () => NativeServer.start(commands.gunicorn(1), app),
    () => NativeServer.start(commands.gunicorn(2), app),
    plan,
  );
  addRow({
    what: "Two CPU-bound workers, by one",
    target: "1.7",
    page: page.toFixed(2),
    native: native.toFixed(2),
    ratio: page / native,
    met: page >= 1.7,
  });
});

test("eight handlers under flask run", async ({ computer }) => {
  const plan: LoadPlan = {
    ...planFor("/io", readers(0), 0.5),
    warmup: 0,
    requests: [{ path: "/io", once: 8 }],
  };
  const page = await PageServer.start(computer, commands.flask, app, 5000);
  const native = await NativeServer.start(commands.flask, app);
  const longest: { page: number[]; native: number[] } = { page: [], native: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const [here, there] = [(await page.load(plan)).latency.max, (await native.load(plan)).latency.max];
    // The first round warms up.
    if (round > 0) longest.page.push(here ?? Number.NaN);
    if (round > 0) longest.native.push(there ?? Number.NaN);
  }
  native.stop();
  const [here, there] = [median(longest.page), median(longest.native)];
  addRow({
    what: "Eight handlers waiting 100 ms under flask run, the last answer",
    target: "under 130 ms",
    page: inMs(here),
    native: inMs(there),
    ratio: here / there,
    met: here < 130,
  });
});
