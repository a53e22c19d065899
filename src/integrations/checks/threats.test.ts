import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const threats = [...readFileSync("SECURITY.md", "utf8").matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id = ""]) => id);

/** Threats that tests name, with the files of those tests. A mark stands above a test. */
const named = new Map<string, string[]>();
for (const folder of ["e2e", "src", "scripts"]) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:spec|test)\.tsx?$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    for (const [marks] of readFileSync(path, "utf8").matchAll(/^(?: *\/\/.*\n)+ *(?:test|it)\(/gm)) {
      for (const [, id = ""] of marks.matchAll(/\[threat: ([a-z-]+)\]/g))
        named.set(id, [...(named.get(id) ?? []), path]);
    }
  }
}

it("lists threats once each", () => {
  expect(threats.length).toBeGreaterThan(5);
  expect(new Set(threats).size).toBe(threats.length);
});

it.each(threats)("a test shows that %s is stopped", (id) => expect(named.get(id) ?? []).not.toEqual([]));

it("tests name threats of the list", () => {
  expect([...named.keys()].filter((id) => !threats.includes(id))).toEqual([]);
});
