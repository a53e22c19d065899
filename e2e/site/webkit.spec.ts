// @project webkit
/**
 * WebKit as Debian has it, whose WebAssembly cannot wait (no JSPI): lessons, quizzes and predictions, recorded runs, use
 * without a network, and the labs whose servers run on the emulated PC.
 */
import { expect, test as playwrightTest } from "@playwright/test";
import { By, type WebElement } from "selenium-webdriver";
import { findWebKit } from "../../scripts/find-browser.ts";
import { linuxMissing } from "../../testing/browser/linux.ts";
import { pages } from "../../testing/browser/site.ts";
import { type WatchedHost, watchedHost } from "../../testing/browser/watched-host.ts";
import { type RunningWebKit, startWebKit } from "../../testing/browser/webkit.ts";

/** How long what follows from a click may take on a busy computer, in milliseconds. */
const soon = 20_000;

/** Pages that `pages` does not name: a lab on Linux, a translation, and tools of readers. */
const morePages = ["./lessons/12-nginx-in-front/", "./es/lessons/01-two-servers/", "./browsers/", "./review/"];

/** The browser, and a page in it as its reader meets it. */
class Reader {
  constructor(
    readonly browser: RunningWebKit["driver"],
    readonly host: WatchedHost,
  ) {}

  async open(page: string): Promise<void> {
    await this.browser.get(new URL(page, this.host.address).href);
  }

  /** The first element that this finds and that is on screen or can be scrolled there. */
  async find(css: string, named: string | RegExp = ""): Promise<WebElement> {
    const found = await this.browser.wait(
      async () => {
        for (const element of await this.browser.findElements(By.css(css))) {
          const text = (await element.getAccessibleName()) || (await element.getText());
          if (text.match(named) && (await element.isDisplayed()) && (await element.isEnabled())) return element;
        }
        return undefined;
      },
      soon,
      `no ${css} is named ${named}`,
    );
    if (found === undefined) throw new Error(`no ${css} is named ${named}`);
    return found;
  }

  async press(named: string | RegExp, within = ""): Promise<void> {
    await (await this.find(`${within} button`, named)).click();
  }

  /**
   * Waits until the text of an element is like this. WebKit's driver runs the words of blocks together, so the page is
   * asked.
   */
  async reads(css: string, text: string | RegExp, within = soon): Promise<void> {
    const read = "return document.querySelector(arguments[0])?.innerText ?? ''";
    const shown = async () => (await this.browser.executeScript<string>(read, css)).replaceAll(/\s+/g, " ").trim();
    await expect.poll(shown, { timeout: within }).toMatch(text);
  }

  /** What the page that is open has complained about. */
  async complaints(): Promise<unknown> {
    return this.browser.executeScript("return globalThis.complaints");
  }
}

const test = playwrightTest.extend<{ reader: Reader }, { webkit: RunningWebKit }>({
  webkit: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads in it what a fixture needs
    async ({}, use) => {
      const programs = findWebKit();
      if (programs === undefined) throw new Error("There is no WebKit. Run: node scripts/find-browser.ts");
      const webkit = await startWebKit(programs);
      await use(webkit);
      await webkit.end();
    },
    { scope: "worker" },
  ],
  reader: async ({ webkit }, use, info) => {
    const host = await watchedHost();
    const reader = new Reader(webkit.driver, host);
    await use(reader);
    if (info.status !== info.expectedStatus) {
      const body = Buffer.from(await webkit.driver.takeScreenshot(), "base64");
      await info.attach("screenshot", { body, contentType: "image/png" });
    }
    await host.down();
    expect(host.missing).toEqual([]);
  },
});

test("pages of every kind open without a complaint, and fit", async ({ reader }) => {
  for (const page of [...Object.values(pages), ...morePages]) {
    await reader.open(page);
    expect(await reader.complaints(), page).toEqual([]);
    const [needed, there] = await reader.browser.executeScript<[number, number]>(
      "return [document.documentElement.scrollWidth, innerWidth]",
    );
    expect(needed, page).toBeLessThanOrEqual(there);
  }
});

