/** What the site is built from is named with its hash, and comes from a registry. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";

const lockfile = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        link: z.boolean().optional(),
        inBundle: z.boolean().optional(),
        optional: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync("package-lock.json", "utf8")));

// [threat: dependency]
it("every npm package has a hash that npm compares, and no address that leads past the registry", () => {
  const packages = Object.entries(lockfile.packages).filter(([path]) => path !== "");
  expect(packages.length).toBeGreaterThan(100);
  for (const [path, { integrity, resolved, link, inBundle, optional }] of packages) {
    expect(link, path).toBeUndefined();
    // What a package brings within itself is covered by that one's hash. Binaries for other systems than the one that the lockfile was
    // written on have none in it (SECURITY.md says so).
    if (!inBundle && !(optional && integrity === undefined)) expect(integrity, path).toMatch(/^sha512-/);
    expect(resolved ?? "https://registry.npmjs.org/", path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
  }
});

// [threat: dependency]
it("versions in package.json are exact", () => {
  const { devDependencies } = z
    .object({ devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync("package.json", "utf8")));
  for (const [name, version] of Object.entries(devDependencies))
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
});

// [threat: dependency]
it("every Python package has a hash that pip compares", () => {
  const text = readFileSync("python/requirements.txt", "utf8");
  const packages = text
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => /^\w/.test(line));
  expect(packages.length).toBeGreaterThan(5);
  for (const line of packages) expect(line).toMatch(/^[\w.-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}/);
});
