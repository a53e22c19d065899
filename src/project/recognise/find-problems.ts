/** What will go wrong with a project, as far as its files show it. */
import { fullName } from "../../tools/audit/python/python-file.ts";
import { type ProjectFile, readableText } from "../files/project-file.ts";
import { atImport, lineAt, type PythonModule } from "./python-module.ts";
import type { DatabaseServer, Doubt, Problem } from "./recognition.ts";

const tests = /(?:^|\/)(?:tests?|docs)\/|(?:^|\/)(?:test_[^/]*|conftest)\.py$/;
const shadowed = new Set([
  "flask",
  "django",
  "fastapi",
  "bottle",
  "gunicorn",
  "waitress",
  "werkzeug",
  "click",
  "uvicorn",
]);

const drivers: ReadonlyMap<string, DatabaseServer> = new Map([
  ["psycopg2", "PostgreSQL"],
  ["psycopg", "PostgreSQL"],
  ["asyncpg", "PostgreSQL"],
  ["pg8000", "PostgreSQL"],
  ["MySQLdb", "MySQL"],
  ["pymysql", "MySQL"],
  ["mysql", "MySQL"],
  ["aiomysql", "MySQL"],
  ["cx_Oracle", "Oracle"],
  ["oracledb", "Oracle"],
  ["pyodbc", "SQL Server"],
  ["pymongo", "MongoDB"],
  ["motor", "MongoDB"],
  ["flask_pymongo", "MongoDB"],
  ["redis", "Redis"],
]);
const schemes: ReadonlyMap<string, DatabaseServer> = new Map([
  ["postgres", "PostgreSQL"],
  ["postgresql", "PostgreSQL"],
  ["mysql", "MySQL"],
  ["mariadb", "MySQL"],
  ["oracle", "Oracle"],
  ["mssql", "SQL Server"],
  ["mongodb", "MongoDB"],
  ["redis", "Redis"],
]);
const address = /\b(postgres(?:ql)?|mysql|mariadb|oracle|mssql|mongodb|redis)(?:\+\w+)?:\/\//;
const djangoEngine = /django\.db\.backends\.(postgresql|mysql|oracle)/;

/** Finds the problems. */
export function findProblems(files: readonly ProjectFile[], modules: readonly PythonModule[]): readonly Problem[] {
  const own = modules.filter(({ path }) => !tests.test(path));
  return [
    ...own.flatMap(mistakeIn),
    ...own.flatMap(runAtImport),
    ...own.flatMap(threadAtImport),
    ...own.flatMap(shadowing),
    ...databases(files, own),
  ];
}

function mistakeIn({ path, text, file: { mistake } }: PythonModule): readonly Problem[] {
  return mistake === undefined ? [] : [{ kind: "not python", path, line: lineAt(text, mistake.from) }];
}

function runAtImport({ path, text, file }: PythonModule): readonly Problem[] {
  const apps = new Set(file.assignments.filter(({ call }) => call !== undefined).map(({ target }) => target));
  const call = file.calls.find((each) => {
    if (!atImport(each)) return false;
    const name = fullName(each.callee, file.imports);
    const [owner = "", method] = each.callee.split(".");
    const ofApp = method === "run" && apps.has(owner) && !/^(?:subprocess|asyncio)$/.test(owner);
    return ofApp || /^(?:bottle\.run|waitress\.serve|uvicorn\.run)$/.test(name) || /\.serve_forever$/.test(name);
  });
  return call === undefined
    ? []
    : [{ kind: "runs at import", path, line: lineAt(text, call.from), call: `${call.callee}()` }];
}

function threadAtImport({ path, text, file }: PythonModule): readonly Problem[] {
  const call = file.calls.find(
    (each) =>
      atImport(each) &&
      /^(?:threading\.(?:Thread|Timer)|multiprocessing\.Process|concurrent\.futures\.\w+Executor|apscheduler\..*Scheduler)$/.test(
        fullName(each.callee, file.imports),
      ),
  );
  return call === undefined ? [] : [{ kind: "thread at import", path, line: lineAt(text, call.from) }];
}

function shadowing({ path, root, name }: PythonModule): readonly Problem[] {
  return !name.includes(".") && root === "" && shadowed.has(name) ? [{ kind: "shadows package", path, name }] : [];
}

/** Each server once. What the code or a settings file names counts; a requirement alone may be left over. */
function databases(files: readonly ProjectFile[], modules: readonly PythonModule[]): readonly Problem[] {
  const found = new Map<DatabaseServer, Problem>();
  const add = (server: DatabaseServer | undefined, path: string, django = false) => {
    if (server !== undefined && !found.has(server))
      found.set(server, { kind: "database server", path, server, django });
  };
  for (const { path, text, file } of modules) {
    const engine = djangoEngine.exec(text)?.[1];
    add(schemes.get(engine ?? ""), path, true);
    add(schemes.get(address.exec(text)?.[1] ?? ""), path);
    for (const full of file.imports.values()) add(drivers.get(full.split(".")[0] ?? ""), path);
  }
  for (const file of files)
    if (/(?:^|\/)\.(?:env|flaskenv)$/.test(file.path))
      add(schemes.get(address.exec(readableText(file))?.[1] ?? ""), file.path);
  return [...found.values()];
}

/** Variables of the environment without which an import fails, and which no file of the project sets. */
export function neededVariables(modules: readonly PythonModule[], set: ReadonlySet<string>): readonly Doubt[] {
  const found = new Map<string, Doubt>();
  for (const { path, text, file } of modules) {
    if (tests.test(path) || file.tooDeep !== undefined) continue;
    for (const { value, inFunction, ifMain, from } of file.assignments) {
      if (inFunction || ifMain || value.kind !== "name") continue;
      const name = /^(?:os\.)?environ\["(\w+)"\]$/.exec(value.text)?.[1];
      if (name === undefined || set.has(name) || found.has(name)) continue;
      found.set(name, { kind: "needs variable", path, line: lineAt(text, from), name });
    }
  }
  return [...found.values()];
}
