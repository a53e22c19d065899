import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const document = readFileSync("SECURITY.md", "utf8");
/** Rows of the table: a threat, and the files that its last column names. */
const rows = new Map(
  [...document.matchAll(/^\| `([a-z-]+)` \|.*\| ([^|]*) \|$/gm)].map(([, id = "", tests = ""]) => [id, testsIn(tests)]),
);
const threats = [...document.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id = ""]) => id);

/** The list under a heading, one entry each. */
const promises = (document.split("## What is promised\n")[1]?.split("\n## ")[0] ?? "").split(/^- /m).slice(1);

/** Files of tests that a text names. */
function testsIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+\.(?:spec|test)\.tsx?)`/g)].map(([, path = ""]) => path);
}

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

it.each(threats)("the table names the tests of %s, and no others", (id) => {
  expect([...(rows.get(id) ?? [])].sort()).toEqual([...new Set(named.get(id))].sort());
});

it("each promise names a test that is there", () => {
  expect(promises.length).toBeGreaterThan(5);
  for (const promise of promises) {
    const tests = testsIn(promise);
    expect(tests, promise).not.toEqual([]);
    for (const path of tests) expect(existsSync(path), path).toBe(true);
  }
});

it("tests name threats of the list", () => {
  expect([...named.keys()].filter((id) => !threats.includes(id))).toEqual([]);
});
