// @project beside
import { readFileSync } from "node:fs";
import type { Frame, Page } from "@playwright/test";
import { type ScormVersion, scormPackage } from "../../src/instructors/packages/course-packages.ts";
import { writeAssignment } from "../../src/learning/assignment/assignment.ts";
import { expect, test } from "../../testing/browser/site.ts";

const runtime = readFileSync("src/instructors/packages/sco.js", "utf8");
const courseSystem = "https://lms.example/";
const asked = writeAssignment({ title: "Week 1", lessons: [{ id: "lessons/03-wsgi" }] });

/** A course system of another origin that plays a package; `version` undefined: it offers no interface. */
async function play(page: Page, root: string, version: ScormVersion | undefined): Promise<Frame> {
  const address = new URL(`assignment/?report=scorm${asked}`, root).href;
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
  await page.goto(courseSystem);
  const sco = page.frameLocator("iframe");
  await expect(sco.frameLocator("#course").getByRole("heading", { name: "Week 1" })).toBeVisible();
  const frame = page.frames().find((each) => each.url().endsWith("index.html"));
  if (frame === undefined) throw new Error("The package's page is not there.");
  return frame;
}

/** Does the one thing that is asked, in the frame. */
async function doIt(page: Page): Promise<void> {
  const course = page.frameLocator("iframe").frameLocator("#course");
  await course.getByRole("table").getByRole("link").click();
  await course.getByRole("button", { name: "Mark this lesson as done" }).click();
  await expect(course.getByText("This lesson is done.")).toBeVisible();
}

test("a SCORM package reports an assignment in both versions, and without an interface says so", async ({
  page,
  baseURL = "",
}) => {
  for (const [version, names] of [
    ["1.2", { status: "cmi.core.lesson_status", score: "cmi.core.score.raw" }],
    ["2004", { status: "cmi.completion_status", score: "cmi.score.raw" }],
  ] as const) {
    await page.unrouteAll();
    const sco = await play(page, baseURL, version);
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
    await sco.evaluate(
      (address) => {
        document.querySelector("iframe")?.setAttribute("src", address);
      },
      new URL(`assignment/?report=scorm&again=${version}${asked}`, baseURL).href,
    );
    await expect.poll(() => heard(names.status)).toBe("completed");
    expect(await heard(names.score)).toBe("100");
    // The next version begins afresh.
    await page
      .frames()
      .at(-1)
      ?.evaluate(() => localStorage.clear());
  }
  await page.unrouteAll();
  await page.clock.install();
  await play(page, baseURL, undefined);
  await page.clock.runFor(21_000);
  await expect(page.frameLocator("iframe").getByRole("status").first()).toContainText("nothing is reported");
});
