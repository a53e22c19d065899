import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";

/** What Astro calls a page's own functions, and what stands in for another under its very name. */
const sharedOnPurpose = new Set(["GET", "getStaticPaths", "onRequest", "open", "test"]);

/** Names that a file exports where it declares them. What it only hands on is the other file's. */
function exportedBy(path: string): readonly string[] {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
    }
    const named =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement);
    return named && statement.name !== undefined ? [statement.name.text] : [];
  });
}

test("an exported name means one thing", () => {
  const files = globSync("{src,testing,scripts,e2e,bench}/**/*.{ts,tsx}", {
    exclude: (path) => /\.test\.tsx?$|\/cases\//.test(path),
    // Every language has the same names for its words.
  }).filter((path) => !/\/strings\/(?!en\/)[a-z]{2}\//.test(path));
  expect(files.length).toBeGreaterThan(300);
  const places = new Map<string, Set<string>>();
  for (const path of files) {
    for (const name of exportedBy(path)) places.set(name, (places.get(name) ?? new Set()).add(path));
  }
  const twice = [...places].filter(([name, paths]) => paths.size > 1 && !sharedOnPurpose.has(name));
  expect(twice.map(([name, paths]) => `${name}: ${[...paths].join(", ")}`)).toEqual([]);
}, 60_000);
