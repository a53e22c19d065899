/** Puts the machines, bundled with the contract checks, into a page. */
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { build } from "esbuild";

/** Settings as a host of the site gives them to its build. */
export type ContractSettings = Readonly<Record<string, string>>;

const bundled = new Map<string, Promise<string>>();

async function bundle(settings: string): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL("contract-page.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2024",
    define: { "import.meta.env": settings },
    logLevel: "error",
  });
  return result.outputFiles[0]?.text ?? "";
}

/**
 * Afterwards the page has `contractPage`. The script comes as one of the site's own, so that the policies of the page
 * and of the frame that machines live in stay in force.
 */
export async function injectContract(page: Page, settings: ContractSettings = {}): Promise<void> {
  const key = JSON.stringify(settings);
  const content = await (bundled.get(key) ?? bundle(key));
  bundled.set(key, Promise.resolve(content));
  const url = new URL("contract-under-test.js", page.url()).href;
  await page.route(url, (route) => route.fulfill({ contentType: "text/javascript", body: content }));
  // No script of the page gives a script its address: its policy would refuse that.
  await page.evaluate(`import(${JSON.stringify(url)}).then(() => undefined)`);
}

/** Serves a page with the headers that isolate it from other origins, as a host that sets them would. */
export async function isolate(page: Page, address: string): Promise<void> {
  await page.route(address, async (route) => {
    const response = await route.fetch();
    const headers = {
      ...response.headers(),
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    };
    await route.fulfill({ response, headers });
  });
}
