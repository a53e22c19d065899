/** Figures that a text takes from `content/runs/` must be there: `<Recorded run="…" side="…" figure="…" />`. */
import { basename } from "node:path";
import { elementsNamed } from "../../mdx/page-elements.ts";
import { type RecordedRun, recordedFigures, recordedRunSchema } from "../../schemas/recorded-run.ts";
import type { ContentFile } from "./content-file.ts";

const sides = ["development", "production"] as const;

/**
 * What is wrong, a line each with the file to mend; nothing if all is well.
 *
 * @param pages MDX of `content/`
 * @param files JSON of `content/runs/`
 */
export function problemsOfRecordedFigures(
  pages: readonly ContentFile[],
  files: readonly ContentFile[],
): readonly string[] {
  const problems: string[] = [];
  const runs = new Map<string, RecordedRun>();
  for (const { path, source } of files) {
    const run = recordedRunSchema.safeParse(JSON.parse(source));
    if (run.success) runs.set(basename(path, ".json"), run.data);
    else {
      for (const { path: field, message } of run.error.issues) {
        problems.push(`${path}: ${field.join(".")}: ${message}. Record it again: npm run record`);
      }
    }
  }
  for (const { path, source } of pages) {
    for (const { attributes, line } of elementsNamed("Recorded", source)) {
      const problem = problemOf(attributes, runs);
      if (problem !== undefined) problems.push(`${path}:${line}: <Recorded>: ${problem}`);
    }
  }
  return problems;
}

function problemOf(
  { run, side, figure }: Readonly<Record<string, string>>,
  runs: ReadonlyMap<string, RecordedRun>,
): string | undefined {
  const recorded = runs.get(run ?? "");
  if (recorded === undefined) {
    return `there is no content/runs/${run ?? ""}.json. There are: ${[...runs.keys()].join(", ") || "none"}.`;
  }
  const known = sides.find((each) => each === side);
  if (known === undefined) return `there is no side ${side ?? ""}. Write e.g.: side="production"`;
  const name = recordedFigures.find((each) => each === figure);
  if (name === undefined) return `there is no figure ${figure ?? ""}. There are: ${recordedFigures.join(", ")}.`;
  if (recorded.sides[known][name] === undefined) {
    return `the run ${run} has no figure ${name} of the ${known} side: too few requests carry it.`;
  }
  return undefined;
}
