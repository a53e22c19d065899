import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

it("names in CITATION.cff the version and the licence of package.json", () => {
  const shape = z.object({ version: z.string(), license: z.string() });
  const cited = shape.parse(parse(readFileSync("CITATION.cff", "utf8")));
  expect(cited).toEqual(shape.parse(JSON.parse(readFileSync("package.json", "utf8"))));
});
