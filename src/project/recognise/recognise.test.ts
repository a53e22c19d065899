import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { splitLine } from "../../lab/command/parse-command-line.ts";
import type { ProjectFile } from "../files/project-file.ts";
import { takeIn } from "../intake/take-in.ts";
import { recognise } from "./recognise.ts";
import type { Recognition } from "./recognition.ts";

/** A project of `content/projects/`, as it is after being dropped as a folder. */
async function dropped(name: string): Promise<readonly ProjectFile[]> {
  const folder = join("content/projects", name);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  const incoming = paths.map((path) => {
    const bytes = new Uint8Array(readFileSync(join(folder, path)));
    return { path: `${name}/${path}`, size: bytes.length, read: async () => bytes };
  });
  return (await takeIn(incoming)).files;
}

const made = (files: Readonly<Record<string, string>>): readonly ProjectFile[] =>
  Object.entries(files).map(([path, text]) => ({ kind: "text", path, text }));
const recogniseText = (files: Readonly<Record<string, string>>) => recognise(made(files));
const commandsOf = ({ app }: Recognition) => [app?.development.command, app?.production.command];
const flask = "from flask import Flask\napp = Flask(__name__)\n";

describe("recognise: the ten projects", () => {
  it.each([
    ["guestbook", "flask", "flask --app guestbook run", 'gunicorn -w 4 -b 0.0.0.0:8000 "guestbook:create_app()"'],
    ["shop", "flask", "flask --app shop run --debug", 'gunicorn -w 4 -b 0.0.0.0:8000 "shop:create_app()"'],
    ["diary", "flask", "flask --app app run --debug", "gunicorn -w 4 -b 0.0.0.0:8000 app:app"],
    ["polls", "django", "python manage.py runserver", "gunicorn -w 4 -b 0.0.0.0:8000 site_settings.wsgi:application"],
    ["tasks", "fastapi", "uvicorn main:app --reload", "uvicorn main:app --host 0.0.0.0 --port 8000 --workers 4"],
    ["quotes", "bottle", "python quotes.py", 'gunicorn -w 4 -b 0.0.0.0:8000 "quotes:default_app()"'],
    ["counter", "wsgi", "python counter.py", "gunicorn -w 4 -b 0.0.0.0:8000 counter:application"],
    ["weather", "flask", "flask --app weather run", "gunicorn --workers 2 --threads 4 --bind 0.0.0.0:8000 weather:app"],
    ["figures", "flask", "flask --app app run", "gunicorn -w 4 -b 0.0.0.0:8000 app:app"],
    ["broken", "flask", "flask --app app run --debug", "gunicorn -w 4 -b 0.0.0.0:8000 app:app"],
  ])("knows %s", async (name, kind, development, production) => {
    const found = recognise(await dropped(name));
    expect(found.app?.kind).toBe(kind);
    expect(commandsOf(found)).toEqual([development, production]);
    for (const command of commandsOf(found)) expect(splitLine(command ?? "").ok).toBe(true);
    expect(found.doubts).toEqual([]);
    if (name !== "broken") expect(found.problems).toEqual([]);
  });

  it("offers what prepares a database", async () => {
    const tasks = async (name: string) => recognise(await dropped(name)).tasks.map(({ command }) => command);
    expect(await tasks("guestbook")).toEqual(["flask --app guestbook init-db"]);
    expect(await tasks("polls")).toEqual(["python manage.py migrate"]);
    const migrated = recogniseText({ "app.py": flask, "migrations/env.py": "" });
    expect(migrated.tasks).toEqual([{ kind: "db upgrade", command: "flask --app app db upgrade" }]);
  });

  it("says in which three ways a project is broken", async () => {
    expect(recognise(await dropped("broken")).problems).toEqual([
      { kind: "not python", path: "models.py", line: 6 },
      { kind: "runs at import", path: "app.py", line: 12, call: "app.run()" },
      { kind: "database server", path: "models.py", server: "PostgreSQL", django: false },
    ]);
  });
});

