/**
 * Holds what pages claim and what tests run together: a claim about behaviour that no test runs, or that names no
 * source, fails the build.
 */
import ts from "typescript";
import { elementsNamed } from "../../mdx/page-elements.ts";
import type { ContentFile } from "./content-file.ts";

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
export function problemsOfClaims(pages: readonly ContentFile[], specs: readonly ContentFile[]): readonly string[] {
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
function claimsIn({ path, source }: ContentFile, problems: string[]): readonly Mention[] {
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
function runsIn({ path, source }: ContentFile, problems: string[]): readonly Mention[] {
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
