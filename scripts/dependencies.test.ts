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
        hasInstallScript: z.boolean().optional(),
        os: z.union([z.string(), z.array(z.string())]).optional(),
        cpu: z.union([z.string(), z.array(z.string())]).optional(),
        bin: z.record(z.string(), z.string()).optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync("package-lock.json", "utf8")));

// [threat: dependency]
it("every npm package has a hash that npm compares, and no address that leads past the registry", () => {
  const packages = Object.entries(lockfile.packages).filter(([path]) => path !== "");
  expect(packages.length).toBeGreaterThan(100);
  for (const [path, { integrity, resolved, link, inBundle }] of packages) {
    expect(link, path).toBeUndefined();
    // What a package brings within itself is covered by that one's hash.
    if (!inBundle) expect(integrity, path).toMatch(/^sha512-/);
    expect(resolved ?? "https://registry.npmjs.org/", path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
  }
});

const manifest = z
  .object({
    devDependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

// [threat: dependency]
it("no package fetches anything past the lockfile: only those that package.json names have a script at their installation", () => {
  const withScript = Object.entries(lockfile.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  const names = withScript.map(([path]) => path.replace(/^.*node_modules\//, ""));
  expect(names.sort()).toEqual(Object.keys(manifest.allowScripts).sort());
  // Its script fetched the binary of Node, of which nobody knew the hash.
  expect(names).not.toContain("node");
});

// [threat: dependency]
it.each([
  ["linux", "x64"],
  ["linux", "arm64"],
  ["darwin", "x64"],
  ["darwin", "arm64"],
  ["win32", "x64"],
])("Node itself is a package with a hash on %s, %s, and the same version everywhere", (os, cpu) => {
  const found = Object.entries(lockfile.packages).filter(
    ([, each]) => each.bin?.["node"] !== undefined && [each.os].flat().includes(os) && [each.cpu].flat().includes(cpu),
  );
  expect(found).toHaveLength(1);
  const [path = "", { version, integrity } = {}] = found[0] ?? [];
  expect(integrity).toMatch(/^sha512-/);
  expect(manifest.optionalDependencies[path.replace("node_modules/", "")]).toBe(version);
  expect(new Set(Object.values(manifest.optionalDependencies))).toEqual(new Set([version]));
});

// [threat: dependency]
it("versions in package.json are exact", () => {
  const all = { ...manifest.devDependencies, ...manifest.optionalDependencies };
  for (const [name, version] of Object.entries(all)) expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
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
