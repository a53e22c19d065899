/** A lab in the built site whose machine is a double: quick, and the same each time. */
import type { BrowserContext, Locator, Page } from "@playwright/test";
import { build } from "esbuild";
import { pages } from "../browser/site.ts";

const codes = new Map<string, Promise<string>>();

async function doubleCode(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * From now on pages of this context get a double instead of the machine.
 *
 * @param entry its code: a module with an `open` like that of `machine/open.ts`
 */
export async function useLabDouble(
  context: BrowserContext,
  entry = "testing/lab-double/machine-double.ts",
): Promise<void> {
  const code = codes.get(entry) ?? doubleCode(entry);
  codes.set(entry, code);
  const body = await code;
  await context.route(/\/_astro\/open\.[\w-]+\.js$/, (route) =>
    route.fulfill({ contentType: "text/javascript", body }),
  );
}

/** The lab of a page. */
export function labOf(page: Page): Locator {
  return page.getByRole("region", { name: "Lab: The first load test" });
}

/** Goes to the lesson, and waits until its lab can be used. */
export async function openLesson(page: Page): Promise<Locator> {
  await page.goto(pages.lesson);
  const lab = labOf(page);
  await lab.getByRole("button", { name: "Start both servers" }).waitFor();
  return lab;
}

/** Starts both servers and waits until they run. */
export async function start(lab: Locator): Promise<void> {
  await lab.getByRole("button", { name: "Start both servers" }).click();
  // On a phone the other side may be the one on screen.
  await lab.getByText("with 4 workers").waitFor({ state: "attached" });
}

/** Runs the load test that is chosen, and waits for its result. */
export async function runLoadTest(lab: Locator): Promise<void> {
  await lab.getByRole("button", { name: "Run load test" }).click();
  await lab.locator(".lab-sentence p").first().waitFor();
}
