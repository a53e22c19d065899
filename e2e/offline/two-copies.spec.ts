// @project beside
/** Two copies of the site in two folders of one host: neither reads, replaces or removes what the other keeps. */
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join, resolve } from "node:path";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import sirv from "sirv";

test.use({ serviceWorkers: "allow" });

const folder = join("build", "two-copies");

test.describe("two copies on one host", () => {
  test.describe.configure({ mode: "serial" });
  let server: Server | undefined;
  let port = 0;
  let asked: string[] = [];
  /** Of this path the host sends something else. */
  let changed: string | undefined;
  let context: BrowserContext;

  const up = async () => {
    const files = sirv(folder, { dev: true, etag: true });
    const made = createServer((request, response) => {
      asked.push(request.url ?? "");
      if (request.url === changed) response.end("Something else");
      else files(request, response, () => void response.writeHead(404).end("Not found"));
    });
    await new Promise<void>((done) => made.listen(port, "127.0.0.1", done));
    const address = made.address();
    if (address === null || typeof address === "string") throw new Error("The host has no port.");
    port = address.port;
    server = made;
  };
  const down = async () => {
    server?.closeAllConnections();
    await new Promise((done) => (server === undefined ? done(undefined) : server.close(done)));
    server = undefined;
  };
  const at = (path: string) => `http://localhost:${port}${path}`;
  /** Opens a page of a copy, and waits until its worker keeps that copy. */
  const keep = async (page: Page, root: string) => {
    await page.goto(at(`${root}concepts/wsgi/`));
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    const scope = await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.scope);
    expect(scope).toBe(at(root));
  };

  test.beforeAll(async ({ browser }) => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, "a"), { recursive: true });
    for (const path of ["a/one", "two"]) symlinkSync(resolve("dist"), join(folder, path));
    await up();
    context = await browser.newContext({ serviceWorkers: "allow" });
  });
  test.afterAll(async () => {
    await context.close();
    await down();
  });

  // [threat: other-copy]
  test("progress, choices and changes are each copy's own; both open without their host", async () => {
    test.setTimeout(180_000);
    const page = await context.newPage();
    await keep(page, "/a/one/");
    await page.goto(at("/a/one/lessons/01-two-servers/"));
    await page.getByRole("button", { name: "Mark this lesson as done" }).click();
    await keep(page, "/two/");
    await page.goto(at("/two/lessons/01-two-servers/"));
    await expect(page.getByRole("button", { name: "Mark this lesson as done" })).toBeVisible();
    const names = await page.evaluate(async () => [...Object.keys(localStorage), ...(await caches.keys())]);
    const ours = names.filter((name) => name.startsWith("two-servers"));
    expect(ours).toEqual(expect.arrayContaining(["two-servers-site /a/one/", "two-servers-site /two/"]));
    expect(ours.filter((name) => !/ \/(?:a\/one|two)\/$/.test(name))).toEqual([]);
    await down();
    for (const root of ["/a/one/", "/two/"]) {
      await page.goto(at(`${root}concepts/worker/`));
      await expect(page.getByRole("heading", { level: 1, name: "Worker" })).toBeVisible();
    }
    await page.close();
    await up();
  });

  // [threat: other-copy]
  test("turned off and erased in one, the other keeps what it has", async () => {
    const page = await context.newPage();
    await page.goto(at("/two/lessons/01-two-servers/"));
    await page.getByRole("button", { name: "Mark this lesson as done" }).click();
    await page.goto(at("/a/one/progress/"));
    await page.getByRole("button", { name: "Erase everything" }).click();
    await page.getByRole("button", { name: "Erase it" }).click();
    await page.goto(at("/a/one/privacy/"));
    await page.getByRole("button", { name: "Turn off, and remove what is kept" }).click();
    await expect(page.getByText("Off: the site is not kept for offline use.")).toBeVisible();
    expect(await page.evaluate(() => caches.keys())).toEqual(["two-servers-site /two/", "two-servers-on-use /two/"]);
    await down();
    await page.goto(at("/two/lessons/01-two-servers/"));
    await expect(page.getByText("This lesson is done.")).toBeVisible();
    await page.close();
    await up();
  });

  test("what an older version kept for all copies is taken over once, file by file, and never another's", async () => {
    test.setTimeout(180_000);
    const page = await context.newPage();
    await page.goto(at("/two/concepts/wsgi/"));
    const big = await page.evaluate(async () => {
      // As the site before this one kept it, with one page that somebody else on this host has changed.
      const scoped = await caches.open("two-servers-site /two/");
      const old = await caches.open("two-servers-site");
      let large = "";
      for (const request of await scoped.keys()) {
        const found = await scoped.match(request);
        if (found === undefined) continue;
        if (/machine\/python\/.*wasm/.test(request.url)) large = new URL(request.url).pathname;
        const changed = new URL(request.url).pathname.endsWith("/concepts/worker/");
        await old.put(request, changed ? new Response("<title>Something else</title>") : found);
      }
      await old.put("/elsewhere/", new Response("not ours"));
      localStorage.setItem("two-servers: offline", "on");
      await (await navigator.serviceWorker.getRegistration())?.unregister();
      await caches.delete("two-servers-site /two/");
      return large;
    });
    expect(big).toMatch(/^\/two\/machine\/python\//);
    await page.goto("about:blank");
    asked = [];
    await keep(page, "/two/");
    await page.goto(at("/two/concepts/worker/"));
    await expect(page.getByRole("heading", { level: 1, name: "Worker" })).toBeVisible();
    expect(asked).not.toContain(big);
    expect(asked.some((url) => url.startsWith("/two/concepts/worker/"))).toBe(true);
    const left = await page.evaluate(async () =>
      (await (await caches.open("two-servers-site")).keys()).map((r) => r.url),
    );
    expect(left).toEqual([at("/elsewhere/")]);
    expect(await page.evaluate(() => localStorage.getItem("two-servers: offline"))).toBeNull();
    await page.close();
  });

  // [threat: host-update]
  test("what the browser has lost of a version comes from the host only as it was", async () => {
    const page = await context.newPage();
    await page.goto(at("/two/concepts/wsgi/"));
    changed = "/two/machine/frame.html";
    const ask = (path: string) =>
      page.evaluate(async (path) => {
        const cache = await caches.open("two-servers-site /two/");
        for (const { url } of await cache.keys()) if (new URL(url).pathname === path) await cache.delete(url);
        return fetch(path).then(
          ({ status }) => status,
          () => "refused",
        );
      }, path);
    expect(await ask("/two/machine/frame.html")).toBe("refused");
    expect(await ask("/two/machine/python/manifest.json")).toBe(200);
    changed = undefined;
    expect(await ask("/two/machine/frame.html")).toBe(200);
    await page.close();
  });
});
