// @project beside
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { type ScormVersion, scormPackage } from "../../src/instructors/packages/course-packages.ts";
import { writeAssignment } from "../../src/learning/assignment/assignment.ts";
import { answerRightly } from "../../testing/browser/quiz.ts";
import { expect, test } from "../../testing/browser/site.ts";

const runtime = readFileSync("src/instructors/packages/sco.js", "utf8");
const asked = writeAssignment({ title: "Week 1", lessons: [{ id: "lessons/04-wsgi", quiz: true }] });

/** A course system on a port, and so an origin, of its own: it plays the package that was put in last. */
class CourseSystem {
  #files: Readonly<Record<string, string>> = {};
  readonly #server = createServer((request, response) => {
    const name = new URL(request.url ?? "/", "http://localhost").pathname.slice(1);
    const body = this.#files[name];
    response.writeHead(body === undefined ? 404 : 200, {
      "Content-Type": name.endsWith(".js") ? "text/javascript" : "text/html",
    });
    response.end(body);
  });

  async up(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The course system has no port.");
    return `http://127.0.0.1:${address.port}/`;
  }

  async down(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** `version` undefined: it offers no interface. */
  put(root: string, version: ScormVersion | undefined): void {
    const address = new URL(`embed/assignment/?report=scorm${asked}`, root).href;
    this.#files = {
      ...scormPackage(version ?? "1.2", { title: "Week 1", address }, runtime),
      "favicon.ico": "",
      "scorm-again.js": readFileSync("node_modules/scorm-again/dist/scorm-again.min.js", "utf8"),
      "": `<!doctype html><title>Course system</title>
        <script src="scorm-again.js"></script>
        <script>
          ${version === "1.2" ? "window.API = new Scorm12API({ logLevel: 5 });" : ""}
          ${version === "2004" ? "window.API_1484_11 = new Scorm2004API({ logLevel: 5 });" : ""}
        </script>
        <iframe src="index.html" width="1000" height="900"></iframe>`,
    };
  }
}

test("a SCORM package reports an assignment in both versions, and without an interface says so", async ({
  page,
  baseURL,
}) => {
  if (baseURL === undefined) throw new Error("The tests have no site.");
  const system = new CourseSystem();
  const address = await system.up();
  // As browsers do that keep nothing for a frame of another site.
  await page.addInitScript(() => {
    if (window.top === window) return;
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  const course = page.frameLocator("iframe").frameLocator("#course");
  const title = course.getByRole("heading", { name: "Week 1" });
  for (const [version, names] of [
    ["1.2", { status: "cmi.core.lesson_status", score: "cmi.core.score.raw" }],
    ["2004", { status: "cmi.completion_status", score: "cmi.score.raw" }],
  ] as const) {
    system.put(baseURL, version);
    await page.goto(address);
    await expect(title).toBeVisible();
    const heard = (name: string) =>
      page.evaluate(
        ([asked, old]) => {
          const api = Reflect.get(window, old ? "API" : "API_1484_11");
          return String(old ? api.LMSGetValue(asked) : api.GetValue(asked));
        },
        [name, version === "1.2"] as const,
      );
    await expect.poll(() => heard(names.status)).toBe("incomplete");
    await expect(course.getByText("Your browser keeps nothing for this site")).toBeVisible();
    await answerRightly(course);
    await expect(course.getByText("All of it is done.")).toBeVisible();
    await expect.poll(() => heard(names.status)).toBe("completed");
    expect(await heard(names.score)).toBe("100");
    // The run-time has taken all of it.
    await expect(page.frameLocator("iframe").locator("#said")).toBeEmpty();
  }
  system.put(baseURL, undefined);
  await page.clock.install();
  await page.goto(address);
  await expect(title).toBeVisible();
  await page.clock.runFor(21_000);
  await expect(page.frameLocator("iframe").getByRole("status").first()).toContainText("nothing is reported");
  await system.down();
});
