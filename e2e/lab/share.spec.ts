// @project beside
// @also firefox
/** Links to a lab as somebody prepared it, and what comes of bad ones. On a double of the machine. */
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { writeFragment } from "../../src/lab/share/share-link.ts";
import type { SharedLab } from "../../src/lab/share/shared-lab.ts";
import { expect, pages, test } from "../../testing/browser/site.ts";
import { labOf, openLesson, start, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";

test.beforeEach(({ context }) => useLabDouble(context));

// [threat: link]
test("a link brings files, commands and plan to another reader, shows what differs, and runs nothing", async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lab = await openLesson(page);
  const production = lab.getByRole("region", { name: "Production server" });
  await production.getByRole("textbox", { name: "Command" }).fill("gunicorn -w 2 app:app");
  await production.getByRole("tab", { name: "app.py" }).click();
  const editor = production.getByRole("textbox", { name: "File app.py" });
  await editor.press("ControlOrMeta+End");
  await page.keyboard.insertText("\n# a note from the teacher\n");
  await lab.getByRole("radio", { name: /A slow page/ }).check();

  await lab.getByRole("button", { name: "Share", exact: true }).click();
  // Firefox lets a page read what was copied within five seconds of a click.
  await lab.getByText("The link is copied.").click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/lessons\/01-two-servers\/\?machine=python#lab-first-load=1\.[\w-]+$/);
  expect(await lab.getByRole("textbox", { name: "Link to this lab" }).inputValue()).toBe(link);
  const shared = await new AxeBuilder({ page }).include(".lab-share").analyze();
  expect(shared.violations).toEqual([]);

  const other = await browser.newContext();
  await useLabDouble(other);
  const reader = await other.newPage();
  const asked: string[] = [];
  reader.on("request", (request) => asked.push(request.url()));
  await reader.goto(link);
  const theirs = labOf(reader);
  const opened = theirs.getByRole("region", { name: "Opened from a link" });
  await expect(opened.getByRole("region", { name: "Changes to app.py" }).locator("ins")).toContainText([
    "# a note from the teacher",
  ]);
  const command = opened.getByRole("region", { name: "Command of production server" });
  await expect(command.locator("del")).toContainText("gunicorn -w 4");
  await expect(command.locator("ins")).toContainText("gunicorn -w 2 app:app");
  await expect(opened).toContainText("The plan “A slow page” is chosen.");
  await expect(opened).toBeInViewport();
  const theirCommand = theirs
    .getByRole("region", { name: "Production server" })
    .getByRole("textbox", { name: "Command" });
  await expect(theirCommand).toHaveValue("gunicorn -w 2 app:app");
  await expect(theirs.getByText("Not started.")).toHaveCount(2);
  expect(asked.filter((url) => /\/open\.[\w-]+\.js|pyodide|\.wasm/.test(url))).toEqual([]);
  const { violations } = await new AxeBuilder({ page: reader }).include(".lab-share").analyze();
  expect(violations).toEqual([]);

  // What they type then is theirs, also when they load the page again.
  await theirCommand.fill("gunicorn -w 3 app:app");
  await reader.reload();
  await expect(theirs.getByText("You have opened this link before in this tab.")).toBeVisible();
  await expect(theirCommand).toHaveValue("gunicorn -w 3 app:app");
  await theirs.getByRole("button", { name: "Load the link's version again" }).click();
  await expect(theirCommand).toHaveValue("gunicorn -w 2 app:app");
  await theirs.getByRole("button", { name: "Bring my changes back" }).click();
  await expect(theirCommand).toHaveValue("gunicorn -w 3 app:app");
  // On the lab's other machine it changes nothing, and leads to its own.
  const [where = "", what = ""] = link.split("#");
  await reader.goto(`${where.replace("machine=python", "machine=node")}#${what}`);
  await expect(theirs.getByText("This is for the lab on the Python machine, and changes nothing here.")).toBeVisible();
  await expect(theirCommand).toHaveValue(/^node /);
  const there = await theirs.getByRole("link", { name: "Open it on Python" }).getAttribute("href");
  expect(there).toMatch(/\?machine=python#lab-first-load=1\./);
  await reader.goto(there ?? "");
  await expect(theirCommand).toHaveValue(/^gunicorn /);
  // Another link in the same tab, and back to the original.
  await reader.evaluate(
    (fragment) => {
      location.hash = fragment;
    },
    `${new URL(link).hash}A`,
  );
  await expect(theirs.getByText("This link is damaged")).toBeVisible();
  await expect(theirCommand).toHaveValue("gunicorn -w 3 app:app");
  await other.close();
});

// [threat: link]
test("a damaged, too long, newer or strange link says so and leaves the original", async ({ page }) => {
  const hash = (fragment: string) => `${pages.embed}#${fragment}`;
  for (const [fragment, words] of [
    ["lab-first-load=1.eJyrVkpUslJKBQ", "This link is damaged"],
    ["lab-first-load=1.%00%ff<script>", "This link is damaged"],
    [`lab-first-load=1.${"A".repeat(9000)}`, "This link is too long"],
    ["lab-first-load=2.anything", "newer version of this site"],
    ["lab-no-such-lab=1.eJyr", "for a lab that is not on this page"],
  ] as const) {
    await page.goto("about:blank");
    await page.goto(hash(fragment));
    const lab = labOf(page);
    await expect(lab.getByText(words)).toBeVisible();
    await expect(lab.getByRole("textbox", { name: "Command" }).last()).toHaveValue(/^gunicorn -w 4/);
    await expect(lab.getByText("Not started.")).toHaveCount(2);
  }
  // The address of the lab itself stays an address.
  await page.goto(`${pages.lesson}#lab-first-load`);
  await expect(labOf(page)).toBeInViewport();
  await expect(page.locator(".lab-share")).toHaveCount(0);
});

/** A link to the lab in a frame of its own, as whoever knows how it is written can make one. */
async function forgedLink(shared: Partial<SharedLab>): Promise<string> {
  return `${pages.embed}${writeFragment({ lab: "first-load", machine: "python", plan: "quick", ...shared })}`;
}

const appFile = () => readFile("content/labs/first-load/app.py", "utf8");

// [threat: link]
test("what a link shows is what runs: nothing in it hides, moves or stands out of sight", async ({ page }) => {
  const original = await appFile();
  const text = original
    .replace("VERSION = 1\n", 'VERSION = 1\n# Counts the requests.\rprint("after the return")\n')
    .replace("kept = []\n", `kept = []${" ".repeat(600)};print("to the right")\n`)
    .concat(`${"\n".repeat(300)}print("far below")\n`)
    .concat(`# ${"x".repeat(3000)}\n`)
    .concat('if name == "\u202etoor\u202c": # \u05d0 1 \u05d1\n    pass\u200b\n');
  expect(text).toContain("after the return");
  expect(text).toContain("to the right");
  await page.goto(await forgedLink({ files: { "app.py": text } }));
  const lab = labOf(page);
  const changes = lab
    .getByRole("region", { name: "Opened from a link" })
    .getByRole("region", { name: "Changes to app.py" });
  const rows = changes.locator("ins");
  await expect(rows.filter({ hasText: "Counts the requests." })).toContainText("⟨U+000D⟩");
  await expect(rows.filter({ hasText: "Counts the requests." })).not.toContainText("after the return");
  await expect(rows.filter({ hasText: "after the return" })).toContainText("↳");
  await expect(rows.filter({ hasText: "to the right" })).toContainText('kept = []⟨600 spaces⟩;print("to the right")');
  await expect(rows.filter({ hasText: "empty lines⟩" })).toHaveCount(1);
  await expect(rows.filter({ hasText: "toor" })).toContainText("⟨U+202E⟩toor⟨U+202C⟩");
  await expect(rows.filter({ hasText: "pass" })).toContainText("pass⟨U+200B⟩");
  // Nothing of it is to the right of what can be seen, and letters that run from right to left stand as they are read
  // by what runs them.
  expect(await changes.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  const order = await rows.filter({ hasText: "toor" }).evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const left = (node: Node, at: number) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect().left;
    };
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf("\u05d0") ?? -1;
      if (at >= 0) return left(node, at) < left(node, at + 2) && left(node, at + 2) < left(node, at + 4);
    }
    return undefined;
  });
  expect(order).toBe(true);
  const { violations } = await new AxeBuilder({ page }).include(".lab-share").analyze();
  expect(violations).toEqual([]);

  // The editor shows the same.
  const development = lab.getByRole("region", { name: "Development server" });
  await development.getByRole("tab", { name: "app.py" }).click();
  const editor = development.getByRole("textbox", { name: "File app.py" });
  const line = editor.locator(".cm-line").filter({ hasText: "after the return" });
  await expect(line).toHaveText('print("after the return")');
  const scroller = development.locator(".cm-scroller");
  expect(await scroller.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(1);
  await editor.press("ControlOrMeta+End");
  await expect(editor.locator(".cm-line").filter({ hasText: "toor" })).toContainText("⟨U+202E⟩toor⟨U+202C⟩");
  await expect(editor.locator(".cm-line").filter({ hasText: "pass" }).last()).toContainText("pass⟨U+200B⟩");
});

