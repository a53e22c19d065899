/** Command lines that stand in the project itself: Procfile, Dockerfile, uwsgi.ini, .flaskenv, gunicorn's file. */
import { readPython } from "../../tools/audit/python/python-file.ts";
import { fileAt, type ProjectFile, readableText } from "../files/project-file.ts";
import { quoted } from "../files/quoted-word.ts";

/** A command line of the project. */
export interface WrittenCommand {
  readonly path: string;
  /** As it stands there, on one line. */
  readonly line: string;
}

/** The command that the project says it is served by, if it says so. */
export function writtenCommand(files: readonly ProjectFile[]): WrittenCommand | undefined {
  return fromProcfile(files) ?? fromDockerfile(files);
}

function textAt(files: readonly ProjectFile[], path: string): string | undefined {
  const file = fileAt(files, path);
  return file && readableText(file);
}

function fromProcfile(files: readonly ProjectFile[]): WrittenCommand | undefined {
  const line = /^web[ \t]*:[ \t]*(.+)$/m.exec(textAt(files, "Procfile") ?? "")?.[1]?.trim();
  return line === undefined ? undefined : { path: "Procfile", line };
}

/** The last CMD counts; an ENTRYPOINT stands before it. */
function fromDockerfile(files: readonly ProjectFile[]): WrittenCommand | undefined {
  const text = textAt(files, "Dockerfile");
  if (text === undefined) return undefined;
  const lines = text.replace(/\\\r?\n/g, " ").split("\n");
  const last = (name: string) =>
    lines.map((line) => new RegExp(`^\\s*${name}\\s+(.+)$`, "i").exec(line)?.[1]?.trim()).findLast((found) => found);
  const [entry, command] = [last("ENTRYPOINT"), last("CMD")].map((found) =>
    found === undefined ? "" : inShellForm(found),
  );
  const line = [entry, command].filter(Boolean).join(" ");
  return line === "" ? undefined : { path: "Dockerfile", line };
}

/** `["gunicorn", "app:app"]` as one would type it. */
function inShellForm(text: string): string {
  if (!text.startsWith("[")) return text;
  try {
    const words: unknown = JSON.parse(text);
    if (!Array.isArray(words)) return text;
    return words.map((word) => quoted(String(word))).join(" ");
  } catch {
    // Docker takes what is no JSON for the shell form, too.
    return text;
  }
}

/** What `.flaskenv` or `.env` says of `FLASK_APP` and `FLASK_DEBUG`. */
export function flaskEnvironment(files: readonly ProjectFile[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of [".env", ".flaskenv"])
    for (const [, name = "", value = ""] of (textAt(files, path) ?? "").matchAll(
      /^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*(.*)$/gm,
    ))
      found.set(name, value.trimEnd().replace(/^(["'])(.*)\1$/, "$2"));
  return found;
}

/** gunicorn's own file, which it reads by itself. */
export interface GunicornFile {
  readonly path: string;
  /** What it serves, where it says so. */
  readonly app?: string;
  readonly sets: ReadonlySet<string>;
}

/** Reads `gunicorn.conf.py`. */
export function gunicornFile(files: readonly ProjectFile[]): GunicornFile | undefined {
  const path = "gunicorn.conf.py";
  const text = textAt(files, path);
  if (text === undefined) return undefined;
  const { assignments } = readPython(text);
  const app = assignments.find(({ target }) => target === "wsgi_app")?.value;
  return {
    path,
    ...(app?.kind === "text" && { app: app.text }),
    sets: new Set(assignments.map(({ target }) => target)),
  };
}

/** What a `uwsgi.ini` serves, and how, in gunicorn's words. */
export interface UwsgiFile {
  readonly path: string;
  readonly target: string;
  readonly workers: number;
  readonly threads: number;
}

/** Reads `uwsgi.ini`. `undefined` where there is none, or it names no app. */
export function uwsgiFile(files: readonly ProjectFile[]): UwsgiFile | undefined {
  const path = ["uwsgi.ini", "wsgi.ini"].find((each) => fileAt(files, each));
  const text = path && textAt(files, path);
  if (path === undefined || text === undefined) return undefined;
  const settings = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(/^[ \t]*([\w-]+)[ \t]*=[ \t]*(.*)$/gm))
    settings.set(name.replaceAll("_", "-"), value.trimEnd());
  const callable = settings.get("callable") ?? "application";
  const module = settings.get("module") ?? settings.get("wsgi");
  const file = settings.get("wsgi-file") ?? settings.get("file");
  const named = module ?? file?.replace(/\.py$/, "").replaceAll("/", ".");
  if (named === undefined) return undefined;
  const number = (name: string, other: string) => Number(settings.get(name) ?? settings.get(other) ?? 1) || 1;
  return {
    path,
    target: named.includes(":") ? named : `${named}:${callable}`,
    workers: number("processes", "workers"),
    threads: number("threads", "threads"),
  };
}
