/**
 * Takes in what a reader dropped: looks at names and sizes first, and reads only what is wanted. It rejects whole, so
 * that what was there before can stay.
 */
import { baseName, folderOf, holdsSecrets } from "../files/project-file.ts";
import { GitIgnore } from "./gitignore.ts";
import {
  type Incoming,
  IntakeError,
  type IntakeLimits,
  type IntakeNote,
  intakeLimits,
  type LeftOut,
  type TakenProject,
} from "./intake-result.ts";
import { commonFolder, foldersAbove, leftOutByName, safePath } from "./path-rules.ts";
import { type FileAsRead, readText } from "./read-text.ts";
import { readTar } from "./tar-archive.ts";
import { readZip } from "./zip-archive.ts";

const zipName = /\.zip$/i;
const tarName = /\.(?:tar|tar\.gz|tgz)$/i;
const otherArchive = /\.(?:rar|7z|tar\.(?:bz2|xz|zst)|tbz2?|txz|iso|dmg)$/i;

/** Takes in what was dropped. Rejects with `IntakeError`. */
export async function takeIn(
  incoming: readonly Incoming[],
  limits: IntakeLimits = intakeLimits,
): Promise<TakenProject> {
  const [first] = incoming;
  const archives = incoming.filter(({ path }) => !path.includes("/") && isArchive(path));
  if (archives.length > 1)
    throw new IntakeError({ kind: "two projects", names: archives.map(({ path }) => baseName(path)) });
  if (first === undefined) throw new IntakeError({ kind: "empty", leftOut: [] });
  const [archive] = archives;
  if (archive === undefined) {
    const projects = projectsAmong(incoming);
    if (projects.length > 1) throw new IntakeError({ kind: "two projects", names: projects });
    return takeFiles(incoming, "", limits);
  }
  if (incoming.length > 1)
    throw new IntakeError({ kind: "two projects", names: incoming.slice(0, 2).map(({ path }) => baseName(path)) });
  return takeFiles(await open(archive, limits), archive.path, limits);
}

/** What a folder has in it that is the top of a project. */
const topOfProject =
  /^(?:manage|app|wsgi|asgi|main|application|setup)\.py$|^(?:requirements\.txt|pyproject\.toml|Pipfile|Procfile|Dockerfile)$/;

/** Folders that were dropped side by side, and that are each a project of their own. */
function projectsAmong(incoming: readonly Incoming[]): readonly string[] {
  // With a file beside them they are parts of one.
  if (incoming.some(({ path }) => !path.includes("/"))) return [];
  const tops = incoming.flatMap(({ path }) => {
    const [folder = "", name = "", ...deeper] = path.split("/");
    return deeper.length === 0 && topOfProject.test(name) ? [folder] : [];
  });
  return [...new Set(tops)];
}

function isArchive(path: string): boolean {
  return zipName.test(path) || tarName.test(path) || otherArchive.test(path);
}

async function open(archive: Incoming, limits: IntakeLimits): Promise<readonly Incoming[]> {
  const { path: name, size } = archive;
  if (otherArchive.test(name)) throw new IntakeError({ kind: "unknown packing", name });
  if (size > limits.archiveBytes)
    throw new IntakeError({ kind: "archive too large", name, size, limit: limits.archiveBytes });
  const bytes = await archive.read();
  return zipName.test(name) ? readZip(name, bytes, limits.names) : readTar(name, bytes, limits);
}

interface Wanted {
  readonly path: string;
  readonly from: Incoming;
}

