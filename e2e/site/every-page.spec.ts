// @project beside
/** Every page of the built site: a strict policy, which it does not violate, and no request to anywhere else. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { expect, test } from "../../testing/browser/site.ts";

const files = readdirSync("dist", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
  .map((entry) => relative("dist", join(entry.parentPath, entry.name)).split(sep).join("/"))
  .sort();

/** Documents that machines and their pages live in; their policies allow code, and nothing that code could reach. */
const frames = ["machine/browser.html", "machine/frame.html"];

/** A policy's sources, by the names of its directives. */
type Policy = Readonly<Record<string, readonly string[]>>;

/** The policies that stand in a file: its own, and those of documents that it makes. */
function policiesOf(file: string): readonly Policy[] {
  const html = readFileSync(join("dist", file), "utf8");
  return [...html.matchAll(/<meta\s+http-equiv="content-security-policy"\s+content="([^"]*)"/gi)].map(
    ([, content = ""]) => {
      const parts = content.split(";").map((each) => each.trim().split(/\s+/));
      return Object.fromEntries(parts.map(([name = "", ...sources]) => [name, sources]));
    },
  );
}

/** The policy of a page. */
function policyOf(file: string): Policy {
  return policiesOf(file)[0] ?? {};
}

// [threat: page-injection]
test("every page has a strict policy of its own, before anything that it could stop", () => {
  expect(files.length).toBeGreaterThan(50);
  for (const file of files.filter((each) => !frames.includes(each))) {
    const html = readFileSync(join("dist", file), "utf8");
    expect(html.indexOf("<meta http-equiv="), file).toBeLessThan(html.search(/<(?:script|link|style)\b/));
    const { "script-src": scripts = [], ...policy } = policyOf(file);
    expect(policy["default-src"], file).toEqual(["'self'"]);
    expect(policy["object-src"], file).toEqual(["'none'"]);
    expect(policy["base-uri"], file).toEqual(["'none'"]);
    expect(policy["form-action"], file).toEqual(["'none'"]);
    expect(policy["require-trusted-types-for"], file).toEqual(["'script'"]);
    expect(policy["trusted-types"], file).toEqual(["default", "inert-page"]);
    // The rules for texts and addresses come before every script that could make some.
    const [, second] = html.match(/<script\b[\s\S]*?<\/script>/g) ?? [];
    if (second !== undefined) expect(second, file).toContain('createPolicy("default"');
    for (const source of scripts) expect(source, file).toMatch(/^'(?:self|wasm-unsafe-eval|sha256-[\w+/]+=*)'$/);
    // StackBlitz's origins are for pages that offer the Node machine.
    for (const source of [...(policy["connect-src"] ?? []), ...(policy["frame-src"] ?? [])]) {
      expect(source, file).toMatch(/^(?:'self'|https:\/\/stackblitz\.com|https:\/\/\*\.webcontainer\.io)$/);
    }
    // Neither attributes that run code, nor addresses that do.
    expect(html.replaceAll(/<script\b[\s\S]*?<\/script>/g, ""), file).not.toMatch(/<[^>]*\son\w+="|href="javascript:/);
  }
});

test("every page says in its foot which version of the course it is", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  const moved = files.filter((file) => readFileSync(join("dist", file), "utf8").includes("This lesson has moved"));
  expect(moved.length).toBeGreaterThan(20);
  const pages = files.filter((file) => !file.startsWith("machine/") && !moved.includes(file));
  expect(pages.length).toBeGreaterThan(100);
  const without = pages.filter((file) => {
    const [, said] = readFileSync(join("dist", file), "utf8").split(`${version}, 20`);
    return said === undefined || !/^\d\d-\d\d-\d\d/.test(said);
  });
  expect(without).toEqual([]);
});

/** What a document of the site does in a frame: all that is not named here falls back on the scripts' directive. */
const directives = ["connect", "font", "frame", "img", "manifest", "media", "object", "style", "worker"];

test("the frames of machines reach nothing", () => {
  for (const file of frames) {
    const [around = {}, within = {}] = policiesOf(file);
    // The document around a machine is without a directive for scripts until its frame is there, which has a policy of
    // its own.
    const lone = around["default-src"] !== undefined;
    if (!lone) for (const name of directives) expect(around[`${name}-src`], `${file} ${name}`).toBeDefined();
    expect((lone ? around : within)["default-src"], file).toEqual(["'none'"]);
    for (const [name, sources] of (lone ? [around] : [around, within]).flatMap((policy) => Object.entries(policy))) {
      for (const source of sources) {
        expect(source, `${file} ${name}`).toMatch(
          /^(?:'none'|'unsafe-inline'|'unsafe-eval'|'wasm-unsafe-eval'|blob:|data:)$/,
        );
      }
    }
  }
});

// [threat: tracking]
test("every page opens without a violation of its policy, and asks nothing of another origin", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const site = new URL(baseURL ?? "").origin;
  const elsewhere: string[] = [];
  page.context().on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${site}/`) && !/^(?:data|blob):/.test(url)) elsewhere.push(`${page.url()}: ${url}`);
  });
  for (const file of files.filter((each) => !frames.includes(each))) {
    await page.goto(`./${file.replace(/index\.html$/, "")}`, { waitUntil: "load" });
  }
  // The last page's scripts may still be at work.
  await page.waitForLoadState("networkidle");
  expect(elsewhere).toEqual([]);
});
