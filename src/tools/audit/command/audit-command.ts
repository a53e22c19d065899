/** Audits commands that start a server, alone or in the files in which they stand. */
import { isForEverybody, isUnixSocket } from "../findings/addresses.ts";
import type { Finding, Place } from "../findings/finding.ts";
import { findInSettings } from "../findings/gunicorn-settings.ts";
import { nearestName } from "../findings/nearest-name.ts";
import type { RuleName } from "../findings/rules.ts";
import { givesKeyAway } from "../findings/secrets.ts";
import { readComposeFile } from "./compose-file.ts";
import { readDockerfile } from "./dockerfile.ts";
import type { FoundCommands } from "./found-commands.ts";
import { flaskRunOptions, gunicornOptions, type OptionTable, uwsgiOptions, waitressOptions } from "./option-table.ts";
import { type PlacedVariable, type PlacedWord, splitWords } from "./placed-word.ts";
import { readProcfile } from "./procfile.ts";
import { type Given, readOptions } from "./read-options.ts";
import { readCommands, type ServerCommand } from "./server-commands.ts";
import { readSupervisor } from "./supervisor-file.ts";

/** Files in which commands stand; each answers undefined for a text that is none. */
const files: readonly ((text: string) => FoundCommands | undefined)[] = [
  readDockerfile,
  readComposeFile,
  readSupervisor,
  readProcfile,
];

/** What there is to say of a text with commands: of a shell's, a Dockerfile, a Procfile, a file of supervisor or Compose. */
export function auditCommand(text: string): readonly Finding[] {
  const whole = { from: 0, to: text.length };
  for (const read of files) {
    const found = read(text);
    if (found === undefined) continue;
    const { servers, mistakes, findings } = found;
    if (servers.length + mistakes.length === 0) return [finding("no-server", whole), ...findings];
    return [...notUnderstood(mistakes), ...servers.flatMap((server) => findInServer(server)), ...findings];
  }
  const { servers, mistakes } = readCommands(text);
  if (servers.length + mistakes.length === 0) return text.trim() === "" ? [] : [finding("no-server", whole)];
  return [...notUnderstood(mistakes), ...servers.flatMap((server) => findInServer(server, "secret-on-command-line"))];
}

function notUnderstood(mistakes: FoundCommands["mistakes"]): readonly Finding[] {
  return mistakes.map(({ message, from, to }) => ({ rule: "not-a-command-line", about: message, from, to }));
}

/** Flask takes these for yes. */
const yes = /^(?:1|true|yes|on|t|y)$/i;

/** What an environment variable means, wherever it is set. */
export function findInVariable({ name, text, from, to }: PlacedVariable, secret: RuleName | undefined): Finding[] {
  const findings: Finding[] = [];
  if (name === "FLASK_DEBUG" && yes.test(text)) findings.push(finding("debug-in-environment", { from, to }, name));
  if (name === "WERKZEUG_DEBUG_PIN" && text === "off") findings.push(finding("pin-off", { from, to }));
  if (secret !== undefined && givesKeyAway(name, text)) findings.push(finding(secret, { from, to }, name));
  return findings;
}

/**
 * What there is to say of one server.
 *
 * @param secret the rule for a key in its environment; undefined where the file has said that already
 */
export function findInServer(command: ServerCommand, secret?: RuleName): readonly Finding[] {
  const { server, environment, asRoot, unwatched } = command;
  const findings = environment
    .flatMap((variable) => findInVariable(variable, secret))
    .map((each) =>
      server === "flask" && each.rule === "debug-in-environment" ? { ...each, rule: "open-debugger" as const } : each,
    );
  const head = { from: command.from, to: command.words[0]?.to ?? command.to };
  if (asRoot) findings.push(finding("runs-as-root", head, "sudo"));
  if (unwatched) findings.push(finding("nobody-watches", command));
  // A daemon in the background is left alone once.
  findings.push(...of[server](command).filter(({ rule }) => !(unwatched && rule === "nobody-watches")));
  return findings;
}

