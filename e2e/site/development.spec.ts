// @project beside
/** The development server: what is written into the machine's sources is there at the machine's next start. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { addMachineCode, PageComputer } from "../../testing/browser/machine.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** A module of this test's own, which Git ignores: the others are what other tests run on. */
const module = new URL("../../src/machine/python/posix/_edited_by_a_test.py", import.meta.url);

/** As `astro dev` starts it, which refuses where somebody works on the site already. */
const start = `
  const { dev } = await import("astro");
  const { address } = await dev({ server: { port: 0 }, logLevel: "error" });
  console.log("http://localhost:" + address.port + "/");
`;

/** Starts the development server on a port that is free; its address, and a way to end it. */
async function startServer(): Promise<{ address: string; stop(): Promise<void> }> {
  const server = spawn(process.execPath, ["--env-file=astro.env", "--input-type=module", "--eval", start], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" },
  });
  const ended = once(server, "exit");
  const stop = async () => {
    server.kill();
    await ended;
  };
  for await (const line of createInterface(server.stdout)) {
    if (line.startsWith("http://localhost:")) return { address: line, stop };
  }
  throw new Error("The development server ended before it had an address");
}

/** Opens a machine anew, and imports a module of the layer in it; what Python prints. */
async function imported(page: Page, siteRoot: string): Promise<string> {
  // The site's own pages load again at an edit, in the middle of whatever a test does there.
  await page.route(`${siteRoot}empty`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  await page.goto(`${siteRoot}empty`);
  await addMachineCode(page);
  await page.evaluate(async (address) => {
    globalThis.machineDriver = await MachineUnderTest.open(address);
  }, siteRoot);
  const { output } = await new PageComputer(page, "computer").run([
    "python",
    "-c",
    "from posix_layer import _edited_by_a_test as module; print('says', module.SAYS)",
  ]);
  return output;
}

test("an edit of the POSIX layer is there at the next start, without another start of the server", async ({ page }) => {
  await rm(module, { force: true });
  const server = await startServer();
  try {
    expect(await imported(page, server.address)).toContain("ImportError");
    await writeFile(module, "SAYS = 'one thing'\n");
    expect(await imported(page, server.address)).toBe("says one thing\n");
    await writeFile(module, "SAYS = 'another'\n");
    expect(await imported(page, server.address)).toBe("says another\n");

    const manifest = await page.request.get(`${server.address}machine/python/manifest.json`);
    const { parts } = await manifest.json();
    const script = await page.request.get(`${server.address}machine/python/${parts["kernel-worker.js"].file}`);
    expect(script.ok()).toBe(true);
  } finally {
    await rm(module, { force: true });
    await server.stop();
  }
});
