/** The two command lines of a project, and why these. */
import { splitLine } from "../../lab/command/parse-command-line.ts";
import { fullName } from "../../tools/audit/python/python-file.ts";
import type { ProjectFile } from "../files/project-file.ts";
import { quoted } from "../files/quoted-word.ts";
import { requirementNames } from "../packages/requirements.ts";
import type { FoundApp } from "./find-apps.ts";
import type { PythonModule } from "./python-module.ts";
import type { AppKind, Doubt, Proposal, ProposalReason } from "./recognition.ts";
import { flaskEnvironment, gunicornFile, uwsgiFile, writtenCommand } from "./written-commands.ts";

/** What two command lines are proposed from. */
export interface Subject {
  readonly files: readonly ProjectFile[];
  readonly modules: readonly PythonModule[];
  readonly app: FoundApp & { readonly name: string };
}

/** The proposals, and what could not be told on the way. */
export interface Proposals {
  readonly target: string;
  readonly development: Proposal;
  readonly production: Proposal;
  readonly doubts: readonly Doubt[];
}

const port = 8000;
const workers = 4;
const bind = `0.0.0.0:${port}`;
/** Programs that serve in production, and are in the page. */
const servers = new Set(["gunicorn", "waitress-serve", "uvicorn", "hypercorn"]);
/** Development servers and Python itself: what a project says of them is no production. */
const development = /^(?:flask|quart|fastapi|python[\d.]*|manage\.py|.*\/manage\.py)$/;
const asyncKinds: readonly AppKind[] = ["fastapi", "starlette", "quart", "asgi"];

/** Proposes both command lines. */
export function propose(subject: Subject): Proposals {
  const { app } = subject;
  const target = `${app.module.name}:${app.name}${app.factory ? "()" : ""}`;
  const prefix = app.module.root === "" ? "" : `PYTHONPATH=${quoted(app.module.root)} `;
  const production = productionOf(subject, target, prefix);
  const inFolder: readonly Doubt[] = app.module.root === "" ? [] : [{ kind: "in a folder", folder: app.module.root }];
  return {
    target,
    development: developmentOf(subject, target, prefix),
    production: production.proposal,
    doubts: [...inFolder, ...production.doubts],
  };
}

function developmentOf(subject: Subject, target: string, prefix: string): Proposal {
  const { app, modules } = subject;
  const propose = (command: string, reason: ProposalReason): Proposal => ({ command: `${prefix}${command}`, reason });
  switch (app.kind) {
    case "flask": {
      const debug = wantsDebug(subject);
      const where = flaskTarget(app);
      return propose(`flask --app ${quoted(where)} run${debug ? " --debug" : ""}`, { kind: "flask run", debug });
    }
    case "quart":
      return propose(`quart --app ${quoted(flaskTarget(app))} run`, { kind: "quart run" });
    case "django":
      return propose(`python ${quoted(managePath(modules) ?? "manage.py")} runserver`, { kind: "runserver" });
    case "fastapi":
    case "starlette":
    case "asgi":
      return propose(uvicorn(app, target, "--reload"), { kind: "uvicorn reload" });
    case "bottle":
    case "wsgi": {
      const main = ownMain(subject);
      if (main !== undefined) return { command: `python ${quoted(main)}`, reason: { kind: "own main", path: main } };
      return propose(`gunicorn --reload -b 0.0.0.0:5000 ${quoted(target)}`, { kind: "gunicorn reload" });
    }
  }
}

/** As `flask --app` takes it: the usual names need not be said. */
function flaskTarget({ module, name, factory }: Subject["app"]): string {
  const usual = factory ? ["create_app", "make_app"] : ["app", "application"];
  return usual.includes(name) ? module.name : `${module.name}:${name}`;
}

function uvicorn({ factory, name, module }: Subject["app"], target: string, options: string): string {
  return factory
    ? `uvicorn --factory ${quoted(`${module.name}:${name}`)} ${options}`
    : `uvicorn ${quoted(target)} ${options}`;
}

function wantsDebug({ files, modules }: Subject): boolean {
  const said = flaskEnvironment(files).get("FLASK_DEBUG");
  if (said !== undefined) return !/^(?:0|false|no|)$/i.test(said);
  return modules.some(({ file }) =>
    file.calls.some(
      ({ callee, keywords }) =>
        callee.endsWith(".run") &&
        keywords.some(({ name, value }) => name === "debug" && value.kind === "name" && value.text === "True"),
    ),
  );
}

