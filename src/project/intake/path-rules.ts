/** Which paths are taken: none that lead out of the project, and no folder that a tool has made. */
import type { LeftOut, LeftOutReason } from "./intake-result.ts";

/** What nobody means to bring along, by the name of a folder or file. */
const byName: ReadonlyMap<string, LeftOutReason> = new Map([
  [".venv", "virtual environment"],
  ["venv", "virtual environment"],
  ["virtualenv", "virtual environment"],
  ["site-packages", "virtual environment"],
  ["node_modules", "node modules"],
  ["__pycache__", "bytecode"],
  [".git", "version control"],
  [".hg", "version control"],
  [".svn", "version control"],
  [".mypy_cache", "cache"],
  [".pytest_cache", "cache"],
  [".ruff_cache", "cache"],
  [".tox", "cache"],
  [".nox", "cache"],
  [".ipynb_checkpoints", "cache"],
  [".eggs", "cache"],
  ["__MACOSX", "system file"],
  [".DS_Store", "system file"],
  ["Thumbs.db", "system file"],
  ["desktop.ini", "system file"],
]);

/** Whether a folder or file of this name is left out whatever is in it, and why. */
export function reasonOfName(name: string): LeftOutReason | undefined {
  if (name.startsWith("._")) return "system file";
  return /\.py[co]$/.test(name) ? "bytecode" : byName.get(name);
}

/** The outermost folder of a path, or the file itself, that is left out by its name. */
export function leftOutByName(path: string): LeftOut | undefined {
  const parts = path.split("/");
  for (const [index, part] of parts.entries()) {
    const reason = reasonOfName(part);
    if (reason !== undefined) return { reason, path: parts.slice(0, index + 1).join("/") };
  }
  return undefined;
}

/** A path with `/` between its parts and none that says nothing. `undefined` if it leads out of its folder. */
export function safePath(path: string): string | undefined {
  // An archive of Windows, or a path that only that system would read as one from its root.
  const slashed = path.replaceAll("\\", "/");
  if (slashed.startsWith("/") || /^[A-Za-z]:/.test(slashed)) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no name has them but to deceive
  if (/[\0-\x1f\x7f]/.test(slashed)) return undefined;
  const parts = slashed.split("/").filter((part) => part !== "" && part !== ".");
  return parts.includes("..") || parts.length === 0 ? undefined : parts.join("/");
}

/** The folder that all these paths have in common at their beginning, `""` if there is none. */
export function commonFolder(paths: readonly string[]): string {
  const [first] = paths;
  const at = first?.indexOf("/") ?? -1;
  if (first === undefined || at < 0) return "";
  const folder = first.slice(0, at);
  return paths.every((path) => path.startsWith(`${folder}/`)) ? folder : "";
}

/** The folders that a path is in, the outermost first. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** The path among these that a further one cannot stand beside: its own, or a file where the other needs a folder. */
export function pathInTheWay(paths: readonly string[], path: string): string | undefined {
  const above = new Set([path, ...foldersAbove(path)]);
  return paths.find((each) => above.has(each) || each.startsWith(`${path}/`));
}
