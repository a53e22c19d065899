/** What the browser tests know of the site. */
import { expect, type Page, test as playwrightTest } from "@playwright/test";
import { leave, visitedContext } from "./visited-context.ts";

/** A page of each kind, relative to the site's root. */
export const pages = {
  landing: "./",
  lesson: "./lessons/01-two-servers/",
  concept: "./concepts/wsgi/",
  embed: "./embed/first-load/",
  instructors: "./instructors/",
  notes: "./instructors/01-two-servers/",
  embedBuilder: "./instructors/embed/",
  handout: "./handouts/01-two-servers/",
  slides: "./slides/01-two-servers/",
  conformance: "./accessibility/report/",
  yourApp: "./your-app/",
  framework: "./frameworks/django/",
  preparedApp: "./embed/your-app/",
  assign: "./instructors/assign/",
  packages: "./instructors/packages/",
  accessibility: "./accessibility/",
  check: "./check/",
} as const;

/** What a page complained about: errors on its console, scripts that threw, files that are missing. */
export interface Complaints {
  readonly list: readonly string[];
}

/** A request under way is aborted when a test leaves the page. So Chromium says it, and Firefox. */
const aborted: ReadonlySet<string | undefined> = new Set(["net::ERR_ABORTED", "NS_BINDING_ABORTED"]);

function watch(page: Page): Complaints {
  const list: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") list.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => list.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) list.push(`${response.status()} ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    if (!aborted.has(reason)) list.push(`${reason} ${request.url()}`);
  });
  return { list };
}

/**
 * Playwright's test with a page that must not complain. A violated Content-Security-Policy is an error on its console.
 */
export const test = playwrightTest.extend<{ complaints: Complaints; visited: boolean }>({
  /** Whether a machine has been opened in the browser before: `test.use({ visited: true })` saves its first start. */
  visited: [false, { option: true }],
  context: async ({ browser, context: unvisited, baseURL, visited }, use) => {
    if (!visited || baseURL === undefined) return use(unvisited);
    const context = await visitedContext(browser, baseURL);
    await use(context);
    await leave(context);
  },
  complaints: [
    async ({ page }, use) => {
      const complaints = watch(page);
      await use(complaints);
      expect(complaints.list).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
