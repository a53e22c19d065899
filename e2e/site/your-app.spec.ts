// @project beside
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { coursePage } from "../../testing/browser/course-page.ts";
import { boot, LabSide } from "../../testing/browser/lab.ts";
import { zipOf, zippedProject } from "../../testing/browser/own-project.ts";
import { besidePhone, wcagViolations } from "../../testing/browser/wcag.ts";

const region = (page: Page, name: string | RegExp) => page.getByRole("region", { name, exact: true });

/** Goes to an element by Tab alone, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, backwards = false): Promise<void> {
  const there = () => target.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 150 && !(await there()); step += 1)
    await page.keyboard.press(backwards ? "Shift+Tab" : "Tab");
  await expect(target).toBeFocused();
}

/** Goes to a button and presses it. */
async function pressByKeyboard(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, page.getByRole("button", { name, exact: true }));
  await page.keyboard.press("Enter");
}

test("a project in the shape of Flask's tutorial runs on both sides, and what differs is told", async ({ page }) => {
  await page.goto("your-app/");
  // Everything from here to the result without a mouse, the drop too: its keyboard way is the file picker.
  const picker = page.waitForEvent("filechooser");
  await tabTo(page, page.getByLabel("Your project", { exact: true }));
  await page.keyboard.press("Enter");
  await (await picker).setFiles(zippedProject("guestbook"));
  const what = region(page, "What it is");
  await expect(what).toContainText("A Flask app, found in guestbook/__init__.py.");
  await expect(what).toContainText("flask --app guestbook run");
  await expect(what).toContainText('gunicorn -w 4 -b 0.0.0.0:8000 "guestbook:create_app()"');
  await expect(page.getByRole("list", { name: "Files" }).getByRole("listitem")).toHaveCount(9);

  await pressByKeyboard(page, "Start both servers");
  await expect(region(page, "Development server")).toContainText("Running on port 5000", { timeout: boot });
  await expect(region(page, "Production server")).toContainText("Running on port 8000 with 4 workers", {
    timeout: boot,
  });
  await expect(region(page, "Routes and plans")).toContainText("As the app itself tells them.", { timeout: boot });
  const sign = page.getByRole("list", { name: "Routes" }).getByRole("listitem").filter({ hasText: "POST /sign" });
  await expect(sign).toContainText("development 302, production 302");

  await tabTo(page, page.getByRole("radio", { name: "Every page in turn" }), true);
  const ten = page.getByRole("radio", { name: "Ten users on /" });
  for (let step = 0; step < 5 && !(await ten.isChecked()); step += 1) await page.keyboard.press("ArrowDown");
  await expect(ten).toBeChecked();
  await pressByKeyboard(page, "Run load test");
  const differs = region(page, "What differs");
  await expect(differs.locator('[data-kind="counter per worker"]')).toContainText("/ counts in each worker by itself", {
    timeout: boot,
  });
  await expect(differs.locator('[data-kind="static files by Python"]')).toContainText("/static/style.css");

  await pressByKeyboard(page, "New file");
  await tabTo(page, page.getByRole("textbox", { name: "Path of the new file" }));
  await page.keyboard.type("guestbook/notes.txt");
  await pressByKeyboard(page, "Create");
  const files = page.getByRole("list", { name: "Files" }).getByRole("listitem");
  await expect(files).toHaveCount(10);
  await pressByKeyboard(page, "Delete guestbook/notes.txt");
  await pressByKeyboard(page, "Delete it");
  await expect(files).toHaveCount(9);
  expect(await wcagViolations(page, { frames: false })).toEqual([]);
  expect(await besidePhone(page)).toBe(0);

  await page
    .getByLabel("Your project", { exact: true })
    .setInputFiles(zipOf("hostile.zip", { "../../evil.py": new Uint8Array(1), "app.py": new Uint8Array(1) }));
  await expect(page.getByText("hostile.zip has a file whose path leads out of it: ../../evil.py")).toBeVisible();
  await expect(page.getByText("“guestbook” stays as it was.")).toBeVisible();
  await page.getByLabel("Your project", { exact: true }).setInputFiles(zippedProject("broken"));
  await page.getByRole("button", { name: "Keep “guestbook”" }).click();
  await expect(region(page, "Production server")).toContainText("Running on port 8000");
});

/** A small one, as it is typed at the beginning of a course. */
const app = 'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get("/")\ndef index():\n    return "Hello"\n';

