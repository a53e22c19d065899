/** The first lab with its two real servers: what a reader does with it from the first click on. */
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import type { SideName } from "../src/lab-definition/schema.ts";
import { pages } from "./site.ts";
import { boot, LabUnderTest } from "./support/lab.ts";

// The first start loads everything; on a busy computer a run takes longer than it lasts.
test.describe.configure({ timeout: 150_000 });

let lab: LabUnderTest;

test.beforeAll(async ({ browser }, { project }) => {
  lab = await LabUnderTest.open(browser, project.use.baseURL);
});

test.afterAll(async () => {
  const { complaints } = lab;
  await lab.close();
  expect(complaints).toEqual([]);
});

const sides: readonly SideName[] = ["development", "production"];

test("nothing of the machine is loaded before the first click; one click starts both servers, with progress", async ({
  browser,
}, { project }) => {
  const fresh = await LabUnderTest.open(browser, project.use.baseURL);
  const asked: string[] = [];
  fresh.page.on("request", (request) => asked.push(request.url()));
  await fresh.page.waitForLoadState("networkidle");
  expect(asked.filter((url) => url.includes("/machine/"))).toEqual([]);
  for (const side of sides) await expect(fresh.side(side).state).toHaveText("Not started.");

  const steps: string[] = [];
  await fresh.page.exposeFunction("noteStep", (step: string) => steps.push(step));
  await fresh.page.evaluate(() => {
    const line = document.querySelector(".lab-progress-step");
    if (line)
      new MutationObserver(() => Reflect.get(globalThis, "noteStep")(line.textContent)).observe(line, {
        childList: true,
        characterData: true,
        subtree: true,
      });
  });
  await fresh.start();
  expect(steps.join("\n")).toMatch(/Loading CPython, [\d.]+ of [\d.]+ MB/);
  const { origin } = new URL(project.use.baseURL ?? "");
  expect(
    asked.filter((url) => !url.startsWith(origin) && !url.startsWith("blob:") && !url.startsWith("data:")),
  ).toEqual([]);
  expect(fresh.complaints).toEqual([]);
  await fresh.close();
});

test("each terminal shows its server's own lines, and each side its workers", async () => {
  await lab.running();
  await lab.development.shows("$ flask --app app run");
  await lab.development.shows("WARNING: This is a development server.");
  await lab.production.shows("$ gunicorn -w 4 -b 0.0.0.0:8000 app:app");
  await lab.production.shows(/Listeningat:http:\/\/0\.0\.0\.0:8000\(\d+\).*(Bootingworkerwithpid:\d+.*){4}$/);
  await expect(lab.development.workers).toHaveCount(1);
  await expect(lab.production.workers).toHaveCount(4);
  const terminal = await lab.production.terminal();
  for (const pid of await lab.production.pids()) expect(terminal).toContain(`Bootingworkerwithpid:${pid}`);
});

test("both servers answer the same, each in its own name", async () => {
  await lab.running();
  for (const side of sides) {
    const { status, body } = await lab.side(side).ask("/");
    expect(status).toBe("HTTP/1.1 200 OK");
    expect(body).toBe("Hello from Flask\n");
  }
  await lab.production.open("Response");
  await expect(lab.production.region.getByText("Server: gunicorn")).toBeVisible();
  await lab.production.open("Terminal");
  await lab.development.shows('"GET / HTTP/1.1" 200 -');
});

test("a load test with the quick page: figures of both sides, all four workers, and a sentence that agrees", async () => {
  await lab.running();
  await lab.beginLoad("A quick page");
  const sentence = await lab.endOfLoad();
  const rates = await Promise.all(sides.map((side) => lab.figure("Requests per second", side)));
  for (const [index, side] of sides.entries()) {
    expect(rates[index]).toBeGreaterThan(5);
    expect(await lab.figure("Errors", side)).toBe(0);
    const median = await lab.figure("Median latency", side);
    expect(median).toBeGreaterThan(0);
    expect(await lab.figure("95th percentile", side)).toBeGreaterThanOrEqual(median);
  }
  for (const requests of await lab.production.requests()) expect(requests).toBeGreaterThan(0);
  const [development = 0, production = 0] = rates;
  const ratio = Math.max(development, production) / Math.min(development, production);
  const faster = development > production ? "development" : "production";
  if (ratio > 1.15)
    expect(sentence).toMatch(
      new RegExp(`the ${faster} server answered [\\d.]+ times|the ${faster} server answered twice`),
    );
  else if (ratio < 1.05) expect(sentence).toContain("about as many requests per second");
  expect(sentence).toContain("The sides ran one after the other");
});

test("a load test with the slow page: the development server answers more, and the sentence says so", async () => {
  await lab.running();
  await lab.beginLoad("A slow page");
  await expect(lab.region.getByText("Both servers are being asked at the same time.")).toBeVisible();
  const sentence = await lab.endOfLoad();
  const [development = 0, production = 0] = await Promise.all(
    sides.map((side) => lab.figure("Requests per second", side)),
  );
  // Ten readers: ten threads against four processes.
  expect(development / production).toBeGreaterThan(1.5);
  expect(development / production).toBeLessThan(3.5);
  expect(sentence).toMatch(
    /the development server answered ([\d.]+ times|twice) as many requests per second as the production server/,
  );
});