// [threat: link]
test("a command that would not run as it is shown is not opened, and not run if it is typed", async ({ page }) => {
  const commands = { development: "flask --app app run \u202e0005 trop-- \u202c" };
  await page.goto(await forgedLink({ commands }));
  const lab = labOf(page);
  await expect(lab.getByText("A command in this link has characters that cannot be seen")).toBeVisible();
  const development = lab.getByRole("region", { name: "Development server" });
  const command = development.getByRole("textbox", { name: "Command" });
  await expect(command).toHaveValue(/^flask --app app run/);
  await command.fill("flask --app\u00a0app run");
  await development.getByRole("button", { name: /^Start/ }).click();
  await expect(development.getByText("U+00A0, no-break space")).toBeVisible();
  await expect(lab.getByText("Not started.")).toHaveCount(2);
  await lab.getByRole("button", { name: "Share", exact: true }).click();
  await expect(lab.getByText("This lab cannot be shared as it is")).toBeVisible();
  await expect(lab.getByRole("textbox", { name: "Link to this lab" })).toHaveCount(0);
});

// [threat: link]
test("a small link makes no large page: long differences are folded", async ({ page }) => {
  const many = Array.from({ length: 100_000 }, (_, index) => `${index % 2}`).join("\n");
  const link = await forgedLink({ files: { "app.py": many } });
  expect(link.length).toBeLessThan(1500);
  await page.goto(link);
  const opened = labOf(page).getByRole("region", { name: "Opened from a link" });
  await expect(opened.getByText(/^Long differences are folded: [\d,. \u202f\u00a0]+ more lines/)).toBeVisible();
  const elements = () => page.locator("*").count();
  const before = await elements();
  expect(before).toBeLessThan(10_000);
  await opened.getByRole("button", { name: "Show more lines" }).click();
  await expect.poll(elements).toBeGreaterThan(before);
  expect(await elements()).toBeLessThan(before + 2500);
});

