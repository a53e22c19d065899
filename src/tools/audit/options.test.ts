import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { flaskRunOptions, gunicornOptions, waitressOptions } from "./command/option-table.ts";
import { rules } from "./findings/rules.ts";

describe("the tables of options", () => {
  it.each([
    ["gunicorn", gunicornOptions],
    ["waitress", waitressOptions],
    ["flask", flaskRunOptions],
  ])("are those of the pinned %s. If not: npm run audit:options", (name, { version }) => {
    const pinned = new RegExp(`^${name}==(\\S+)`, "m").exec(readFileSync("python/requirements.txt", "utf8"))?.[1];
    expect(version).toBe(pinned);
  });
});

describe("the rules", () => {
  it("lead to pages that exist, and to sources by https", () => {
    for (const { see } of Object.values(rules)) {
      // Each place is named once.
      expect(new Set(see.map((each) => JSON.stringify(each))).size).toBe(see.length);
      for (const each of see) {
        if (each.kind === "source") expect(each.url).toMatch(/^https:\/\//);
        if (each.kind === "page")
          expect(() => readFileSync(`content/${each.path.replace(/\/(#.*)?$/, "")}.mdx`)).not.toThrow();
      }
    }
  });
});