async function takeFiles(incoming: readonly Incoming[], source: string, limits: IntakeLimits): Promise<TakenProject> {
  if (incoming.length > limits.names) throw new IntakeError({ kind: "too many names", limit: limits.names });
  const leftOut = new Map<string, LeftOut>();
  const leave = (each: LeftOut) => leftOut.set(each.path, each);
  const byName: Wanted[] = [];
  const environments = environmentsAmong(incoming);
  for (const from of incoming) {
    const path = safePath(from.path);
    if (path === undefined) throw new IntakeError({ kind: "outside path", name: source, path: from.path });
    const left = leftOutByName(path) ?? environments.find((each) => path.startsWith(`${each.path}/`));
    if (left !== undefined) leave(left);
    else if (from.special !== undefined) leave({ reason: from.special, path });
    else byName.push({ path, from });
  }
  const folder = commonFolder(byName.map(({ path }) => path));
  const inFolder = (path: string) => (folder === "" ? path : path.slice(folder.length + 1));
  const found = byName.map(({ path, from }) => ({ path: inFolder(path), from }));
  const ignores = await ignoresOf(found, limits);
  const wanted = found.filter(({ path }) => {
    const ignored = ignores.leftOut(path);
    if (ignored !== undefined) leave({ reason: "gitignore", path: ignored });
    return ignored === undefined;
  });
  const left = [...leftOut.values()].map((each) =>
    folder !== "" && each.path.startsWith(`${folder}/`) ? { ...each, path: inFolder(each.path) } : each,
  );
  if (wanted.length === 0) throw new IntakeError({ kind: "empty", leftOut: left });
  checkSizes(wanted, limits);
  const files = await readAll(wanted, limits);
  return {
    name: folder || nameOfSource(source) || baseName(wanted[0]?.path ?? ""),
    files: files.map(({ file }) => file),
    leftOut: left.sort((a, b) => compare(a.path, b.path)),
    notes: notesOf(files),
  };
}

/** Virtual environments of whatever name: each has a file that says so. */
function environmentsAmong(incoming: readonly Incoming[]): readonly LeftOut[] {
  return incoming.flatMap(({ path }) => {
    const safe = safePath(path);
    if (safe === undefined || baseName(safe) !== "pyvenv.cfg" || folderOf(safe) === "") return [];
    return [{ reason: "virtual environment", path: folderOf(safe) } as const];
  });
}

async function ignoresOf(found: readonly Wanted[], limits: IntakeLimits): Promise<GitIgnore> {
  const texts = new Map<string, string>();
  for (const { path, from } of found) {
    if (baseName(path) !== ".gitignore" || from.size > limits.fileBytes) continue;
    texts.set(path, new TextDecoder().decode(await from.read()));
  }
  return new GitIgnore(texts);
}

function checkSizes(wanted: readonly Wanted[], limits: IntakeLimits): void {
  if (wanted.length > limits.files) throw new IntakeError({ kind: "too many files", limit: limits.files });
  const [paths, folders] = [new Set<string>(), new Set<string>()];
  let all = 0;
  for (const { path, from } of wanted) {
    // A file where another one needs a folder counts, too.
    if (paths.has(path) || folders.has(path)) throw new IntakeError({ kind: "same path", path });
    const above = foldersAbove(path);
    const file = above.find((each) => paths.has(each));
    if (file !== undefined) throw new IntakeError({ kind: "same path", path: file });
    paths.add(path);
    for (const each of above) folders.add(each);
    if (from.size > limits.fileBytes) throw new IntakeError({ kind: "file too large", path, limit: limits.fileBytes });
    all += from.size;
  }
  if (all > limits.allBytes) throw new IntakeError({ kind: "too much", limit: limits.allBytes });
}

async function readAll(wanted: readonly Wanted[], limits: IntakeLimits): Promise<readonly FileAsRead[]> {
  const files: FileAsRead[] = [];
  let all = 0;
  for (const { path, from } of [...wanted].sort((a, b) => compare(a.path, b.path))) {
    const bytes = await from.read();
    all += bytes.byteLength;
    // A size that was told beforehand need not be true.
    if (all > limits.allBytes) throw new IntakeError({ kind: "too much", limit: limits.allBytes });
    files.push(readText(path, bytes));
  }
  return files;
}

function notesOf(files: readonly FileAsRead[]): readonly IntakeNote[] {
  const windows = files.filter(({ windowsLines }) => windowsLines).map(({ file }) => file.path);
  return [
    ...files
      .filter(({ file }) => holdsSecrets(file.path))
      .map(({ file: { path } }) => ({ kind: "secret", path }) as const),
    ...files.flatMap(({ notes }) => notes),
    ...(windows.length > 0 ? [{ kind: "windows lines", paths: windows } as const] : []),
  ];
}

function nameOfSource(source: string): string {
  return baseName(source).replace(/\.(?:zip|tar|tar\.gz|tgz)$/i, "");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