// [threat: link]
test("what came from a link is shown again, whatever address brings the lab back", async ({ page }) => {
  await page.goto(await forgedLink({ files: { "app.py": `${await appFile()}print("from a stranger")\n` } }));
  const lab = labOf(page);
  const added = lab.getByRole("region", { name: "Changes to app.py" }).locator("ins");
  await expect(added).toContainText(["from a stranger"]);
  await page.goto("about:blank");
  await page.goto(pages.embed);
  await expect(lab.getByText("A link to this lab was opened in this tab before.")).toBeVisible();
  await expect(added).toContainText(["from a stranger"]);
  await lab.getByRole("button", { name: "Open the original instead" }).click();
  await expect(lab.getByText("This is the original.")).toBeVisible();
  await page.goto("about:blank");
  await page.goto(pages.embed);
  await expect(lab.getByText("Not started.")).toHaveCount(2);
  await expect(page.locator(".lab-share")).toHaveCount(0);
});

test("what is too large for a link is saved as a file, which can be dropped on a lab", async ({
  page,
  browserName,
}) => {
  test.skip(browserName === "firefox", "Playwright does not hear of Firefox's downloads by WebDriver BiDi");
  const lab = await openLesson(page);
  const production = lab.getByRole("region", { name: "Production server" });
  await production.getByRole("tab", { name: "app.py" }).click();
  await production.getByRole("textbox", { name: "File app.py" }).click();
  // What does not compress.
  const noise = Array.from({ length: 400 }, () => `# ${crypto.randomUUID()}`).join("\n");
  await page.keyboard.insertText(noise);
  await lab.getByRole("button", { name: "Share", exact: true }).click();
  await expect(lab.getByText("too large for a link")).toBeVisible();
  await expect(lab.getByRole("textbox", { name: "Link to this lab" })).toHaveCount(0);
  const saving = page.waitForEvent("download");
  await lab.getByRole("button", { name: "Save as a file" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("first-load.lab.json");
  const text = await readFile(await saved.path(), "utf8");

  await lab.getByRole("button", { name: "Reset" }).click();
  const drop = (name: string, content: string) =>
    page.locator("#lab-first-load").evaluate(
      (element, file) => {
        const data = new DataTransfer();
        data.items.add(new File([file.content], file.name));
        for (const kind of ["dragenter", "dragover", "drop"]) {
          element.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
        }
      },
      { name, content },
    );
  await drop("x.json", '{"twoServersLab":1}');
  await expect(lab.getByText("This is not a .lab.json file from this site")).toBeVisible();
  await drop("first-load.lab.json", text.replace('"first-load"', '"wsgi"'));
  await expect(lab.getByText("This file is for the lab wsgi.")).toBeVisible();
  await drop("first-load.lab.json", text);
  const opened = lab.getByRole("region", { name: "Opened from a file" });
  await expect(opened.getByRole("region", { name: "Changes to app.py" })).toBeVisible();
  await start(lab);
  await opened.getByRole("button", { name: "Open the original instead" }).click();
  await expect(lab.getByText("This is the original.")).toBeVisible();
});