/**
 * The other projects of `content/projects/`, each of another kind: what its commands begin with, a route with what it
 * answers on both sides, and what differs then, if anything. (The guestbook is the test above.) Those that are no Flask
 * apps are looked at after a load test, as its readers would; a run takes too long for all of them.
 */
const kinds = [
  // A factory with blueprints; debug mode is on because .flaskenv says so.
  ["shop", "A Flask app", "POST /orders/", 201, "debug mode on"],
  // SQLite with a login; its tables are made at import.
  ["diary", "A Flask app", "GET /", 200, "start-up work repeated"],
  ["tasks", "A FastAPI app", "GET /slow", 200, "state in a variable"],
  ["quotes", "A Bottle app", "GET /quotes/1", 200, undefined],
  ["counter", "A plain WSGI app", "GET /", 200, "counter per worker"],
  // Its production command is its Procfile's.
  ["weather", "A Flask app", "GET /", 200, undefined],
  // Django with the admin and migrations.
  ["polls", "A Django project", "GET /questions/1/", 200, "differs by worker"],
] as const;

test("projects of nine more kinds go from the drop to the result, one after the other", async ({ page }) => {
  test.setTimeout(500_000);
  await page.goto("your-app/");
  const drop = async (name: string) => {
    await page.getByLabel("Your project", { exact: true }).setInputFiles(zippedProject(name));
    const replace = page.getByRole("button", { name: "Replace it" });
    const here = page.getByText(`“${name}” is here`);
    await expect(replace.or(here)).toBeVisible();
    if (await replace.isVisible()) await replace.click();
    await expect(here).toBeVisible();
  };
  const what = region(page, "What it is");
  const differs = region(page, "What differs");
  for (const [name, kind, route, status, difference] of kinds) {
    await test.step(name, async () => {
      await drop(name);
      await expect(what).toContainText(kind);
      await page.getByRole("button", { name: "Start both servers" }).click();
      const row = page.getByRole("list", { name: "Routes" }).getByRole("listitem").filter({ hasText: route });
      await expect(row.first()).toContainText(`development ${status}, production ${status}`, { timeout: 2 * boot });
      // Guestbook's test runs a load on WSGI servers; here one does on those of ASGI.
      if (kind !== "A FastAPI app") await differs.getByRole("button", { name: "Look again" }).click();
      else {
        await page.getByRole("button", { name: "Run load test" }).click();
        await expect(page.getByRole("button", { name: "Stop load test" })).toBeVisible();
        await expect(page.getByRole("button", { name: "Run load test" })).toBeVisible({ timeout: 2 * boot });
        const errors = page.getByRole("table", { name: "Load test results" }).getByRole("row", { name: "Errors" });
        await expect(errors.getByRole("cell")).toHaveText(["0", "0"]);
      }
      if (difference === undefined) await expect(differs).toContainText("answers and logs are alike");
      else await expect(differs.locator(`[data-kind="${difference}"]`).first()).toBeVisible();
    });
  }

  // One that needs an absent package: it is named before the start, and by Python after it.
  await drop("figures");
  await expect(what).toContainText("pandas: not here: native code, which needs another processor.");
  await page.getByRole("button", { name: "Start both servers" }).click();
  const development = new LabSide(region(page, "Development server"));
  await development.shows("No module named 'pandas'");

  // One that is broken in three ways.
  await drop("broken");
  for (const sentence of [
    "models.py, line 6, is not valid Python.",
    "app.py, line 12: app.run() starts a server as soon as the file is imported",
    "models.py uses PostgreSQL, which is a server of its own",
  ])
    await expect(what).toContainText(sentence);
  await page.getByRole("button", { name: "Start both servers" }).click();
  await development.shows("SyntaxError");
  await expect(development.state).toContainText("The last error there: “SyntaxError:");

  // One that listens on a port of its own, in the place where gunicorn only imports it.
  const own = zipOf("own.zip", { "own/app.py": new TextEncoder().encode(`${app}\n\napp.run(port=9000)\n`) });
  await page.getByLabel("Your project", { exact: true }).setInputFiles(own);
  await page.getByRole("button", { name: "Replace it" }).click();
  await page.getByRole("button", { name: "Start both servers" }).click();
  const production = new LabSide(region(page, "Production server"));
  await expect(production.state).toContainText("The app itself listens on port 9000", { timeout: boot });
  await expect(development.state).toHaveText("Running on port 5000.");

  // After a reload the tab offers it again, and then it is there no more than the reader wants it to be.
  await page.reload();
  await page.getByRole("button", { name: "Open “own” again" }).click();
  await expect(what).toContainText("app.py, line 11: app.run() starts a server");
  await page.getByRole("button", { name: "Remove it from this page" }).click();
  await page.getByRole("button", { name: "Erase it" }).filter({ visible: true }).click();
  await expect(page.getByText("“own” was removed from this page.")).toBeVisible();
});

