/** A lab in the built site whose machine is a double: quick, and the same each time. */
import type { BrowserContext, Locator, Page } from "@playwright/test";
import { build } from "esbuild";
import { pages } from "../site.ts";

let code: Promise<string> | undefined;

async function doubleCode(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["e2e/lab-double/machine-double.ts"],
    bundle: true,
    format: "esm",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/** From now on pages of this context get the double instead of the machine. */
export async function useDouble(context: BrowserContext): Promise<void> {
  code ??= doubleCode();
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
  await lab.getByText("with 4 workers").waitFor();
}

/** Runs the load test that is chosen, and waits for its result. */
export async function runLoadTest(lab: Locator): Promise<void> {
  await lab.getByRole("button", { name: "Run load test" }).click();
  await lab.locator(".lab-sentence p").first().waitFor();
}
