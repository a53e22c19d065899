// @project beside
/**
 * The built site, in a folder below the root, on the web servers that hosts have, with the header files that it brings
 * for them. Where a server cannot be had, its test is skipped and says why.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer as createWebServer } from "node:http";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { expect, type TestInfo, test } from "@playwright/test";
import { findServer, type PackagedServer } from "../../scripts/web-servers.ts";
import {
  checked,
  framingHeader,
  immutable,
  openerHeader,
  protectingHeaders,
} from "../../src/integrations/output/hosting.ts";
import { isolationHeaders } from "../../src/service-worker/isolation.ts";

const folder = resolve("build/web-servers");
const site = join(folder, "root/some/course");
const base = "/some/course/";

/** A server that runs, and what it complained of. */
interface Running {
  readonly process: ChildProcess;
  readonly address: string;
}

test.beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(site), { recursive: true });
  symlinkSync(resolve("dist"), site);
});

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") fail(new Error("There is no free port."));
      else server.close(() => done(address.port));
    });
  });
}

/** Writes the server's configuration, starts it and waits until it answers. */
async function start(
  name: PackagedServer | "python3",
  configure: (port: number, root: string) => { readonly config: string; readonly argv: (file: string) => string[] },
  info: TestInfo,
): Promise<Running> {
  const found = name === "python3" ? { server: { command: name, env: process.env, root: "/" } } : findServer(name);
  if ("missing" in found) {
    info.annotations.push({ type: "not checked", description: found.missing });
    console.log(`Not checked: ${found.missing}`);
    test.skip(true, found.missing);
    throw new Error(found.missing);
  }
  const { command, env, root } = found.server;
  const port = await freePort();
  const file = join(folder, `${name}.conf`);
  const { config, argv } = configure(port, root);
  writeFileSync(file, config);
  const child = spawn(command, argv(file), {
    env: { ...env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += String(data)));
  const address = `http://localhost:${port}${base}`;
  await expect
    .poll(
      () =>
        ask(address).then(
          (answer) => answer.status,
          () => `no answer; it said: ${said}`,
        ),
      { timeout: 20_000 },
    )
    .toBe(200);
  return { process: child, address };
}

async function stop({ process: child }: Running): Promise<void> {
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await ended;
}

/**
 * An answer, read to its end: what is not read stops the reader, and Node's client fails when the connection ends then.
 */
async function ask(url: string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(url, init);
  await answer.arrayBuffer();
  return answer;
}

const header = async (url: string, name: string) => (await ask(url)).headers.get(name);

/** What every host must do. */
async function hasRedirectsAndTypes({ address }: Running): Promise<void> {
  const answer = await ask(`${address}concepts/wsgi`, { redirect: "manual" });
  expect(answer.status).toBeGreaterThanOrEqual(301);
  expect(answer.status).toBeLessThanOrEqual(308);
  expect(new URL(answer.headers.get("Location") ?? "", answer.url).pathname).toBe(`${base}concepts/wsgi/`);
  const [script = ""] = readdirSync(join(site, "_astro")).filter((name) => name.endsWith(".js"));
  const [style = ""] = readdirSync(join(site, "_astro")).filter((name) => name.endsWith(".css"));
  const types = {
    "concepts/wsgi/": /^text\/html/,
    [`_astro/${script}`]: /^(?:text|application)\/javascript/,
    [`_astro/${style}`]: /^text\/css/,
    "favicon.svg": /^image\/svg\+xml/,
    "machine/python/manifest.json": /^application\/json/,
    "service-worker.js": /^(?:text|application)\/javascript/,
  };
  for (const [path, type] of Object.entries(types)) {
    const file = await ask(`${address}${path}`);
    expect(file.status, path).toBe(200);
    expect(file.headers.get("Content-Type"), path).toMatch(type);
    expect(file.headers.get("Content-Encoding"), path).toBeNull();
  }
  expect((await ask(`${address}nothing-here/`)).status).toBe(404);
}

/** What the header files ask of a host. */
async function followsItsHeaderFile({ address }: Running): Promise<void> {
  const [script = ""] = readdirSync(join(site, "_astro")).filter((name) => name.endsWith(".js"));
  const parts = Object.values<{ file: string }>(
    JSON.parse(readFileSync(join(site, "machine/python/manifest.json"), "utf8")).parts,
  );
  for (const path of [`_astro/${script}`, `machine/python/${parts[0]?.file}`]) {
    expect(await header(`${address}${path}`, "Cache-Control"), path).toBe(immutable);
  }
  for (const path of [
    "",
    "concepts/wsgi/",
    "service-worker.js",
    "machine/python/manifest.json",
    "machine/frame.html",
  ]) {
    expect(await header(`${address}${path}`, "Cache-Control"), path).toBe(checked);
    // Checking is cheap: the host knows what it has sent.
    const sent = await ask(`${address}${path}`);
    const tag = sent.headers.get("ETag") ?? "";
    expect((await ask(`${address}${path}`, { headers: { "If-None-Match": tag } })).status, path).toBe(304);
  }
  for (const [name, value] of Object.entries(isolationHeaders)) {
    for (const path of ["embed/first-load/?machine=node", "lessons/01-two-servers/?a=1&machine=node", "check/node/"]) {
      expect(await header(`${address}${path}`, name), path).toBe(value);
    }
    // Other pages are isolated by nothing. Their opener is kept out of them by a weaker value of one of the two
    // headers.
    const elsewhere = name === openerHeader.name ? openerHeader.value : null;
    for (const path of ["embed/first-load/", "embed/first-load/?machine=python", "lessons/01-two-servers/", ""]) {
      expect(await header(`${address}${path}`, name), path).toBe(elsewhere);
    }
  }
  for (const path of ["", "lessons/01-two-servers/", "check/node/", "embed/first-load/", "machine/frame.html"]) {
    for (const [name, value] of Object.entries(protectingHeaders)) {
      expect(await header(`${address}${path}`, name), path).toBe(value);
    }
  }
  for (const path of ["", "lessons/01-two-servers/", "lessons/01-two-servers/?machine=node", "instructors/embed/"]) {
    expect(await header(`${address}${path}`, framingHeader.name), path).toBe(framingHeader.value);
  }
  for (const path of [
    "embed/first-load/",
    "embed/first-load/?plan=slow",
    "machine/frame.html",
    "machine/browser.html",
  ]) {
    expect(await header(`${address}${path}`, framingHeader.name), path).toBeNull();
  }
}

/** A page of another origin that frames two pages of the site. */
async function foreignPage(
  first: string,
  second: string,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const frame = (name: string, url: string) =>
    `<iframe name="${name}" src="${url}" title="${name}" width="1000" height="900"></iframe>`;
  const server = createWebServer((_, response) => {
    const frames = frame("first", first) + frame("second", second);
    response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>Other site</title>${frames}`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The other site has no port.");
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}

test("Python's http.server: redirects, types", async ({ page: _ }, info) => {
  const server = await start(
    "python3",
    (port) => ({
      config: "",
      argv: () => ["-m", "http.server", String(port), "--bind", "127.0.0.1", "--directory", join(folder, "root")],
    }),
    info,
  );
  await hasRedirectsAndTypes(server);
  await stop(server);
});

// [threat: framing]
test("nginx: redirects, types, cache rules, isolation, and a lab runs", async ({ page }, info) => {
  test.setTimeout(180_000);
  const server = await start(
    "nginx",
    (port, root) => ({
      config: `daemon off; pid ${folder}/nginx.pid; error_log stderr; worker_processes 1;
events {}
http {
  include ${join(root, "etc/nginx/mime.types")};
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(" ")}
  include ${site}/hosting/nginx-http.conf;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/root;
    location ${base} { include ${site}/hosting/nginx-location.conf; }
  }
}`,
      argv: (file) => ["-p", folder, "-e", "stderr", "-c", file],
    }),
    info,
  );
  await hasRedirectsAndTypes(server);
  await followsItsHeaderFile(server);
  await page.goto(`${server.address}embed/first-load/`);
  const lab = page.getByRole("region", { name: "Lab: The first load test" });
  await lab.getByRole("button", { name: "Start both servers" }).click();
  await expect(lab.getByText("Running on port 5000")).toBeVisible({ timeout: 120_000 });
  await expect(lab.getByText(/Running on port 8000 with 4 workers/)).toBeVisible({ timeout: 120_000 });
  // With these headers another site still frames a lab, which runs there, and no other page.
  const other = await foreignPage(
    `${server.address}embed/first-load/?show=everything`,
    `${server.address}lessons/01-two-servers/`,
  );
  await page.goto(other.url);
  const framed = page.frameLocator('iframe[name="first"]').getByRole("region", { name: "Lab: The first load test" });
  await framed
    .getByRole("region", { name: "Development server" })
    .getByRole("button", { name: /^Start/ })
    .click();
  await expect(framed.getByText("Running on port 5000")).toBeVisible({ timeout: 120_000 });
  const refused = page.frame({ name: "second" });
  expect(refused?.url()).toMatch(/^chrome-error:/);
  other.close();
  await page.goto("about:blank");
  await stop(server);
});

test("Apache: redirects, types, cache rules, isolation", async ({ page: _ }, info) => {
  const modules = ["mpm_event", "authz_core", "alias", "dir", "mime", "headers"];
  const server = await start(
    "apache2",
    (port, root) => ({
      config: `ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/apache2.pid
DefaultRuntimeDir ${folder}
Mutex pthread
ErrorLog ${folder}/apache2.log
${modules.map((name) => `LoadModule ${name}_module ${join(root, "usr/lib/apache2/modules")}/mod_${name}.so`).join("\n")}
${process.getuid?.() === 0 ? "User #65534\nGroup #65534" : ""}
TypesConfig /dev/null
DocumentRoot ${folder}/root
DirectoryIndex index.html
<Directory ${folder}/root>
  Options FollowSymLinks
  AllowOverride FileInfo
  Require all granted
</Directory>`,
      argv: (file) => ["-f", file, "-DFOREGROUND"],
    }),
    info,
  );
  await hasRedirectsAndTypes(server);
  await followsItsHeaderFile(server);
  await stop(server);
});

test("Caddy: redirects, types, cache rules, isolation", async ({ page: _ }, info) => {
  const server = await start(
    "caddy",
    (port) => ({
      config: `{
  admin off
  auto_https off
}
http://localhost:${port} {
  bind 127.0.0.1
  root * ${folder}/root
  import ${site}/hosting/Caddyfile
  file_server
}`,
      argv: (file) => ["run", "--config", file, "--adapter", "caddyfile"],
    }),
    info,
  );
  await hasRedirectsAndTypes(server);
  await followsItsHeaderFile(server);
  await stop(server);
});
