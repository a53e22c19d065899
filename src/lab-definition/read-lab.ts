/** Reads a lab's folder at build time. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseDocument } from "yaml";
import type { z } from "zod";
import { versionOf } from "./app-version.ts";
import { type ExerciseDefinition, sideName } from "./exercise-schema.ts";
import { explainProblems } from "./explain.ts";
import { withGeneralPlans } from "./general-plans.ts";
import { besideOf } from "./programs.ts";
import type { RepairDefinition } from "./repair-schema.ts";
import { type LabDefinition, type LabFile, labSchema } from "./schema.ts";
import { withTranslatedWords } from "./translated-words.ts";

/** Programs that labs on the Node machine share, below the site's sources. */
export const sharedOnNode = "content/node";

/** A lab's folder that cannot be used. The message has a line for each thing that is wrong. */
export class LabFolderError extends Error {
  override readonly name = "LabFolderError";
}

/** A lab as it stands in its folder. */
export interface LabFolder {
  /** The folder's name. */
  readonly name: string;
  readonly definition: LabDefinition;
  readonly files: readonly LabFile[];
  /** Files of the Node machine. Empty if the lab is not offered on it. */
  readonly nodeFiles: readonly LabFile[];
  readonly exercises: readonly Exercise[];
  /** What is broken in it. Absent if nothing is on purpose. */
  readonly repair?: BrokenLab;
}

/** What readers report of a broken lab, with the texts of the files that differ once it is repaired. */
export interface BrokenLab {
  readonly definition: RepairDefinition;
  readonly solution: readonly LabFile[];
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
 * @param translation a file with its words in another language, if it has some
 * @throws LabFolderError
 */
export function readLab(folder: string, root = process.cwd(), translation?: string): LabFolder {
  const file = relative(root, join(folder, "lab.yaml"));
  if (!existsSync(join(folder, "lab.yaml"))) throw new LabFolderError(`${file} does not exist.`);

  const written = withGeneralPlans(readYaml(join(folder, "lab.yaml"), file));
  const input = translation === undefined ? written : translated(written, translation, root);
  const parsed = labSchema.safeParse(input);
  if (!parsed.success) {
    throw new LabFolderError(explainProblems(file, labSchema, input, parsed.error.issues).join("\n"));
  }

  const { exercises, repair, ...definition } = parsed.data;
  const { files: paths, node, controls } = definition;
  checkSituation(definition, file, root);
  checkBeside(definition, { exercises, repair }, file);
  if (definition.prepare !== undefined && node !== undefined) {
    throw new LabFolderError(
      `${file}: what a lab prepares (${definition.prepare[0]}) is for its own machine, and Node has other programs. Leave out: node`,
    );
  }
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
    nodeFiles: node ? readFiles(join(folder, "node"), node.files, `${file}: node.files`, join(root, sharedOnNode)) : [],
    exercises: exercises.map((exercise, index) =>
      readExercise(folder, exercise, definition, `${file}: exercises[${index}]`),
    ),
    ...(repair && { repair: readRepair(folder, repair, definition, `${file}: repair`) }),
  };
}

function readYaml(path: string, file: string): unknown {
  const yaml = parseDocument(readFileSync(path, "utf8"));
  if (yaml.errors.length > 0)
    throw new LabFolderError(yaml.errors.map(({ message }) => `${file}: ${message}`).join("\n"));
  return yaml.toJS();
}

function translated(written: unknown, translation: string, root: string): unknown {
  const file = relative(root, translation);
  const { value, problems } = withTranslatedWords(written, readYaml(translation, file));
  if (problems.length > 0) throw new LabFolderError(problems.map((problem) => `${file}: ${problem}`).join("\n"));
  return value;
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

/** The Node machine has one command line a side; and who names a program beside a server must have given the side one. */
function checkBeside(
  { sides, node }: LabDefinition,
  { exercises, repair }: Pick<z.infer<typeof labSchema>, "exercises" | "repair">,
  file: string,
): void {
  const one = sides.development.beside ?? sides.production.beside;
  if (one !== undefined && node !== undefined)
    throw new LabFolderError(
      `${file}: a lab with a program beside a server (${one.title}) has no variant for Node. Leave out: node`,
    );
  const named = [
    ...exercises.flatMap(({ start, solution, checks }) => [
      ...Object.keys({ ...start.commands, ...solution.commands }),
      ...checks.flatMap(({ command }) => (command?.beside === true ? [besideOf[command.side]] : [])),
    ]),
    ...Object.keys(repair?.solution.commands ?? {}),
  ];
  for (const side of sideName.options)
    if (named.includes(besideOf[side]) && sides[side].beside === undefined)
      throw new LabFolderError(
        `${file}: an exercise names ${besideOf[side]}, and no program stands beside that server. Write in sides.${side} e.g.: beside: { command: huey_consumer tasks.huey }`,
      );
}

/** @param field how messages name the exercise */
function readExercise(folder: string, definition: ExerciseDefinition, lab: LabDefinition, field: string): Exercise {
  const named = [
    ...definition.start.files,
    ...definition.solution.files,
    ...definition.checks.flatMap(({ file }) => file?.path ?? []),
  ];
  checkFiles(named, lab, field);
  checkPlans(
    definition.checks.flatMap(({ run }) => run?.plan ?? []),
    lab,
    field,
  );
  const read = (stand: "start" | "solution") =>
    readFiles(join(folder, "exercises", definition.name, stand), definition[stand].files, `${field}.${stand}.files`);
  return { definition, start: read("start"), solution: read("solution") };
}

/** @param field how messages name the symptoms and their solution */
function readRepair(folder: string, definition: RepairDefinition, lab: LabDefinition, field: string): BrokenLab {
  const { files } = definition.solution;
  checkFiles(files, lab, field);
  checkPlans([definition.plan], lab, field);
  return { definition, solution: readFiles(join(folder, "repair/solution"), files, `${field}.solution.files`) };
}

/** @param field how messages name who names these files */
function checkFiles(named: readonly string[], lab: LabDefinition, field: string): void {
  const unknown = named.find((path) => !lab.files.includes(path));
  if (unknown === undefined) return;
  throw new LabFolderError(`${field}: ${unknown} is no file of the lab. It has: files: [${lab.files.join(", ")}]`);
}

/** @param field how messages name who names these plans */
function checkPlans(named: readonly string[], lab: LabDefinition, field: string): void {
  const plans = lab.plans.map(({ name }) => name);
  const unknown = named.find((plan) => !plans.includes(plan));
  if (unknown === undefined) return;
  throw new LabFolderError(`${field}: the lab has no plan ${unknown}. It has: ${plans.join(", ")}`);
}

/**
 * @param field how messages name the list of these paths
 * @param shared a folder with those that the first one does not have
 */
function readFiles(folder: string, paths: readonly string[], field: string, shared = folder): readonly LabFile[] {
  const fileOf = (path: string) => [folder, shared].map((each) => join(each, path)).find(existsSync);
  const found = paths.map((path) => ({ path, file: fileOf(path) }));
  const missing = found.filter(({ file }) => file === undefined);
  if (missing.length > 0) {
    const there = existsSync(folder)
      ? readdirSync(folder)
          .sort()
          .filter((name) => /\.\w+$/.test(name) && name !== "lab.yaml")
      : [];
    throw new LabFolderError(
      missing
        .map(({ path }) => `${field}: ${path} is not in the folder. Write e.g.: files: [${there.join(", ")}]`)
        .join("\n"),
    );
  }
  return found.flatMap(({ path, file }) => (file === undefined ? [] : { path, text: readFileSync(file, "utf8") }));
}
