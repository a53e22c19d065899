// @project labs
/** What the page about FastAPI claims: uvicorn with its reloader, and with four workers. */
import { readFileSync } from "node:fs";
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as usualExpect } from "./claims.ts";

const claim = claimsOf("fastapi");
const expect = usualExpect.configure({ timeout: 30_000 });

const textOf = (path: string) => readFileSync(`content/labs/fastapi/${path}`, "utf8");

claim(["fastapi-command-wants-more", "reload-is-two-processes"], async ({ development }) => {
  await expect(development.workers).toHaveCount(1);
  expect(
    await development.shell("pgrep -fc 'uvicorn|multiprocessing.spawn'; fastapi dev 2>&1 | tail -3", /standard/),
  ).toMatch(/^2.*fastapi\[standard\]/s);
});

claim("blocking-holds-the-process", async (lab) => {
  const { development, production, ratio, sentence } = await lab.load("blocks");
  // A tenth of a second each.
  expect(development.rate, sentence).toBeLessThan(10.5);
  expect(production.rate, sentence).toBeLessThan(41);
  expect(1 / ratio("rate"), sentence).toBeGreaterThan(1.5);
  expect([development.errors, production.errors], sentence).toEqual([0, 0]);
});

claim(["awaiting-is-alike", "functions-run-in-threads"], async (lab) => {
  for (const plan of ["awaits", "threads"]) {
    const { development, ratio, sentence } = await lab.load(plan);
    // Ten at a time would be 100 a second.
    expect(development.rate, sentence).toBeGreaterThan(40);
    expect(ratio("rate"), sentence).toBeGreaterThan(0.6);
    expect(ratio("rate"), sentence).toBeLessThan(1.6);
  }
});

claim(["task-unknown-to-other-workers", "no-traceback-for-strangers", "schema-for-strangers"], async (lab) => {
  const { development, production } = lab;
  const add = `curl -s -X POST -H 'Content-Type: application/json' -d '{"text": "Read"}' localhost:8000/tasks`;
  // Each on a connection of its own: which worker accepts it is chance.
  const ask = "curl -s -H 'Connection: close' -o /dev/null -w '%{http_code}\\n' 'localhost:8000/tasks/1?[1-40]'";
  const line = `${add}; echo; ${ask} | sort -u; echo over`;
  expect(await development.shell(line, /over/)).toMatch(/^\{"number":1\}200over/);
  expect(await production.shell(line, /over/)).toMatch(/^\{"number":1\}200404over/);
  for (const side of [development, production]) {
    const { status, body } = await side.ask("/broken");
    expect(status).toContain("500");
    expect(body.trim()).toBe("Internal Server Error");
    await side.shows("ZeroDivisionError: division by zero");
    expect((await side.ask("/openapi.json")).body).toContain("/tasks/{number}");
  }
});

claim("reload-on-one-side", async ({ development, production }) => {
  const text = textOf("main.py");
  await development.write(
    "main.py",
    text.replace('await asyncio.sleep(0.1)\n    return {"waited": 0.1}', 'return {"waited": 0.2}'),
  );
  await development.shell("until curl -s localhost:8000/awaits | grep 0.2; do :; done", /"waited":0\.2/);
  expect((await production.ask("/awaits")).body).toContain("0.1");
});

claim(["uvicorn-replaces-a-killed-worker", "reloader-replaces-nobody"], async ({ development, production }) => {
  const kill = async ({ region }: LabSide, pid: number) =>
    region.getByRole("button", { name: `Kill worker ${pid}` }).press("Enter");
  const [of4 = 0] = await production.pids();
  await kill(production, of4);
  await production.shows(`Child process [${of4}] died`);
  await expect.poll(() => production.pids()).not.toContain(of4);
  await expect(production.state).toHaveText(/^Running on port 8000 with 4 workers\./);

  const [only = 0] = await development.pids();
  await kill(development, only);
  // The port is the reloader's: connections are made, and nobody accepts them.
  const ask = "curl -s -m 1 localhost:8000/";
  await development.shell(`while ${ask}; do :; done; ${ask}; echo code $?`, /code28/);
  await development.write("main.py", `${textOf("main.py")}\n`);
  await development.shell(`until ${ask}; do :; done`, /"process":\d+/);
});
