/**
 * Holds what pages claim and what tests run together: a claim about behaviour that no test runs, or that names no source, fails
 * the build.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import ts from "typescript";
import { elementsNamed } from "./page-elements.ts";

/** A file that claims something or runs a claim. */
export interface ClaimFile {
  /** Path from the project's root, as messages name it. */
  readonly path: string;
  readonly source: string;
}

/** An id where it stands. */
interface Mention {
  readonly id: string;
  /** `path:line`. */
  readonly place: string;
}

/** An id as it must be written: lower case, with hyphens. */
const slug = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * What is wrong, a line each with the file and line to mend; nothing if all is well.
 *
 * @param pages MDX of `content/`
 * @param specs tests of `e2e/claims/`
 */
export function problemsOfClaims(pages: readonly ClaimFile[], specs: readonly ClaimFile[]): readonly string[] {
  const problems: string[] = [];
  const claims = pages.flatMap((page) => claimsIn(page, problems));
  const runs = specs.flatMap((spec) => runsIn(spec, problems));
  const [claimed, run] = [byId(claims), byId(runs)];
  for (const [, [first, ...more]] of claimed) {
    for (const { id, place } of more) problems.push(`${place}: the claim ${id} is made already at ${first?.place}.`);
  }
  for (const [, [first, ...more]] of run) {
    for (const { id, place } of more) problems.push(`${place}: the claim ${id} is run already at ${first?.place}.`);
  }
  for (const { id, place } of claims) {
    if (!run.has(id)) {
      problems.push(
        `${place}: no test runs the claim ${id}. Write in e2e/claims/: claim("${id}", async (lab) => { … });`,
      );
    }
  }
  for (const { id, place } of runs) {
    if (!claimed.has(id)) {
      problems.push(`${place}: no page makes the claim ${id}. Write in content/: <Claim id="${id}">…</Claim>`);
    }
  }
  return problems;
}

/** The claims of a page that a test must run. */
function claimsIn({ path, source }: ClaimFile, problems: string[]): readonly Mention[] {
  return elementsNamed("Claim", source).flatMap(({ attributes, line, blocks }) => {
    const place = `${path}:${line}`;
    if (blocks > 1) problems.push(`${place}: <Claim> goes around text of one paragraph, and here around ${blocks}.`);
    const { id, source: url } = attributes;
    if (id === undefined && url === undefined) {
      problems.push(`${place}: a claim needs an id or a source. Write e.g.: <Claim id="four-sync-workers">…</Claim>`);
    }
    if (url !== undefined && !/^https?:\/\/\S+$/.test(url)) {
      problems.push(`${place}: the source of a claim is an address. Write e.g.: <Claim source="https://…">…</Claim>`);
    }
    if (id === undefined) return [];
    if (slug.test(id)) return [{ id, place }];
    problems.push(`${place}: the id of a claim is written like four-sync-workers, not ${id}.`);
    return [];
  });
}

/** The claims that a test file runs: the first argument of each call of `claim`. */
function runsIn({ path, source }: ClaimFile, problems: string[]): readonly Mention[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  const runs: Mention[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "claim") {
      const [ids] = node.arguments;
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      const place = `${path}:${line + 1}`;
      const each = ids === undefined ? [] : ts.isArrayLiteralExpression(ids) ? [...ids.elements] : [ids];
      const written = each.filter((id) => ts.isStringLiteral(id));
      if (written.length === 0 || written.length < each.length) {
        problems.push(`${place}: ids are written out. Write e.g.: claim("four-sync-workers", async (lab) => { … });`);
      }
      runs.push(...written.map(({ text }) => ({ id: text, place })));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return runs;
}

function byId(mentions: readonly Mention[]): ReadonlyMap<string, readonly Mention[]> {
  return Map.groupBy(mentions, ({ id }) => id);
}

/**
 * The files below a folder, none if it is not there.
 *
 * @param ending what their names end with
 */
export function filesBelow(root: string, folder: string, ending: string): readonly ClaimFile[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({
      path: relative(root, join(path, name)).split(sep).join("/"),
      source: readFileSync(join(path, name), "utf8"),
    }));
}

/** Fails the build, and warns while a page is being written. */
export function claims(): AstroIntegration {
  let root = "";
  const problems = () =>
    problemsOfClaims(filesBelow(root, "content", ".mdx"), filesBelow(root, "e2e/claims", ".spec.ts"));
  return {
    name: "claims",
    hooks: {
      "astro:config:done": ({ config }) => {
        root = fileURLToPath(config.root);
      },
      "astro:server:start": ({ logger }) => {
        for (const problem of problems()) logger.warn(problem);
      },
      "astro:build:start": () => {
        const found = problems();
        if (found.length > 0) throw new Error(`Claims and their tests do not agree:\n${found.join("\n")}`);
      },
    },
  };
}
