/**
 * A browser context in which a machine has been opened before. A first visit makes the template from which all
 * processes begin, and takes seconds of both cores for it; later visits find it in Cache Storage. What is tested is the
 * same, and what a first visit does has tests of its own.
 */
import type { Browser, BrowserContext } from "@playwright/test";
import { everythingShown } from "./everything-shown.ts";

/** The one of each browser. */
const visited = new WeakMap<Browser, Promise<BrowserContext>>();

/**
 * Lends the context, with no pages and nothing stored but what a reader has who wants to see everything. Who has it
 * closes its pages, and leaves it open. While somebody has pages in it, another one is made for whoever asks.
 *
 * @param baseURL the site's root
 */
export async function visitedContext(browser: Browser, baseURL: string): Promise<BrowserContext> {
  const known = visited.get(browser);
  if (known === undefined) {
    const made = newContext(browser, baseURL);
    visited.set(browser, made);
    return made;
  }
  const context = await known;
  if (context.pages().length > 0) return newContext(browser, baseURL);
  await context.setStorageState(everythingShown(baseURL));
  return context;
}

/** Ends what was done in it. */
export async function leave(context: BrowserContext): Promise<void> {
  const browser = context.browser();
  if (browser !== null && (await visited.get(browser)) === context) {
    await Promise.all(context.pages().map((page) => page.close()));
  } else await context.close();
}

function newContext(browser: Browser, baseURL: string): Promise<BrowserContext> {
  return browser.newContext({
    baseURL,
    viewport: { width: 1400, height: 1000 },
    storageState: everythingShown(baseURL),
    serviceWorkers: "block",
  });
}
