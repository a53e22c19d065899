/**
 * Which browser tests run where. Each spec says so itself, in a line of its own, as unit tests name their environment:
 *
 *     // @project labs      something is measured in it, or its servers need the cores: nothing but the others runs
 *                           meanwhile
 *     // @project beside    ordinary Node processes that are waited for, pages on which no machine runs, and machines
 *                           and labs on which nothing is measured
 *     // @project waiting   sessions that pause as people do, and native servers that are asked and listened to: they
 *                           take longer than they take of the processor
 *     // @project webkit    WebKit as Debian has it: what its readers see, driven through WebDriver
 *     // @project node      ordinary Node processes in WebContainer's place, which listen on ports of this computer that
 *                           labs name: one at a time
 *     // @also firefox       beside one of these: it runs in Firefox, too
 */
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The projects of `playwright.config.ts`. */
export const specProjects = ["labs", "beside", "waiting", "webkit", "node"] as const;

/** One of them. */
export type SpecProject = (typeof specProjects)[number];

/** The project that a spec's text names. Throws where it names none, two, or one that is not there. */
export function projectOf(text: string, file: string): SpecProject {
  const named = [...text.matchAll(/^\/\/ @project (.*)$/gm)].map(([, name]) => name);
  const [project] = specProjects.filter((known) => known === named[0]);
  if (project !== undefined && named.length === 1) return project;
  const found = named.length === 0 ? "names no project" : `names ${named.join(" and ")}`;
  throw new Error(`${file} ${found}. Begin it with one line: // @project ${specProjects.join(" or // @project ")}`);
}

/** The whole paths of the specs that run in Firefox, too. */
export function specsInFirefox(): string[] {
  return allSpecs()
    .filter((path) => /^\/\/ @also firefox$/m.test(readFileSync(path, "utf8")))
    .sort();
}

/** The whole paths of a project's specs. Throws if any spec names no project. */
export function specsOf(project: SpecProject): string[] {
  return allSpecs()
    .filter((path) => projectOf(readFileSync(path, "utf8"), path) === project)
    .sort();
}

function allSpecs(): string[] {
  const root = resolve(import.meta.dirname, "..");
  return globSync("e2e/**/*.spec.ts", { cwd: root }).map((spec) => resolve(root, spec));
}
