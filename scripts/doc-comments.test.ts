import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";

/** What Astro or a worker's script wants a file to export: what it is for is in Astro's documents. */
const wantedByOthers = new Set(["GET", "getStaticPaths", "collections", "default"]);

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText() ?? "";
  return ts.isDeclarationStatement(statement) ? (statement.name?.getText() ?? "default") : "";
}

/** Exported declarations without a doc comment, by their names. A file's own comment stands for its only export. */
function undocumented(path: string): readonly string[] {
  const text = readFileSync(path, "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const exported = file.statements.filter(isExported);
  if (exported.length === 1 && /^(?:#!.*\n|\/\/.*\n|\s)*\/\*\*/.test(text)) return [];
  return exported.flatMap((statement) => {
    const name = nameOf(statement);
    const documented = ts
      .getLeadingCommentRanges(text, statement.getFullStart())
      ?.some(({ pos }) => text.startsWith("/**", pos));
    return documented || wantedByOthers.has(name) ? [] : [`${path}: ${name}`];
  });
}

test("what is exported says what it is", () => {
  const files = globSync("src/**/*.{ts,tsx}", { exclude: (path) => /\.test\.tsx?$|\.d\.ts$/.test(path) });
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap(undocumented)).toEqual([]);
}, 60_000);