test("a worker that is killed under load is replaced, and gunicorn says so", async () => {
  await lab.running();
  const before = await lab.production.pids();
  await lab.beginLoad("A slow page");
  await expect.poll(async () => Math.min(...(await lab.production.requests())), { timeout: boot }).toBeGreaterThan(0);
  const victim = before[1] ?? 0;
  await lab.production.region.getByRole("button", { name: `Kill worker ${victim}` }).click();
  await lab.production.shows(`[ERROR] Worker (pid:${victim}) was sent SIGKILL! Perhaps out of memory?`);
  await expect
    .poll(async () => (await lab.production.pids()).filter((pid) => !before.includes(pid)).length, { timeout: boot })
    .toBe(1);
  const sentence = await lab.endOfLoad();
  await expect(lab.production.state).toHaveText("Running on port 8000 with 4 workers.");
  expect(await lab.production.pids()).not.toContain(victim);
  // At most the request that it had, and nothing on the other side.
  const errors = await lab.figure("Errors", "production");
  expect(errors).toBeLessThanOrEqual(1);
  if (errors === 1) expect(sentence).toContain("On the production server 1 connection broke.");
  expect(await lab.figure("Errors", "development")).toBe(0);
});

test("a development server that is killed is gone; the side says so, and it can be started again", async () => {
  await lab.running();
  const [pid = 0] = await lab.development.pids();
  await lab.development.region.getByRole("button", { name: `Kill worker ${pid}` }).click();
  await expect(lab.development.state).toHaveText(
    "The server was ended by SIGKILL, and nothing started another. Start it again with the button beside its command.",
  );
  await expect(lab.production.state).toHaveText(/^Running on port 8000/);
  await lab.button("Run load test").click();
  await expect(lab.region.getByText("The development server does not listen on a port")).toBeVisible();
  await lab.button("Start the development server").click();
  await expect(lab.development.state).toHaveText("Running on port 5000.", { timeout: boot });
  expect((await lab.development.ask("/")).status).toBe("HTTP/1.1 200 OK");
  await expect(lab.production.state).toHaveText(/^Running on port 8000/);
});

test("stopping always stops: while servers boot, and in the middle of a load test on a page that hangs", async () => {
  await lab.running();
  await lab.button("Stop both servers").click();
  await lab.button("Start both servers").click();
  await expect(lab.production.state).toHaveText(/^Starting/);
  await lab.button("Stop both servers").click();
  for (const side of sides) {
    await expect(lab.side(side).state).toHaveText("Stopped.");
    await expect(lab.side(side).workers).toHaveCount(0);
  }
  await lab.start();
  await lab.beginLoad("One page that hangs");
  await lab.development.shows(/GET\/HTTP/);
  await lab.button("Stop both servers").click();
  for (const side of sides) {
    await expect(lab.side(side).state).toHaveText("Stopped.");
    await expect(lab.side(side).workers).toHaveCount(0);
  }
  await expect(lab.button("Run load test")).toBeVisible();
});

test("one page that hangs costs one request, and both servers go on", async () => {
  await lab.running();
  await lab.beginLoad("One page that hangs");
  const sentence = await lab.endOfLoad();
  for (const side of sides) {
    expect(await lab.figure("Requests per second", side)).toBeGreaterThan(0);
    expect(await lab.figure("Errors", side)).toBeGreaterThanOrEqual(1);
  }
  expect(sentence).toMatch(/had no answer in time/);
  await expect(lab.development.state).toHaveText("Running on port 5000.");
  await expect(lab.production.state).toHaveText(/^Running on port 8000 with 4 workers/);
  expect((await lab.production.ask("/")).status).toBe("HTTP/1.1 200 OK");
});

test("who leaves the page and comes back finds the servers ended, and can start them again", async () => {
  await lab.running();
  await lab.page.goto(pages.concept);
  await lab.page.goBack();
  await expect(lab.region.getByText("The servers ended when you left the page.")).toBeVisible();
  await expect(lab.production.workers).toHaveCount(0);
  await lab.start();
  expect((await lab.production.ask("/")).status).toBe("HTTP/1.1 200 OK");
});

test("Enter in the command line starts what stands there", async () => {
  await lab.running();
  await lab.production.run("gunicorn -w 2 -b 0.0.0.0:8123 --access-logfile - wsgi:application");
  await expect(lab.production.state).toHaveText("Running on port 8123 with 2 workers.", { timeout: boot });
  await expect(lab.production.workers).toHaveCount(2);
  expect((await lab.production.ask("/")).body).toBe("Hello from Flask\n");
  await lab.production.shows('"GET / HTTP/1.1" 200');
});

test("what is typed at a terminal reaches the server: ^C ends it", async () => {
  await lab.running();
  await lab.production.region.getByRole("textbox", { name: "Terminal of the production server" }).press("Control+c");
  await expect(lab.production.state).toHaveText(/^The server exited with code 0\./, { timeout: boot });
  await lab.production.shows("Handling signal: int");
});

for (const theme of ["light", "dark"] as const) {
  test(`a lab that runs, with a result, meets WCAG 2.2 AA in the ${theme} theme`, async () => {
    await lab.page.emulateMedia({ colorScheme: theme });
    await lab.running();
    await lab.beginLoad("A quick page");
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const inspect = async () => {
      const { violations } = await new AxeBuilder({ page: lab.page }).withTags(tags).analyze();
      return violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]);
    };
    expect(await inspect()).toEqual([]);
    await lab.endOfLoad();
    expect(await inspect()).toEqual([]);
  });
}
