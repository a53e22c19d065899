/** What readers are told of the machine's versions is what the lock holds. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { siteStrings } from "../../src/strings/en/site.ts";
import { siteStrings as spanish } from "../../src/strings/es/site.ts";
import { readLock } from "./package-lock.ts";
import { recipe } from "./recipe.ts";
import { pythonName } from "./root-tree.ts";

const locked = new Map(readLock().map(({ name, version }) => [name, version]));

/** As many numbers of a package's version as words give. */
function versionOf(name: string, numbers: number): string {
  const all = /^(?:\d+:)?([\d.]+)/.exec(locked.get(name) ?? "")?.[1] ?? "";
  return all.split(".").slice(0, numbers).join(".");
}

const debian = `Debian ${versionOf("base-files", 1)}`;

it.each([siteStrings.truth.linuxAge, spanish.truth.linuxAge])("on the page about what is real: %s", (told) => {
  expect(told).toContain(debian);
  expect(told).toContain(`nginx ${versionOf("nginx", 2)}`);
  expect(told).toContain(`uWSGI ${versionOf("uwsgi-core", 3)}`);
  expect(told).toContain(`systemd ${versionOf("systemd", 1)}`);
  expect(told).toContain(`Python ${versionOf(pythonName, 2)}`);
  expect(told).toContain(`Linux ${recipe.archives.kernel.version.split(".").slice(0, 2).join(".")}`);
});

it.each([
  ["lessons/12-nginx-in-front.mdx", `nginx ${versionOf("nginx", 2)}`],
  ["lessons/13-something-must-watch.mdx", debian],
  ["lessons/14-uwsgi.mdx", `uWSGI (${versionOf("uwsgi-core", 3)}`],
  ["lessons/17-a-broken-production.mdx", debian],
  ["instructors/index.mdx", debian],
])("in %s: %s", (file, told) => {
  const text = readFileSync(`content/${file}`, "utf8").replaceAll("\n", " ");
  expect(text).toContain(told);
  expect(text.match(/Debian \d+/g)?.every((each) => each === debian)).toBe(true);
});