const of: Readonly<Record<ServerCommand["server"], (command: ServerCommand) => readonly Finding[]>> = {
  flask: (command) => {
    const { given, findings } = look(command.words, flaskRunOptions);
    const host = given.findLast(({ setting }) => setting === "host");
    const debug = given.find(({ setting }) => setting === "debug" || setting === "debugger");
    const about = host?.value !== undefined && isForEverybody(host.value) ? host.value : "";
    return [
      { rule: "development-server", about, from: command.from, to: command.to },
      ...(debug === undefined ? [] : [finding("open-debugger", debug, about === "" ? "--debug" : `--debug, ${about}`)]),
      ...findings,
    ];
  },
  gunicorn: (command) => {
    const own = look(command.words, gunicornOptions);
    const more = inEnvironment(command);
    const given = [...more.given, ...own.given];
    const settings = given.map(({ setting, value, expands, from, to }) => ({
      name: setting,
      value: value ?? "True",
      expands,
      from,
      to,
    }));
    const found = findInSettings(settings).map((each) =>
      each.rule === "secret-in-file" ? { ...each, rule: "secret-on-command-line" as const } : each,
    );
    const has = (name: string) => given.some(({ setting }) => setting === name);
    const elsewhere = ["config", "workers", "threads", "worker_class", "check_config", "print_config"].some(has);
    const concurrency = command.environment.some(({ name }) => name === "WEB_CONCURRENCY");
    if (!elsewhere && !concurrency && !more.unknown) found.push(finding("one-at-a-time", command));
    const [app] = own.rest;
    if (app !== undefined && !app.expands && !isModule(app.text)) found.push(finding("not-a-module", app, app.text));
    if (app === undefined && !["config", "wsgi_app", "paste"].some(has) && !more.unknown) {
      found.push(finding("no-app", command));
    }
    return [...found, ...own.findings, ...more.findings];
  },
  waitress: (command) => {
    const { given, findings, rest } = look(command.words, waitressOptions);
    const more: Finding[] = [];
    const exposed = given.find(({ setting }) => setting === "expose_tracebacks");
    if (exposed) more.push(finding("tracebacks-for-strangers", exposed));
    const trusted = given.find(({ setting, value }) => setting === "trusted_proxy" && value === "*");
    if (trusted && !given.some(({ setting }) => setting === "unix_socket")) {
      more.push(finding("waitress-trusts-everybody", trusted));
    }
    const at = (name: string) => given.filter(({ setting }) => setting === name);
    const listens = [...at("host"), ...at("listen")];
    const open = listens.find(({ value }) => value?.split(" ").some(isForEverybody));
    if (open) more.push(finding("everybody-can-connect", open, open.value));
    else if (listens.length + at("unix_socket").length + at("sockets").length === 0) {
      const [port] = at("port");
      more.push(finding("everybody-can-connect", port ?? command, `0.0.0.0:${port?.value ?? "8080"}`));
    }
    if (at("threads").length === 0) more.push(finding("four-threads", command));
    const [app] = rest;
    const named = app ?? at("app")[0];
    if (named === undefined) more.push(finding("no-app", command));
    else if (app !== undefined && !app.expands && !isObject(app.text)) {
      more.push(finding("not-a-module", app, app.text));
    }
    return [...more, ...findings];
  },
  uwsgi: (command) => {
    const { given } = look(command.words, uwsgiOptions);
    const last = (name: string) => given.findLast(({ setting }) => setting === name);
    const findings: Finding[] = [];
    for (const socket of given.filter(({ setting }) => setting === "socket")) {
      const { value = "" } = socket;
      if (!isUnixSocket(value) && isForEverybody(value)) findings.push(finding("uwsgi-open-socket", socket, value));
    }
    for (const http of given.filter(({ setting }) => setting.startsWith("http"))) {
      if (isForEverybody(http.value ?? "")) findings.push(finding("everybody-can-connect", http, http.value));
    }
    const reload = last("py-autoreload");
    if (reload && reload.value !== "0") findings.push(finding("uwsgi-autoreload", reload));
    const shown = last("catch-exceptions");
    if (shown) findings.push(finding("uwsgi-shows-exceptions", shown));
    const user = last("uid");
    if (user?.value === "root" || user?.value === "0") findings.push(finding("runs-as-root", user, "--uid"));
    const left = last("daemonize");
    if (left) findings.push(finding("nobody-watches", left));
    // A file may say the rest.
    const inFile = ["ini", "xml", "yaml", "json", "emperor"].some((name) => last(name) !== undefined);
    if (inFile || command.words.some(({ text }) => /\.(?:ini|xml|ya?ml|json)$/.test(text))) return findings;
    if (!last("master")) findings.push(finding("uwsgi-no-master", command));
    if (!last("harakiri")) findings.push(finding("uwsgi-no-time-out", command));
    return findings;
  },
};

/** `shop`, `shop.wsgi:app`, `shop:create_app("prod")`: what gunicorn imports (`gunicorn.util.import_app`). */
function isModule(app: string): boolean {
  const [module = "", object] = app.split(/:([\s\S]*)/);
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(module) || module.endsWith(".py")) return false;
  return object === undefined || /^[A-Za-z_]\w*(?:\([\s\S]*\))?$/.test(object);
}

/** `shop:app`, `shop.wsgi.app`: what Waitress imports, with `pkgutil.resolve_name`. */
function isObject(app: string): boolean {
  return /^[A-Za-z_][\w.]*[.:][A-Za-z_][\w.]*$/.test(app) && !/\.py(?::|$)/.test(app);
}

/** The settings of `GUNICORN_CMD_ARGS`, which gunicorn reads before its command line. */
function inEnvironment({ environment }: ServerCommand): Looked & { readonly unknown: boolean } {
  const variable = environment.findLast(({ name }) => name === "GUNICORN_CMD_ARGS");
  if (variable === undefined) return { given: [], findings: [], rest: [], unknown: false };
  if (variable.expands) return { given: [], findings: [], rest: [], unknown: true };
  const { words } = splitWords(variable.text, { from: 0, expands: /\$^/, escapesInSingleQuotes: false });
  const { from, to } = variable;
  return {
    ...look(
      words.map((word) => ({ ...word, from, to })),
      gunicornOptions,
    ),
    unknown: false,
  };
}

function finding(rule: RuleName, { from, to }: Place, about = ""): Finding {
  return { rule, about, from, to };
}

/** Arguments, looked at. */
interface Looked {
  readonly given: readonly Given[];
  readonly rest: readonly PlacedWord[];
  readonly findings: readonly Finding[];
}

/** The settings that a command line gives, and what its server would refuse. */
function look(words: readonly PlacedWord[], table: OptionTable): Looked {
  const { given, rest, problems } = readOptions(words, table);
  const flags = table.options.flatMap((option) => option.flags);
  const findings = problems.map(({ kind, about, from, to }) => {
    const meant = kind === "unknown-option" && !about.includes("(") ? nearestName(about, flags) : undefined;
    return { rule: kind, about: meant === undefined ? about : `${about} (${meant}?)`, from, to };
  });
  return { given, rest, findings };
}
