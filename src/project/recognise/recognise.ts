/** What a project is, by its files alone: nothing of it is run, and nothing is asked of anybody. */
import { fullName } from "../../tools/audit/python/python-file.ts";
import { fileAt, type ProjectFile } from "../files/project-file.ts";
import { quoted } from "../files/quoted-word.ts";
import { type FoundApp, findApps } from "./find-apps.ts";
import { findProblems, neededVariables } from "./find-problems.ts";
import { propose } from "./propose-commands.ts";
import { lineAt, type PythonModule, readModules } from "./python-module.ts";
import type { AppKind, Doubt, Recognition, Task } from "./recognition.ts";
import { flaskEnvironment } from "./written-commands.ts";

/** Where the development server of each kind listens unless it is told a port. */
const usualPorts: Readonly<Record<AppKind, number>> = {
  flask: 5000,
  quart: 5000,
  django: 8000,
  fastapi: 8000,
  starlette: 8000,
  asgi: 8000,
  bottle: 5000,
  wsgi: 5000,
};

/** Recognises a project. */
export function recognise(files: readonly ProjectFile[]): Recognition {
  const modules = readModules(files);
  const problems = findProblems(files, modules);
  const environment = flaskEnvironment(files);
  const variables = neededVariables(modules, new Set(environment.keys()));
  const apps = preferred(djangoFirst(findApps(modules), modules), environment.get("FLASK_APP"), modules);
  const [app] = apps;
  if (app === undefined)
    return {
      problems: [{ kind: "no app", hasPython: modules.length > 0 }, ...problems],
      doubts: variables,
      tasks: [],
    };
  const { module, name } = app;
  if (name === undefined)
    return {
      problems,
      doubts: [{ kind: "app without a name", path: module.path }, ...variables],
      tasks: [],
      ...(servedByItself(app, files) ?? {}),
    };
  const proposals = propose({ files, modules, app: { ...app, name } });
  return {
    app: {
      kind: app.kind,
      path: module.path,
      target: proposals.target,
      development: proposals.development,
      production: proposals.production,
    },
    problems,
    doubts: [
      ...severalApps(apps),
      ...argumentsOf(app),
      ...proposals.doubts,
      ...portOfItsOwn(app, modules, proposals.development.command),
      ...variables,
    ],
    tasks: tasksOf(app, files, modules),
  };
}

/** Django's own application object is the app, in `wsgi.py` before `asgi.py`; settings alone make one, too. */
function djangoFirst(apps: readonly FoundApp[], modules: readonly PythonModule[]): readonly FoundApp[] {
  const django = apps.filter(({ kind }) => kind === "django");
  const manages = modules.some(({ path }) => /(?:^|\/)manage\.py$/.test(path));
  if (!manages || django.length === 0) return apps;
  return [...django].sort(
    (a, b) => Number(a.module.path.endsWith("asgi.py")) - Number(b.module.path.endsWith("asgi.py")),
  );
}

/** What `FLASK_APP` names comes first. */
function preferred(
  apps: readonly FoundApp[],
  wanted: string | undefined,
  modules: readonly PythonModule[],
): readonly FoundApp[] {
  if (wanted === undefined) return apps;
  const [place = "", name] = wanted.replace(/\(.*\)$/, "").split(":");
  const module = place.replace(/\.py$/, "").replaceAll("/", ".");
  const fits = (app: FoundApp) => app.module.name === module && (name === undefined || app.name === name);
  return modules.some((each) => each.name === module)
    ? [...apps.filter(fits), ...apps.filter((app) => !fits(app))]
    : apps;
}

/** Bottle's own app can be served by its file, and by nothing that must be told a name. */
function servedByItself(app: FoundApp, files: readonly ProjectFile[]): Pick<Recognition, "app"> | undefined {
  const { path } = app.module;
  if (fileAt(files, path) === undefined) return undefined;
  const command = `python ${quoted(path)}`;
  const proposal = { command, reason: { kind: "own main", path } } as const;
  return { app: { kind: app.kind, path, target: path, development: proposal, production: proposal } };
}

function severalApps(apps: readonly FoundApp[]): readonly Doubt[] {
  const [taken, ...others] = apps;
  if (taken === undefined || taken.kind === "django") return [];
  // A factory and what it has made are one app, and so is one that another file imports.
  const rivals = others.filter(
    ({ kind, factory, module }) =>
      kind !== "wsgi" && factory === undefined && module !== taken.module && !makesThrough(module, taken),
  );
  if (rivals.length === 0) return [];
  return [{ kind: "several apps", taken: taken.module.path, others: rivals.map(({ module }) => module.path) }];
}

function makesThrough({ file }: PythonModule, taken: FoundApp): boolean {
  return [...file.imports.values()].some((name) => name === `${taken.module.name}.${taken.name}`);
}

function argumentsOf({ factory, module, name }: FoundApp): readonly Doubt[] {
  if (factory === undefined || factory.required.length === 0 || name === undefined) return [];
  return [{ kind: "factory needs arguments", path: module.path, name }];
}

/** `app.run(port=9000)` behind `if __name__ == "__main__":`, where another command starts the app. */
function portOfItsOwn({ kind }: FoundApp, modules: readonly PythonModule[], development: string): readonly Doubt[] {
  const usual = usualPorts[kind];
  for (const { path, text, file } of modules) {
    if (development.endsWith(`python ${quoted(path)}`)) continue;
    for (const { callee, keywords, ifMain, from } of file.calls) {
      if (!ifMain || !/(?:^|\.)(?:run|serve)$/.test(callee)) continue;
      const value = keywords.find(({ name }) => name === "port")?.value;
      const port = value?.kind === "number" ? Number(value.text) : usual;
      if (port !== usual) return [{ kind: "port of its own", path, line: lineAt(text, from), port }];
    }
  }
  return [];
}

function tasksOf(app: FoundApp, files: readonly ProjectFile[], modules: readonly PythonModule[]): readonly Task[] {
  if (app.kind === "django") {
    const manage = modules.find(({ path }) => /(?:^|\/)manage\.py$/.test(path))?.path;
    return manage === undefined ? [] : [{ kind: "migrate", command: `python ${quoted(manage)} migrate` }];
  }
  const [flask] = developmentPrefix(app);
  if (app.kind !== "flask" || flask === undefined) return [];
  const tasks: Task[] = [];
  const { root } = app.module;
  const folder = root === "" ? "migrations" : `${root}/migrations`;
  if (fileAt(files, `${folder}/env.py`) || fileAt(files, "migrations/env.py"))
    tasks.push({ kind: "db upgrade", command: `${flask} db upgrade` });
  for (const name of commandNames(modules)) tasks.push({ kind: "init", command: `${flask} ${quoted(name)}` });
  return tasks;
}

function developmentPrefix({ module, name, factory }: FoundApp): readonly string[] {
  const usual = factory ? ["create_app", "make_app"] : ["app", "application"];
  const target = name === undefined || usual.includes(name) ? module.name : `${module.name}:${name}`;
  const path = module.root === "" ? "" : `PYTHONPATH=${quoted(module.root)} `;
  return [`${path}flask --app ${quoted(target)}`];
}

/** Commands of the project's own that prepare a database, by their names. */
function commandNames(modules: readonly PythonModule[]): readonly string[] {
  const names = modules.flatMap(({ file, decorators }) =>
    decorators.flatMap(({ callee, text }) => {
      if (text === undefined || !/(?:^click|\.cli)\.command$/.test(fullName(callee, file.imports))) return [];
      return /init|seed|create|setup|populate|load/.test(text) ? [text] : [];
    }),
  );
  return [...new Set(names)];
}
