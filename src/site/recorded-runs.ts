/** The runs of `content/runs/`, by the names of their files. */
import { type RecordedRun, recordedRunSchema } from "../schemas/recorded-run.ts";

const files = import.meta.glob<unknown>("/content/runs/*.json", { eager: true, import: "default" });

const runs = new Map(
  Object.entries(files).map(([path, run]) => [
    path.replace(/^.*\/(.*)\.json$/, "$1"),
    recordedRunSchema.parse(run, { error: () => `${path} is not a recorded run` }),
  ]),
);

/**
 * A recorded run.
 *
 * @param name of its file, without the ending
 * @throws Error if there is none
 */
export function recordedRun(name: string): RecordedRun {
  const run = runs.get(name);
  if (run === undefined) throw new Error(`There is no content/runs/${name}.json.`);
  return run;
}

/** All runs of a lab that were recorded, by the names of their files. */
export function recordedRunsOf(lab: string): readonly RecordedRun[] {
  return [...runs.values()].filter((run) => run.lab === lab);
}

/** All runs that a lab can show again. */
export function playableRuns(): readonly RecordedRun[] {
  return [...runs.values()].filter(({ course }) => course !== undefined);
}
