import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveSite } from "./site-server.ts";

let folder = "";
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "site-"));
  writeFileSync(join(folder, "index.html"), "<p>home</p>");
  writeFileSync(join(folder, "404.html"), "<p>nothing here</p>");
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true });
});

// A port for each server: `fetch` keeps connections for an address, and would try a closed server's with the next one.
let nextPort = 34_211;

async function serve(answers?: Readonly<Record<string, () => object | undefined>>, port = nextPort++) {
  const served = await serveSite({ folder, port, base: "/", isolate: false, ...(answers && { answers }) });
  servers.push(served.server);
  return (path: string) => fetch(`http://127.0.0.1:${served.port}${path}`);
}

describe("the site's server", () => {
  it("serves a part of the Debian that comes while it serves", async () => {
    const get = await serve();
    expect((await get("/machine/linux/manifest.json")).status).toBe(404);
    mkdirSync(join(folder, "machine/linux"), { recursive: true });
    writeFileSync(join(folder, "machine/linux/manifest.json"), "{}");
    expect(await (await get("/machine/linux/manifest.json")).text()).toBe("{}");
    writeFileSync(join(folder, "machine/linux/manifest.json"), '{"situations":{}}');
    expect(await (await get("/machine/linux/manifest.json")).json()).toEqual({ situations: {} });
  });

  it("tells how far a preparation is, and knows no such page without one", async () => {
    let fraction: number | undefined;
    const get = await serve({
      "/machine/linux/preparation.json": () => (fraction === undefined ? undefined : { fraction }),
    });
    expect((await get("/machine/linux/preparation.json")).status).toBe(404);
    fraction = 0.5;
    expect(await (await get("/machine/linux/preparation.json")).json()).toEqual({ fraction: 0.5 });
  });

  it("takes the next port where one is in use", async () => {
    await serve(undefined, 34_311);
    const { port, server } = await serveSite({ folder, port: 34_311, base: "/", isolate: false });
    servers.push(server);
    expect(port).toBeGreaterThan(34_311);
  });

  it("says what is missing where no site was built", async () => {
    rmSync(join(folder, "index.html"));
    await expect(serve()).rejects.toThrow("Build it with: npm run build");
  });
});
