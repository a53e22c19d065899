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
  ["flask_redis", "Redis"],
  ["django_redis", "Redis"],
  ["mariadb", "MySQL"],
  ["pymssql", "SQL Server"],
  ["mongoengine", "MongoDB"],
  ["flask_mongoengine", "MongoDB"],
  ["pymemcache", "Memcached"],
  ["pylibmc", "Memcached"],
  ["memcache", "Memcached"],
  ["pika", "RabbitMQ"],
  ["aio_pika", "RabbitMQ"],
  ["elasticsearch", "Elasticsearch"],
  ["cassandra", "Cassandra"],
  ["neo4j", "Neo4j"],
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
  ["rediss", "Redis"],
  ["memcached", "Memcached"],
  ["amqp", "RabbitMQ"],
  ["amqps", "RabbitMQ"],
  ["neo4j", "Neo4j"],
  ["bolt", "Neo4j"],
]);
const address =
  /\b(postgres(?:ql)?|mysql|mariadb|oracle|mssql|mongodb|rediss?|memcached|amqps?|neo4j|bolt)(?:\+\w+)?:\/\//g;
const djangoEngine = /django\.db\.backends\.(postgresql|mysql|oracle)/g;

/** Finds the problems. */
export function findProblems(files: readonly ProjectFile[], modules: readonly PythonModule[]): readonly Problem[] {
  const own = modules.filter(({ path }) => !tests.test(path));
  return [
    ...own.flatMap(mistakeIn),
    ...own.flatMap((module) => runAtImport(module, own)),
    ...own.flatMap(threadAtImport),
    ...own.flatMap(shadowing),
    ...databases(files, own),
  ];
}

function mistakeIn({ path, text, file: { mistake } }: PythonModule): readonly Problem[] {
  return mistake === undefined ? [] : [{ kind: "not python", path, line: lineAt(text, mistake.from) }];
}

/** What serves, by its full name. */
const serves =
  /^(?:bottle\.run|waitress\.serve|uvicorn\.run|hypercorn\.run\.run|cherrypy\.quickstart|eventlet\.wsgi\.server|aiohttp\.web\.run_app)$|\.serve_forever$/;

function runAtImport({ path, text, file }: PythonModule, own: readonly PythonModule[]): readonly Problem[] {
  const apps = new Set(file.assignments.filter(({ call }) => call !== undefined).map(({ target }) => target));
  const call = file.calls.find((each) => {
    if (!atImport(each)) return false;
    const name = fullName(each.callee, file.imports);
    const [owner = "", method] = each.callee.split(".");
    const ofApp = method === "run" && apps.has(owner) && !/^(?:subprocess|asyncio)$/.test(owner);
    // `from shop import app`, or `import shop`, and then `app.run()` or `shop.app.run()`.
    const ofOther = /\.run$/.test(name) && file.imports.has(owner) && own.some((other) => isIn(name, other.name));
    return ofApp || ofOther || serves.test(name);
  });
  return call === undefined
    ? []
    : [{ kind: "runs at import", path, line: lineAt(text, call.from), call: `${call.callee}()` }];
}

/** Whether a full name is that of an object of the module, and no function of it: `shop.app.run`, not `shop.run`. */
function isIn(name: string, module: string): boolean {
  return name.startsWith(`${module}.`) && name.slice(module.length + 1).includes(".");
}

function threadAtImport({ path, text, file }: PythonModule): readonly Problem[] {
  const call = file.calls.find(
    (each) =>
      atImport(each) &&
      /^(?:threading\.(?:Thread|Timer)|_thread\.start_new_thread|multiprocessing\.(?:Process|Pool|pool\.\w*Pool)|concurrent\.futures\.\w+Executor|apscheduler\..*Scheduler)$/.test(
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
    for (const [, engine = ""] of text.matchAll(djangoEngine)) add(schemes.get(engine), path, true);
    for (const [, scheme = ""] of text.matchAll(address)) add(schemes.get(scheme), path);
    for (const full of file.imports.values()) add(drivers.get(full.split(".")[0] ?? ""), path);
  }
  for (const file of files)
    if (/(?:^|\/)\.(?:env|flaskenv)$/.test(file.path))
      for (const [, scheme = ""] of readableText(file).matchAll(address)) add(schemes.get(scheme), file.path);
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