/** Files that the operating system hands over when they are dropped on a place of the page. */
async function dropFromOutside(page: Page, target: Locator, files: readonly string[]): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (box === null) throw new Error("There is nothing to drop on");
  const devtools = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + 20, data: { items: [], files: [...files], dragOperationsMask: 1 } };
  await devtools.send("Input.dispatchDragEvent", { type: "dragEnter", ...at });
  await devtools.send("Input.dispatchDragEvent", { type: "dragOver", ...at });
  await expect(target).toHaveAttribute("data-over", "true");
  await devtools.send("Input.dispatchDragEvent", { type: "drop", ...at });
  await expect(target).toHaveAttribute("data-over", "false");
}

test("files and a folder are dropped, and what an instructor has prepared opens in a course page with one click", async ({
  page,
  context,
  baseURL,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "two-servers-drop-"));
  try {
    const project = join(folder, "hello");
    for (const name of ["templates", "__pycache__", ".git"]) mkdirSync(join(project, name), { recursive: true });
    writeFileSync(join(project, "app.py"), app);
    writeFileSync(join(project, ".env"), "SECRET_KEY=unsaid\n");
    writeFileSync(join(project, "templates/index.html"), "<h1>Hello</h1>\n");
    writeFileSync(join(project, "__pycache__/app.cpython-314.pyc"), "x");
    writeFileSync(join(project, ".git/config"), "[core]\n");
    await page.goto("your-app/");
    const zone = region(page, "Drop your project");
    await dropFromOutside(page, zone, [project]);
    await expect(page.getByText("“hello” is here: 3 files.")).toBeVisible();
    await expect(page.getByRole("list", { name: "Files" }).getByRole("listitem")).toHaveText([
      /^\.env/,
      "app.py",
      "templates/index.html",
    ]);
    await expect(page.getByText("Left out: 2 folders and files")).toBeVisible();

    // Beside the zone, where the browser would leave the page for the file; without a folder, as another tab hands it over.
    await page.getByRole("heading", { level: 1 }).evaluate((element) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["def application(environ, start_response): ...\n"], "plain.py"));
      for (const type of ["dragenter", "dragover", "drop"]) {
        element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
      }
    });
    await page.getByRole("button", { name: "Keep “hello”" }).click();
    // What is no file is left to the browser.
    await zone.evaluate((element) => {
      const transfer = new DataTransfer();
      transfer.setData("text/plain", "a word");
      element.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }));
    });
    await expect(page.getByText("“hello” stays as it was.")).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true });
  }

  const command = region(page, "Production server").getByRole("textbox", { name: "Command", exact: true });
  await command.fill("gunicorn -w 2 -b 0.0.0.0:8000 app:app");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy HTML for a course page" }).click();
  await expect(page.getByText(/^The HTML is copied/)).toBeVisible();
  const html = await page.evaluate(() => navigator.clipboard.readText());
  expect(html).toContain(`src="${new URL("embed/your-app/", baseURL).href}#project=1.`);
  const course = await coursePage(`<link rel="icon" href="data:,">${html}`);
  try {
    await page.goto(course.url);
    const frame = page.frameLocator("iframe");
    await expect(frame.getByText("A link brings the project “hello”.")).toBeVisible();
    await frame.getByRole("button", { name: "Open it", exact: true }).click();
    await expect(frame.getByRole("region", { name: "What it is" })).toContainText("A Flask app, found in app.py.");
    await expect(
      frame
        .getByRole("region", { name: "Production server", exact: true })
        .getByRole("textbox", { name: "Command", exact: true }),
    ).toHaveValue("gunicorn -w 2 -b 0.0.0.0:8000 app:app");
    await expect(frame.getByRole("list", { name: "Files" }).getByRole("listitem")).toHaveText([
      "app.py",
      "templates/index.html",
    ]);
    await expect(frame.getByRole("button", { name: "Start both servers" })).toBeEnabled();
  } finally {
    course.close();
  }
});
