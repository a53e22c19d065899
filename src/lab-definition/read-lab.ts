/** Reads a lab's folder at build time. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseDocument } from "yaml";
import { versionOf } from "./app-version.ts";
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

  const { files: paths, node, controls } = parsed.data;
  const files = readFiles(folder, paths, `${file}: files`);
  if (controls.includes("deploy") && versionOf(files) === undefined) {
    throw new LabFolderError(
      `${file}: controls: deploy raises the version of the app, and no file has one. Write in one of them e.g.: VERSION = 1`,
    );
  }
  return {
    name: basename(folder),
    definition: parsed.data,
    files,
    nodeFiles: node ? readFiles(join(folder, "node"), node.files, `${file}: node.files`) : [],
  };
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
