/**
 * Fails the build where a page says what nothing bears out, with the file and line to mend; warns while a page is being
 * written.
 */
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { languageOf } from "../../site/languages.ts";
import { problemsOfClaims } from "./claims.ts";
import { filesBelow } from "./content-file.ts";
import { problemsOfRecordedFigures } from "./recorded-figures.ts";

function problemsBelow(root: string): readonly string[] {
  const pages = filesBelow(root, "content", ".mdx");
  const original = pages.filter(({ path }) => languageOf(path.replace("content/", "")) === "en");
  return [
    // A translation makes the claims of its original: src/integrations/checks/translations.test.ts
    ...problemsOfClaims(original, filesBelow(root, "e2e/claims", ".spec.ts")),
    ...problemsOfRecordedFigures(pages, filesBelow(root, "content/runs", ".json")),
  ];
}

/** Checks claims and recorded figures. */
export function contentChecks(): AstroIntegration {
  let root = "";
  return {
    name: "content-checks",
    hooks: {
      "astro:config:done": ({ config }) => {
        root = fileURLToPath(config.root);
      },
      "astro:server:start": ({ logger }) => {
        for (const problem of problemsBelow(root)) logger.warn(problem);
      },
      "astro:build:start": () => {
        const problems = problemsBelow(root);
        if (problems.length > 0) throw new Error(`Pages say what nothing bears out:\n${problems.join("\n")}`);
      },
    },
  };
}
