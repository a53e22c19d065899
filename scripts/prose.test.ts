import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { proseOf, proseProblems, proseRules } from "./prose-rules.ts";

/** The texts that a file of the interface's words holds: not its names. */
function literalsOf(path: string): string {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    if (ts.isStringLiteral(node) && !ts.isImportDeclaration(node.parent) && !isName) texts.push(node.text);
    if (ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("X"));
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true), visit);
  return proseOf(texts.join("\n"));
}

const pages = [...globSync(["content/**/*.mdx", "content/labs/*/lab.yaml"]), "README.md", "SECURITY.md"];
const strings = globSync("src/strings/en/*.ts");

describe("prose", () => {
  it.each(pages)("of %s keeps the style guide's words", (path) => {
    expect(proseProblems(proseOf(readFileSync(path, "utf8")))).toEqual([]);
  });

  it.each(strings)("of %s keeps the style guide's words", (path) => {
    expect(proseProblems(literalsOf(path))).toEqual([]);
  });
});

describe("proseProblems", () => {
  it("finds what each rule is about, and leaves code alone", () => {
    expect(proseProblems("It has a time-out of 34 890 ms. nginx waits for ever.")).toEqual([
      "“time-out”: write timeout",
      "“for ever”: write forever",
      "“34 890”: write a comma for thousands: 1,200",
      "“. nginx w”: write Nginx, Gunicorn … at the beginning of a sentence",
    ]);
    expect(proseProblems(proseOf("Set `time-out`.\n```sh\nnginx mend\n```\n"))).toEqual([]);
  });

  it("can be asked again: its patterns have no memory", () => {
    for (const { pattern } of proseRules) expect(pattern.flags).toContain("g");
  });
});
