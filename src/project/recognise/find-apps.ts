/** The apps of a project: objects and functions that a server could be told to serve. */
import { fullName, type PythonAssignment } from "../../tools/audit/python/python-file.ts";
import { baseName } from "../files/project-file.ts";
import type { PythonFunction, PythonModule } from "./python-module.ts";
import type { AppKind } from "./recognition.ts";

/** Something that a server could serve. */
export interface FoundApp {
  readonly kind: AppKind;
  readonly module: PythonModule;
  /** The name in the module. Absent: it has none there. */
  readonly name?: string;
  /** It is a function that makes the app. */
  readonly factory?: PythonFunction;
}

/** What makes an app, by its full name. */
const makers: ReadonlyMap<string, AppKind> = new Map([
  ["flask.Flask", "flask"],
  ["flask.app.Flask", "flask"],
  ["apiflask.APIFlask", "flask"],
  ["flask_openapi3.OpenAPI", "flask"],
  ["quart.Quart", "quart"],
  ["fastapi.FastAPI", "fastapi"],
  ["starlette.applications.Starlette", "starlette"],
  ["litestar.Litestar", "asgi"],
  ["falcon.asgi.App", "asgi"],
  ["blacksheep.Application", "asgi"],
  ["bottle.Bottle", "bottle"],
  ["bottle.default_app", "bottle"],
  ["bottle.app", "bottle"],
  ["falcon.App", "wsgi"],
  ["webapp2.WSGIApplication", "wsgi"],
  ["django.core.wsgi.get_wsgi_application", "django"],
  ["django.core.asgi.get_asgi_application", "django"],
]);

const factoryNames = ["create_app", "make_app", "create_application", "get_app", "build_app"];
/** Files in which apps are, as courses and documentations call them. */
const usualFiles = ["app.py", "wsgi.py", "main.py", "application.py", "asgi.py", "run.py", "server.py", "__init__.py"];
const tests = /(?:^|\/)(?:tests?|docs|examples?|migrations)\/|(?:^|\/)(?:test_[^/]*|conftest|[^/]*_test)\.py$/;

/** Finds the apps, the likeliest first. */
export function findApps(modules: readonly PythonModule[]): readonly FoundApp[] {
  const candidates = modules.filter(({ path }) => !tests.test(path));
  const found = candidates.flatMap((module) => appsOf(module));
  const factories = candidates.flatMap((module) => factoriesOf(module));
  const made = candidates.flatMap((module) => madeBy(module, factories));
  const callables = candidates.flatMap((module) => callablesOf(module));
  const unnamed = candidates.flatMap((module) => (found.length > 0 ? [] : bottleWithoutName(module)));
  return [...found, ...made, ...factories, ...callables, ...unnamed].sort((a, b) => rank(a) - rank(b));
}

function rank({ module: { path }, name, factory }: FoundApp): number {
  const usual = usualFiles.indexOf(baseName(path));
  const depth = path.split("/").length - (baseName(path) === "__init__.py" ? 1 : 0);
  const naming = name === "app" || name === "application" ? 0 : 1;
  return depth * 100 + (usual < 0 ? usualFiles.length : usual) * 4 + naming + (factory === undefined ? 0 : 2);
}

function appsOf(module: PythonModule): readonly FoundApp[] {
  return module.file.assignments.flatMap((assignment) => {
    const kind = kindMade(assignment, module);
    const atTop = !assignment.inFunction && !assignment.ifMain && /^\w+$/.test(assignment.target);
    return kind !== undefined && atTop ? [{ kind, module, name: assignment.target }] : [];
  });
}

function kindMade({ call }: PythonAssignment, { file }: PythonModule): AppKind | undefined {
  return call && makers.get(fullName(call.callee, file.imports));
}

function factoriesOf(module: PythonModule): readonly FoundApp[] {
  return module.functions.flatMap((factory) => {
    if (!factoryNames.includes(factory.name)) return [];
    const inside = module.file.calls.find(
      ({ callee, from, to }) =>
        from >= factory.from && to <= factory.to && makers.has(fullName(callee, module.file.imports)),
    );
    const kind = inside && makers.get(fullName(inside.callee, module.file.imports));
    return kind === undefined ? [] : [{ kind, module, name: factory.name, factory }];
  });
}

/** `app = create_app()`, in whatever file. */
function madeBy(module: PythonModule, factories: readonly FoundApp[]): readonly FoundApp[] {
  return module.file.assignments.flatMap(({ call, target, inFunction, ifMain }) => {
    if (call === undefined || inFunction || ifMain || !/^\w+$/.test(target)) return [];
    const [called] = call.callee.split(".").slice(-1);
    const factory = factories.find(({ name }) => name === called);
    return factory === undefined ? [] : [{ kind: factory.kind, module, name: target }];
  });
}

/** Functions that are themselves an app of WSGI or ASGI, by their parameters. */
function callablesOf(module: PythonModule): readonly FoundApp[] {
  return module.functions.flatMap(({ name, isAsync, required }): readonly FoundApp[] => {
    const [first, second, third] = required;
    if (isAsync && required.length === 3 && first === "scope" && second === "receive" && third === "send")
      return [{ kind: "asgi", module, name }];
    const wsgi =
      required.length === 2 && (second === "start_response" || (name === "application" && first === "environ"));
    return !isAsync && wsgi ? [{ kind: "wsgi", module, name }] : [];
  });
}

/** `@route("/")`: the routes are those of Bottle's own app. */
function bottleWithoutName(module: PythonModule): readonly FoundApp[] {
  const routes = module.decorators.some(({ callee }) =>
    /^bottle\.(?:route|get|post)$/.test(fullName(callee, module.file.imports)),
  );
  if (!routes) return [];
  const [name] =
    [...module.file.imports].find(([, full]) => full === "bottle.default_app" || full === "bottle.app") ?? [];
  const { from, to } = { from: 0, to: 0 };
  return [
    {
      kind: "bottle",
      module,
      ...(name !== undefined && { name, factory: { name, isAsync: false, required: [], from, to } }),
    },
  ];
}
