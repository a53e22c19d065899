/** A project that is open in the page: what it is, and the lab that is made of it. */
import type { LabAsset, LabDefinition, LabFile } from "../../lab-definition/schema.ts";
import { projectStrings } from "../../strings/strings.ts";
import type { ProjectFile } from "../files/project-file.ts";
import type { TakenProject } from "../intake/intake-result.ts";
import { type AssessedPackage, type AvailablePackage, assessPackages } from "../packages/assess-packages.ts";
import { readModules } from "../recognise/python-module.ts";
import { recognise } from "../recognise/recognise.ts";
import type { Recognition } from "../recognise/recognition.ts";
import { plansOf, rowsOf } from "../routes/plans.ts";
import type { PlannedRow } from "../routes/route.ts";
import { routesInSource } from "../routes/source-routes.ts";
import type { SharedProject } from "../share/shared-project.ts";

/** An open project. */
export interface OpenProject {
  /** Another for each project that is opened. */
  readonly id: number;
  readonly taken: TakenProject;
  readonly recognition: Recognition;
  readonly packages: readonly AssessedPackage[];
  /** Commands and rows are as somebody has set them up. */
  readonly setUp: boolean;
  /** As the source has them, or as somebody has set them up. */
  readonly rows: readonly PlannedRow[];
  readonly definition: LabDefinition;
  readonly texts: readonly LabFile[];
  readonly own: { readonly assets: readonly LabAsset[] };
}

/** Commands for a project of which nothing is known: what a reader would begin with. */
const blank = { development: "flask --app app run", production: "gunicorn -w 4 -b 0.0.0.0:8000 app:app" };

/** Looks at a project, and makes the lab of it. */
export function openProject(
  id: number,
  taken: TakenProject,
  available: readonly AvailablePackage[],
  setUp?: Pick<SharedProject, "commands" | "rows">,
): OpenProject {
  const { files } = taken;
  const modules = readModules(files);
  const recognition = recognise(files);
  const rows = setUp?.rows ?? rowsOf(routesInSource(modules));
  return {
    id,
    taken,
    recognition,
    packages: assessPackages(files, modules, available),
    rows,
    setUp: setUp !== undefined,
    definition: definitionOf(taken.name, files, setUp?.commands ?? proposed(recognition), rows),
    texts: files.flatMap((file) => (file.kind === "text" ? [{ path: file.path, text: file.text }] : [])),
    own: {
      assets: files.flatMap((file) => (file.kind === "bytes" ? [{ path: file.path, bytes: file.bytes }] : [])),
    },
  };
}

function proposed({ app }: Recognition): SharedProject["commands"] {
  return app ? { development: app.development.command, production: app.production.command } : blank;
}

function definitionOf(
  name: string,
  files: readonly ProjectFile[],
  commands: SharedProject["commands"],
  rows: readonly PlannedRow[],
): LabDefinition {
  const { titles } = projectStrings.lab;
  return {
    title: projectStrings.lab.title(name),
    machine: "python",
    files: files.map(({ path }) => path),
    sides: {
      development: { title: titles.development, command: commands.development },
      production: { title: titles.production, command: commands.production },
    },
    plans: [...plansOf(rows)],
    controls: ["kill"],
    settings: ["workers", "threads", "timeout"],
    shows: ["by-hand"],
    paths: { byHand: "/", warm: "/", hang: "/hang", leak: "/leak" },
  };
}