function managePath(modules: readonly PythonModule[]): string | undefined {
  return modules.find(({ path }) => /(?:^|\/)manage\.py$/.test(path))?.path;
}

/** The file that serves the app when Python runs it. */
function ownMain({ modules, app }: Subject): string | undefined {
  const serves = ({ file }: PythonModule) =>
    file.calls.some(
      (call) =>
        !call.inFunction &&
        /^(?:bottle\.run|wsgiref\.simple_server\.make_server|waitress\.serve)$|\.run$/.test(
          fullName(call.callee, file.imports),
        ),
    );
  return [app.module, ...modules].find(serves)?.path;
}

function productionOf(
  subject: Subject,
  target: string,
  prefix: string,
): { readonly proposal: Proposal; readonly doubts: readonly Doubt[] } {
  const { files, app } = subject;
  const written = fromProject(subject, prefix);
  if (written.proposal) return { proposal: written.proposal, doubts: written.doubts };
  const propose = (command: string, reason: ProposalReason) => ({
    proposal: { command: `${prefix}${command}`, reason },
    doubts: written.doubts,
  });
  const wanted = requirementNames(files);
  if (asyncKinds.includes(app.kind)) {
    if (app.kind === "quart" || (wanted.has("hypercorn") && !wanted.has("uvicorn")))
      return propose(`hypercorn -w ${workers} -b ${bind} ${quoted(target)}`, { kind: "hypercorn workers" });
    return propose(uvicorn(app, target, `--host 0.0.0.0 --port ${port} --workers ${workers}`), {
      kind: "uvicorn workers",
    });
  }
  const config = gunicornFile(files);
  if (config !== undefined) {
    const own = config.sets.has("bind") ? "" : ` -b ${bind}`;
    const serves = config.app === undefined ? ` ${quoted(target)}` : "";
    return propose(`gunicorn${own}${serves}`, { kind: "gunicorn config", path: config.path });
  }
  const uwsgi = uwsgiFile(files);
  if (uwsgi !== undefined) {
    const threads = uwsgi.threads > 1 ? ` --threads ${uwsgi.threads}` : "";
    return {
      proposal: {
        command: `${prefix}gunicorn -w ${uwsgi.workers}${threads} -b ${bind} ${quoted(uwsgi.target)}`,
        reason: { kind: "gunicorn workers" },
      },
      doubts: [...written.doubts, { kind: "unknown program", path: uwsgi.path, program: "uwsgi" }],
    };
  }
  if (wanted.has("waitress") && !wanted.has("gunicorn")) {
    const called = app.factory ? `--call ${quoted(target.slice(0, -2))}` : quoted(target);
    return propose(`waitress-serve --listen=${bind} ${called}`, { kind: "waitress required" });
  }
  return propose(`gunicorn -w ${workers} -b ${bind} ${quoted(target)}`, { kind: "gunicorn workers" });
}

/** What Procfile or Dockerfile say, where it can run here. */
function fromProject(
  { files }: Subject,
  prefix: string,
): { readonly proposal?: Proposal; readonly doubts: readonly Doubt[] } {
  const found = writtenCommand(files);
  if (found === undefined) return { doubts: [] };
  const { path, line } = found;
  const parts = line.split("&&");
  const command = (parts.at(-1) ?? "")
    .trim()
    .replace(/^exec\s+/, "")
    .replace(/\$PORT\b|\$\{PORT(?::?-\d+)?\}/g, String(port));
  const split = splitLine(command);
  if (!split.ok || /\$/.test(command)) return { doubts: [{ kind: "unreadable command", path, line }] };
  const program = split.words[0]?.text ?? "";
  if (development.test(program)) return { doubts: [] };
  if (!servers.has(program)) return { doubts: [{ kind: "unknown program", path, program }] };
  const own = split.env.some(([name]) => name === "PYTHONPATH") || /--(?:chdir|app-dir|pythonpath)\b/.test(command);
  return {
    proposal: { command: own ? command : `${prefix}${command}`, reason: { kind: "from file", path, line } },
    doubts: [],
  };
}