describe("recognise: where the app is", () => {
  it("finds it in a folder, in a package, and in a folder that is a package without saying so", () => {
    const inFolder = recogniseText({ "backend/server.py": flask, "README.md": "" });
    expect(commandsOf(inFolder)).toEqual([
      "PYTHONPATH=backend flask --app server run",
      "PYTHONPATH=backend gunicorn -w 4 -b 0.0.0.0:8000 server:app",
    ]);
    expect(inFolder.doubts).toEqual([{ kind: "in a folder", folder: "backend" }]);
    const source = recogniseText({ "src/shop/__init__.py": flask });
    expect(source.app?.production.command).toBe("PYTHONPATH=src gunicorn -w 4 -b 0.0.0.0:8000 shop:app");
    const api = "from fastapi import FastAPI\nfrom app.models import x\napp = FastAPI()\n";
    expect(recogniseText({ "app/main.py": api, "app/models.py": "x = 1\n" }).app?.target).toBe("app.main:app");
  });

  it("takes the app that a server would serve, and names the others", () => {
    const { app, doubts } = recogniseText({ "app.py": flask, "admin.py": flask, "tests/test_app.py": flask });
    expect(app?.path).toBe("app.py");
    expect(doubts).toEqual([{ kind: "several apps", taken: "app.py", others: ["admin.py"] }]);
    const named = recogniseText({ ".flaskenv": "FLASK_APP=admin.py\n", "app.py": flask, "admin.py": flask });
    expect(named.app?.development.command).toBe("flask --app admin run");
    expect(recogniseText({ "app.py": flask.replaceAll("app", "site") }).app?.development.command).toBe(
      "flask --app app:site run",
    );
  });

  it("knows an app by what it is, however it is imported or formatted", () => {
    const kinds = (text: string) => recogniseText({ "app.py": text }).app?.kind;
    expect(kinds("import flask\n\napp = (\n    flask.Flask(\n  __name__))\n")).toBeUndefined();
    expect(kinds("import flask as f\napp = f.Flask(\n    __name__,\n)\n")).toBe("flask");
    expect(kinds('"""app = Flask(__name__)"""\n# app = Flask(__name__)\n')).toBeUndefined();
    expect(kinds("from quart import Quart\napp = Quart(__name__)\n")).toBe("quart");
    expect(kinds("from starlette.applications import Starlette\napp = Starlette()\n")).toBe("starlette");
    expect(kinds("async def app(scope, receive, send):\n    pass\n")).toBe("asgi");
    expect(kinds("def app(env, start_response):\n    return []\n")).toBe("wsgi");
    expect(kinds("def helper(a, b):\n    return []\n")).toBeUndefined();
  });

  it("says that a factory needs arguments, and that Bottle's own app has no name", () => {
    const factory = "from flask import Flask\ndef create_app(config, *, debug=False):\n    return Flask(__name__)\n";
    const needing = recogniseText({ "app.py": factory });
    expect(needing.doubts).toEqual([{ kind: "factory needs arguments", path: "app.py", name: "create_app" }]);
    const bottle = recogniseText({ "a.py": 'import bottle\n@bottle.route("/")\ndef i():\n    return "x"\n' });
    expect(bottle.doubts).toEqual([{ kind: "app without a name", path: "a.py" }]);
    expect(commandsOf(bottle)).toEqual(["python a.py", "python a.py"]);
  });

  it("says that there is none", () => {
    expect(recogniseText({ "notes.txt": "" }).problems).toEqual([{ kind: "no app", hasPython: false }]);
    expect(recogniseText({ "a.py": "print(1)\n" }).problems).toEqual([{ kind: "no app", hasPython: true }]);
  });
});

describe("recognise: what the project itself says", () => {
  const production = (files: Record<string, string>) => recogniseText({ "app.py": flask, ...files }).app?.production;
  const doubts = (files: Record<string, string>) => recogniseText({ "app.py": flask, ...files }).doubts;

  it("takes the command of a Procfile or a Dockerfile, and what it takes to run it here", () => {
    const line = `gunicorn app:app -b :\${PORT:-5000} --timeout 60`;
    expect(production({ Procfile: `web: ${line}\n` })).toEqual({
      command: "gunicorn app:app -b :8000 --timeout 60",
      reason: { kind: "from file", path: "Procfile", line },
    });
    const json = 'FROM python\nCMD ["flask", "run"]\nCMD ["gunicorn", "-w", "3", "app:app"]\n';
    expect(production({ Dockerfile: json })?.command).toBe("gunicorn -w 3 app:app");
    const entry = 'ENTRYPOINT ["gunicorn"]\nCMD ["app:create_app()"]\n';
    expect(production({ Dockerfile: entry })?.command).toBe('gunicorn "app:create_app()"');
    const shell = "CMD python manage.py migrate && \\\n  exec gunicorn app:app\n";
    expect(production({ Dockerfile: shell })?.command).toBe("gunicorn app:app");
    expect(production({ Dockerfile: 'CMD ["python", "app.py"]\n' })?.reason.kind).toBe("gunicorn workers");
  });

  it("says what it cannot run", () => {
    expect(doubts({ Procfile: "web: daphne app.asgi:application\n" })).toEqual([
      { kind: "unknown program", path: "Procfile", program: "daphne" },
    ]);
    expect(doubts({ Procfile: "web: gunicorn $MODULE\n" })).toEqual([
      { kind: "unreadable command", path: "Procfile", line: "gunicorn $MODULE" },
    ]);
  });

  it("leaves to gunicorn's own file what it sets, and reads uWSGI's", () => {
    expect(production({ "gunicorn.conf.py": "workers = 2\n" })?.command).toBe("gunicorn -b 0.0.0.0:8000 app:app");
    const whole = 'bind = "0.0.0.0:9000"\nwsgi_app = "app:app"\n';
    expect(production({ "gunicorn.conf.py": whole })?.command).toBe("gunicorn");
    const ini = "[uwsgi]\nmodule = app:app\nprocesses = 2\nthreads = 3\n";
    expect(production({ "uwsgi.ini": ini })?.command).toBe("gunicorn -w 2 --threads 3 -b 0.0.0.0:8000 app:app");
    expect(doubts({ "uwsgi.ini": ini })).toEqual([{ kind: "unknown program", path: "uwsgi.ini", program: "uwsgi" }]);
    expect(production({ "requirements.txt": "flask\nwaitress\n" })?.command).toBe(
      "waitress-serve --listen=0.0.0.0:8000 app:app",
    );
  });
});

