// @project beside
/** The first lab with its two real servers: what a reader does with it from the first click on. */
import { expect, test } from "@playwright/test";
import type { SideName } from "../../src/lab-definition/schema.ts";
import { boot, LabUnderTest } from "../../testing/browser/lab.ts";
import { pages } from "../../testing/browser/site.ts";
import { wcagViolations } from "../../testing/browser/wcag.ts";

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

test("who leaves the page and comes back finds the servers ended, and can start them again", async () => {
  await lab.running();
  await lab.page.goto(pages.concept);
  await lab.page.goBack();
  await expect(lab.region.getByText("The servers stopped when you left the page.")).toBeVisible();
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
    expect(await wcagViolations(lab.page)).toEqual([]);
    await lab.endOfLoad();
    expect(await wcagViolations(lab.page)).toEqual([]);
  });
}
