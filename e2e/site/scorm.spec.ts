// @project beside
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { type ScormVersion, scormPackage } from "../../src/instructors/packages/course-packages.ts";
import { writeAssignment } from "../../src/learning/assignment/assignment.ts";
import { expect, test } from "../../testing/browser/site.ts";

const runtime = readFileSync("src/instructors/packages/sco.js", "utf8");
const courseSystem = "https://lms.example/";
const asked = writeAssignment({ title: "Week 1", lessons: [{ id: "lessons/04-wsgi", quiz: true }] });

/** A course system of another origin that plays a package; `version` undefined: it offers no interface. */
async function play(page: Page, root: string, version: ScormVersion | undefined): Promise<void> {
  const address = new URL(`embed/assignment/?report=scorm${asked}`, root).href;
  const files: Readonly<Record<string, string>> = {
    ...scormPackage(version ?? "1.2", { title: "Week 1", address }, runtime),
    "scorm-again.js": readFileSync("node_modules/scorm-again/dist/scorm-again.min.js", "utf8"),
    "": `<!doctype html><title>Course system</title>
      <script src="scorm-again.js"></script>
      <script>
        ${version === "1.2" ? "window.API = new Scorm12API({ logLevel: 5 });" : ""}
        ${version === "2004" ? "window.API_1484_11 = new Scorm2004API({ logLevel: 5 });" : ""}
      </script>
      <iframe src="index.html" width="1000" height="900"></iframe>`,
  };
  await page.route(`${courseSystem}**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const body = files[name];
    const contentType = name.endsWith(".js") ? "text/javascript" : "text/html";
    return body === undefined ? route.fulfill({ status: 404, body: "" }) : route.fulfill({ body, contentType });
  });
  // As browsers do that keep nothing for a frame of another site.
  await page.addInitScript(() => {
    if (window.top === window) return;
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await page.goto(courseSystem);
  const sco = page.frameLocator("iframe");
  await expect(sco.frameLocator("#course").getByRole("heading", { name: "Week 1" })).toBeVisible();
}

/** Answers the quiz, in the frame, until all of it is right. */
async function doIt(page: Page): Promise<void> {
  const course = page.frameLocator("iframe").frameLocator("#course");
  for (const question of await course.locator(".quiz li").all()) {
    for (const choice of await question.getByRole("radio").all()) {
      await choice.check();
      await question.getByRole("button", { name: "Check" }).click();
      const status = question.getByRole("status");
      await expect(status).toContainText(/^(Right\.|Not this one\.)/);
      if (/^Right\./.test((await status.textContent()) ?? "")) break;
      await question.getByRole("button", { name: "Answer again" }).click();
    }
  }
  await expect(course.getByText("All of it is done.")).toBeVisible();
}

test("a SCORM package reports an assignment in both versions, and without an interface says so", async ({
  page,
  baseURL,
}) => {
  if (baseURL === undefined) throw new Error("The tests have no site.");
  for (const [version, names] of [
    ["1.2", { status: "cmi.core.lesson_status", score: "cmi.core.score.raw" }],
    ["2004", { status: "cmi.completion_status", score: "cmi.score.raw" }],
  ] as const) {
    await page.unrouteAll();
    await play(page, baseURL, version);
    const heard = (name: string) =>
      page.evaluate(
        ([asked, old]) => {
          const api = Reflect.get(window, old ? "API" : "API_1484_11");
          return String(old ? api.LMSGetValue(asked) : api.GetValue(asked));
        },
        [name, version === "1.2"] as const,
      );
    await expect.poll(() => heard(names.status)).toBe("incomplete");
    await doIt(page);
    await expect.poll(() => heard(names.status)).toBe("completed");
    expect(await heard(names.score)).toBe("100");
  }
  await page.unrouteAll();
  await page.clock.install();
  await play(page, baseURL, undefined);
  await page.clock.runFor(21_000);
  await expect(page.frameLocator("iframe").getByRole("status").first()).toContainText("nothing is reported");
});
