import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

/** Documents about the code: a newcomer follows what they name. */
const documents = tracked().filter((path) => path.endsWith(".md") && !/^(content|e2e\/cases)\//.test(path));

/**
 * Names with a slash and an ending, or a folder: `src/load/`, `page/python-machine.ts`. Patterns and made-up names are
 * none.
 */
const named = /`([\w@.-]+(?:\/[\w.[\]-]+)+\/?|[\w.-]+\/)`/g;
const linked = /\]\((?!\w+:|#)([^)#]+)(?:#[^)]*)?\)/g;

/** What is not in the repository: made by a build, or a reader's own. */
const elsewhere =
  /NN-name|^\.\.\/\.\.\/concepts\/|^machine\/(frame|browser)\.html$|^(dist|build|node_modules|\.cache|instructors|privacy|hosting|embed|handouts|check|og|lessons)\//;

function tracked(): string[] {
  return execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
    .split("\n")
    .filter((path) => path !== "" && existsSync(path));
}

/** Whether a document's name for a file or folder leads to one: from the root, or from where the document lies. */
function exists(name: string, document: string): boolean {
  return existsSync(name) || existsSync(join(dirname(document), name));
}

describe("the documents about the code", () => {
  test.each(documents)("%s names files that are there", (document) => {
    const text = readFileSync(document, "utf8").replaceAll(/```[\s\S]*?```/g, "");
    const names = [...text.matchAll(named)].map(([, name = ""]) => name);
    const paths = names.filter((name) => !elsewhere.test(name) && !name.includes("<") && isPath(name));
    const links = [...text.matchAll(linked)].map(([, link = ""]) => link);
    expect([...paths, ...links].filter((name) => !exists(name, document))).toEqual([]);
  });

  test("name every module of the POSIX layer, in the order in which they are installed", () => {
    const folder = "src/machine/python/posix";
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    const rows = [...readme.matchAll(/^\| (?:\d+ \| )?((?:`\w+\.py`(?:, )?)+) \|/gm)];
    const listed = rows.flatMap(([, names = ""]) => [...names.matchAll(/\w+(?=\.py)/g)].map(([name]) => name));
    const files = readdirSync(folder).flatMap((name) => /^(\w+)\.py$/.exec(name)?.[1] ?? []);
    expect(new Set(listed)).toEqual(new Set(files));
    const install = readFileSync(join(folder, "__init__.py"), "utf8").split("def install")[1] ?? "";
    const installed = [...install.matchAll(/"(?:posix_layer\.)?(\w+)"/g)].map(([, name = ""]) => name);
    const order = (names: readonly string[]) => [...new Set(names.filter((name) => installed.includes(name)))];
    expect(order(listed)).toEqual(order(installed.filter((name) => files.includes(name))));
  });

  test("say in the changelog what the version brings", () => {
    const { version }: { version: string } = JSON.parse(readFileSync("package.json", "utf8"));
    const [newest] = [...readFileSync("CHANGELOG.md", "utf8").matchAll(/^## \[(\d[^\]]*)\]/gm)].map(([, name]) => name);
    expect(newest).toBe(version);
  });

  test("are the only ones that code refers to", () => {
    const code = tracked().filter(
      (path) => /\.(ts|tsx|astro|mjs|py|c|css|sh)$/.test(path) && !path.startsWith("content/"),
    );
    const lost = code.flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/(?<![\w/.:"-])((?:[\w-]+\/)*[A-Za-z][\w-]*\.md)\b/g)]
        .map(([, name = ""]) => name)
        .filter((name) => !exists(name, path) && !path.endsWith(".test.ts"))
        .map((name) => `${path}: ${name}`),
    );
    expect(lost).toEqual([]);
  });
});

/** Top folders of the repository, and names that begin like a neighbour's. */
function isPath(name: string): boolean {
  const [first = ""] = name.split("/");
  return existsSync(first) || /\.(ts|tsx|py|mjs|yaml|json|sh)$/.test(name);
}
