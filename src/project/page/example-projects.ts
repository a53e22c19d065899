/** The examples of the page, from `content/projects/`: known when the site is built. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectStrings } from "../../strings/strings.ts";
import type { ExampleProject } from "./Intake.tsx";

const folder = join(process.cwd(), "content/projects");

/** Those that have a name on screen, in its order. */
export function exampleProjects(): readonly ExampleProject[] {
  return exampleNames().map((name) => ({
    name,
    files: readdirSync(join(folder, name), { recursive: true, encoding: "utf8" })
      .filter((path) => statSync(join(folder, name, path)).isFile())
      .toSorted()
      .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(folder, name, path), "utf8") })),
  }));
}

function exampleNames(): readonly ExampleProject["name"][] {
  const isName = (name: string): name is ExampleProject["name"] => Object.hasOwn(projectStrings.examples, name);
  return Object.keys(projectStrings.examples).filter(isName);
}
