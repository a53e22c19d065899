import { describe, expect, it } from "vitest";
import { withImports } from "./lesson-components.ts";

const page = '---\ntitle: A\n---\n\nText.\n\n<Lab name="x" />\n';

describe("withImports", () => {
  it("imports the components that a page uses, after its frontmatter", () => {
    expect(withImports(page, ["Lab", "Predict"], "/c")).toBe(
      '---\ntitle: A\n---\n\nimport Lab from "/c/Lab.astro";\n\n\nText.\n\n<Lab name="x" />\n',
    );
  });

  it("is not misled by a longer name", () => {
    expect(withImports("<Labs />", ["Lab"], "/c")).toBe("<Labs />");
  });

  it("leaves a page alone that uses none", () => {
    expect(withImports("Text about a Lab.", ["Lab"], "/c")).toBe("Text about a Lab.");
  });
});
