import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { rooms } from "../rooms.mjs";

/** What an Astro file imports, in its frontmatter and in its scripts, as paths from the root of the repository. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  const [, frontmatter = ""] = /^---\n(.*?)\n---$/ms.exec(text) ?? [];
  const scripts = [...text.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, script = ""]) => script);
  return [frontmatter, ...scripts]
    .flatMap((code) => ts.preProcessFile(code, true, true).importedFiles)
    .filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => posix.join(posix.dirname(file), fileName));
}

const floorOf = (file: string) => rooms.findIndex(({ path }) => new RegExp(path).test(file));

it("lets pages and components written in Astro import downwards only, as lint lets all other files", () => {
  const files = globSync("src/**/*.astro").sort();
  const imports = files.flatMap((file) => importsOf(file).map((imported) => ({ file, imported })));
  expect(imports.length).toBeGreaterThan(100);
  const up = imports
    .filter(({ imported }) => imported.startsWith("src/"))
    .filter(({ file, imported }) => floorOf(file) === -1 || floorOf(imported) < floorOf(file));
  expect(up.map(({ file, imported }) => `${file} → ${imported}`)).toEqual([]);
});

it("enters no room twice", () => {
  const names = rooms.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