describe("recognise: what will go wrong", () => {
  const problems = (text: string, files: Record<string, string> = {}) =>
    recogniseText({ "app.py": flask + text, ...files }).problems;

  it("names threads at import, databases that are servers, and files that hide packages", () => {
    expect(problems("import threading\nthreading.Thread(target=print).start()\n")).toEqual([
      { kind: "thread at import", path: "app.py", line: 4 },
    ]);
    expect(problems("import subprocess\nsubprocess.run(['ls'])\n")).toEqual([]);
    expect(problems('if __name__ == "__main__":\n    app.run(port=5001)\n')).toEqual([]);
    expect(problems("from multiprocessing import Pool\npool = Pool(4)\n")).toEqual([
      { kind: "thread at import", path: "app.py", line: 4 },
    ]);
    expect(problems("", { ".env": "CACHE=rediss://a/0\nQUEUE=amqp://b\n" })).toEqual([
      { kind: "database server", path: ".env", server: "Redis", django: false },
      { kind: "database server", path: ".env", server: "RabbitMQ", django: false },
    ]);
    expect(problems("from pymemcache.client.base import Client\n")).toMatchObject([{ server: "Memcached" }]);
    expect(problems("", { ".env": "DATABASE_URL=mysql+pymysql://a@b/c\n" })).toEqual([
      { kind: "database server", path: ".env", server: "MySQL", django: false },
    ]);
    expect(problems("", { "s.py": 'D = {"ENGINE": "django.db.backends.postgresql"}\n' })).toEqual([
      { kind: "database server", path: "s.py", server: "PostgreSQL", django: true },
    ]);
    expect(problems("", { "flask.py": "" })).toEqual([{ kind: "shadows package", path: "flask.py", name: "flask" }]);
  });

  it.each([
    ["from app import app\napp.run(port=80)\n", "app.run()"],
    ["import app as site\nsite.app.run()\n", "site.app.run()"],
    ["from wsgiref.simple_server import make_server\nmake_server('', 1, print).serve_forever()\n", undefined],
    ["from hypercorn.run import run\nrun(1)\n", "run()"],
  ])("names a server that starts at import: %j", (text, call) => {
    expect(problems("", { "wsgi.py": text })).toMatchObject([
      { kind: "runs at import", path: "wsgi.py", line: 2, ...(call !== undefined && { call }) },
    ]);
  });

  it("takes no function of the project's own for a server", () => {
    for (const text of ["import jobs\njobs.run()\n", "from jobs import run\nrun()\n"])
      expect(problems("", { "jobs.py": "def run(): ...\n", "wsgi.py": text })).toEqual([]);
  });

  it("names a port that only the file itself would listen on", () => {
    const doubts = (text: string) => recogniseText({ "app.py": text }).doubts;
    const main = (call: string) => `if __name__ == "__main__":\n    ${call}\n`;
    const own = { kind: "port of its own", path: "app.py", line: 4, port: 9000 };
    expect(doubts(flask + main('app.run(host="0.0.0.0", port=9000)'))).toEqual([own]);
    expect(doubts(`from fastapi import FastAPI\napp = FastAPI()\n${main("uvicorn.run(app, port=9000)")}`)).toEqual([
      own,
    ]);
    // Its usual one; one that the file does not say; and a file that is what runs.
    expect(doubts(flask + main("app.run(port=5000)"))).toEqual([]);
    expect(doubts(flask + main('app.run(port=int(os.environ["PORT"]))'))).toEqual([]);
    const bottle = "import bottle\napp = bottle.Bottle()\n";
    expect(doubts(bottle + main("bottle.run(app, port=9000)"))).toEqual([]);
  });

  it("names variables that nobody sets", () => {
    const needs = 'import os\nKEY = os.environ["API_KEY"]\n';
    expect(recogniseText({ "app.py": flask + needs }).doubts).toEqual([
      { kind: "needs variable", path: "app.py", line: 4, name: "API_KEY" },
    ]);
    expect(recogniseText({ "app.py": flask + needs, ".env": "API_KEY=a\n" }).doubts).toEqual([]);
  });

  it("reads anything within a time in proportion, and never throws", () => {
    for (const text of ["(".repeat(50_000), "@".repeat(50_000), "\0\n".repeat(1000), "def ".repeat(10_000)])
      recogniseText({ "app.py": text, Procfile: text, Dockerfile: text, "pyproject.toml": text, "uwsgi.ini": text });
  });
});