test("a lesson says that its lab cannot run here and what to do, takes predictions and answers, and keeps them", async ({
  reader,
}) => {
  await reader.open(pages.lesson);
  await reader.reads(".lab-replay", /cannot run the lab: .* Chrome and Edge can from version 137 on/);
  // Whoever tries all the same is told, too.
  await reader.press("Start both servers", ".lab-root");
  await reader.reads(".lab-root [role=alert]", /cannot suspend WebAssembly .* Use a current Chrome, Edge, Firefox/);

  await (await reader.find(".predict label", "The production server")).click();
  await reader.reads(".predict", "Noted.");
  await (await reader.find(".quiz li label")).click();
  await reader.press("Check", ".quiz li");
  await reader.reads(".quiz li [role=status]", /^(Right\.|Not this one\.)/);
  expect(await reader.complaints()).toEqual([]);

  await reader.browser.navigate().refresh();
  await reader.reads(".predict", "Noted.");
  expect(await (await reader.find(".predict input", "The production server")).isSelected()).toBe(true);
  await reader.reads(".quiz li [role=status]", /^(Right\.|Not this one\.)/);
  await reader.reads(".quiz-score", "1 of ");

  // A term says what it means, and leads to its page.
  const term = await reader.find(".sl-markdown-content a.term", /^workers$/);
  const meaning = await term.getAttribute("data-term");
  await reader.browser.executeScript("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", term);
  await reader.browser.actions().move({ origin: term }).perform();
  const shown = "return getComputedStyle(arguments[0], '::after').content";
  await expect.poll(() => reader.browser.executeScript<string>(shown, term)).toContain(meaning);
  await term.click();
  await reader.reads("h1", /^Worker/);
});

test("a recorded run plays in a lab's own charts and lanes, to its table", async ({ reader }) => {
  await reader.open(pages.lesson);
  await (await reader.find(".lab-root label", /^A slow page/)).click();
  await reader.press("Play “A slow page” as it was recorded", ".lab-replay");
  await reader.reads(".lab-replay", /Recorded, not run here .*gunicorn -w 4/);
  await reader.find(".lab-picture canvas");
  await expect
    .poll(async () => (await reader.browser.findElements(By.css(".lab-worker-requests"))).length, { timeout: soon })
    .toBe(5);
  await reader.press("Show the end", ".lab-replay");
  await reader.reads(".lab-results table", /Requests per second [\d.,]+ .*Errors 0/);
  await reader.reads(".lab-sentence", /answered/);
  // What grew while it played is not cut off.
  const sizes =
    "return [...document.querySelectorAll('.lab-worker-requests')].map((e) => [e.clientWidth, e.scrollWidth])";
  for (const [there, needed] of await reader.browser.executeScript<[number, number][]>(sizes)) {
    expect(needed).toBeLessThanOrEqual(there);
  }
  expect(await reader.complaints()).toEqual([]);
});

test("the check says what runs here, and what does not", async ({ reader }) => {
  await reader.open(pages.check);
  await reader.press("Check this computer", ".check-computer");
  await reader.reads(
    ".check-computer",
    /This browser does not work .*Python labs does not work .*Copy as text/,
    60_000,
  );
  await reader.reads(".check-computer", linuxMissing("debian") ? /Linux labs not on this site/ : /Linux labs works/);
  expect(await reader.complaints()).toEqual([]);
});

test("a lab on Linux runs: it needs no WebAssembly that can wait", async ({ reader }) => {
  const missing = linuxMissing("nginx");
  test.skip(missing !== undefined, missing ?? "");
  await reader.open("./embed/nginx-in-front/?show=everything");
  await (await reader.find(".lab-root label", /^A style sheet/)).click();
  await reader.press("Run load test", ".lab-root");
  await reader.reads(".lab-results table", /Requests per second [\d.,]+ .*Errors 0/, 120_000);
  await reader.find(".lab-picture canvas");
  expect(await reader.complaints()).toEqual([]);
});

test("a site that was visited opens without its host", async ({ reader }) => {
  await reader.open("./privacy/");
  // Asked for at once, instead of after the calm that each page waits for.
  await reader.press(/^Turn off/, ".offline-switch");
  await reader.reads(".offline-switch", "Off: the site is not kept");
  await reader.press("Keep the site for offline use", ".offline-switch");
  await reader.reads(".offline-switch", "Kept: the site works without a network.", 60_000);
  await reader.host.down();
  await reader.open(pages.concept);
  await reader.reads("h1", "WSGI");
  await reader.open(pages.lesson);
  await reader.reads(".lab-replay", "cannot run the lab");
  await reader.find(".quiz li label");
});
