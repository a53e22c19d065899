/** Reads a lab's folder at build time. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseDocument } from "yaml";
import { versionOf } from "./app-version.ts";
import type { ExerciseDefinition } from "./exercise-schema.ts";
import { explainProblems } from "./explain.ts";
import { withGeneralPlans } from "./general-plans.ts";
import { type LabDefinition, type LabFile, labSchema } from "./schema.ts";

/** A lab's folder that cannot be used. The message has a line for each thing that is wrong. */
export class LabFolderError extends Error {
  override readonly name = "LabFolderError";
}

/** A lab as it stands in its folder. */
export interface Lab {
  /** The folder's name. */
  readonly name: string;
  readonly definition: LabDefinition;
  readonly files: readonly LabFile[];
  /** Files of the Node machine. Empty if the lab is not offered on it. */
  readonly nodeFiles: readonly LabFile[];
  readonly exercises: readonly Exercise[];
}

/** An exercise of a lab, with the texts of the files that differ from the lab's. */
export interface Exercise {
  readonly definition: ExerciseDefinition;
  readonly start: readonly LabFile[];
  readonly solution: readonly LabFile[];
}

/**
 * Reads `lab.yaml` and the files that it names.
 *
 * @param folder the lab's folder
 * @param root what paths in messages are relative to
 * @throws LabFolderError
 */
export function readLab(folder: string, root = process.cwd()): Lab {
  const file = relative(root, join(folder, "lab.yaml"));
  if (!existsSync(join(folder, "lab.yaml"))) throw new LabFolderError(`${file} does not exist.`);

  const yaml = parseDocument(readFileSync(join(folder, "lab.yaml"), "utf8"));
  if (yaml.errors.length > 0)
    throw new LabFolderError(yaml.errors.map(({ message }) => `${file}: ${message}`).join("\n"));

  const input = withGeneralPlans(yaml.toJS());
  const parsed = labSchema.safeParse(input);
  if (!parsed.success) {
    throw new LabFolderError(explainProblems(file, labSchema, input, parsed.error.issues).join("\n"));
  }

  const { exercises, ...definition } = parsed.data;
  const { files: paths, node, controls } = definition;
  checkSituation(definition, file, root);
  const files = readFiles(folder, paths, `${file}: files`);
  if (controls.includes("deploy") && versionOf(files) === undefined) {
    throw new LabFolderError(
      `${file}: controls: deploy raises the version of the app, and no file has one. Write in one of them e.g.: VERSION = 1`,
    );
  }
  return {
    name: basename(folder),
    definition,
    files,
    nodeFiles: node ? readFiles(join(folder, "node"), node.files, `${file}: node.files`) : [],
    exercises: exercises.map((exercise, index) =>
      readExercise(folder, exercise, definition, `${file}: exercises[${index}]`),
    ),
  };
}

function checkSituation({ machine, situation }: LabDefinition, file: string, root: string): void {
  if (situation === undefined) return;
  if (machine !== "linux")
    throw new LabFolderError(`${file}: situation is for the Linux machine. Write: machine: linux`);
  const there = readdirSync(join(root, "linux/situations")).map((name) => name.replace(/\.yaml$/, ""));
  if (!there.includes(situation))
    throw new LabFolderError(
      `${file}: situation: linux/situations/${situation}.yaml does not exist. There are: ${there.sort().join(", ")}`,
    );
}

/** @param field how messages name the exercise */
function readExercise(folder: string, definition: ExerciseDefinition, lab: LabDefinition, field: string): Exercise {
  const named = [
    ...definition.start.files,
    ...definition.solution.files,
    ...definition.checks.flatMap(({ file }) => file?.path ?? []),
  ];
  const unknown = named.find((path) => !lab.files.includes(path));
  if (unknown !== undefined) {
    throw new LabFolderError(`${field}: ${unknown} is no file of the lab. It has: files: [${lab.files.join(", ")}]`);
  }
  const plans = lab.plans.map(({ name }) => name);
  const noPlan = definition.checks.find(({ run }) => run !== undefined && !plans.includes(run.plan));
  if (noPlan !== undefined) {
    throw new LabFolderError(`${field}: the lab has no plan ${noPlan.run?.plan}. It has: ${plans.join(", ")}`);
  }
  const read = (stand: "start" | "solution") =>
    readFiles(join(folder, "exercises", definition.name, stand), definition[stand].files, `${field}.${stand}.files`);
  return { definition, start: read("start"), solution: read("solution") };
}

/** @param field how messages name the list of these paths */
function readFiles(folder: string, paths: readonly string[], field: string): readonly LabFile[] {
  const missing = paths.filter((path) => !existsSync(join(folder, path)));
  if (missing.length > 0) {
    const there = existsSync(folder)
      ? readdirSync(folder)
          .sort()
          .filter((name) => /\.\w+$/.test(name) && name !== "lab.yaml")
      : [];
    throw new LabFolderError(
      missing
        .map((path) => `${field}: ${path} is not in the folder. Write e.g.: files: [${there.join(", ")}]`)
        .join("\n"),
    );
  }
  return paths.map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}
