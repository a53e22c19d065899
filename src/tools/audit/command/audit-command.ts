/** Audits shell commands that start a server. */
import { isForEverybody, isUnixSocket } from "../findings/addresses.ts";
import type { Finding, Place } from "../findings/finding.ts";
import { findInSettings } from "../findings/gunicorn-settings.ts";
import { nearestName } from "../findings/nearest-name.ts";
import type { RuleName } from "../findings/rules.ts";
import { flaskRunOptions, gunicornOptions, type OptionTable, uwsgiOptions, waitressOptions } from "./option-table.ts";
import { type Given, readOptions } from "./read-options.ts";
import { readCommands, type ServerCommand } from "./server-commands.ts";

/** What there is to say of a text with shell commands. */
export function auditCommand(text: string): readonly Finding[] {
  const read = readCommands(text);
  if (!read.ok) return [{ rule: "not-a-command-line", about: read.message, from: 0, to: text.length }];
  if (read.servers.length === 0) {
    return text.trim() === "" ? [] : [{ rule: "no-server", about: "", from: 0, to: text.length }];
  }
  return read.servers.flatMap(findInServer);
}

/** Flask takes these for yes. */
const yes = /^(?:1|true|yes|on|t|y)$/i;

/** What there is to say of one server. */
export function findInServer(command: ServerCommand): readonly Finding[] {
  const { server, environment, asRoot, unwatched } = command;
  const findings: Finding[] = [];
  const add = (rule: RuleName, { from, to }: Place, about = "") => findings.push({ rule, about, from, to });
  for (const { name, text, from, to } of environment) {
    if (name === "FLASK_DEBUG" && yes.test(text)) {
      add(server === "flask" ? "open-debugger" : "debug-in-environment", { from, to }, "FLASK_DEBUG");
    }
    if (name === "WERKZEUG_DEBUG_PIN" && text === "off") add("pin-off", { from, to });
  }
  const head = { from: command.from, to: command.words[0]?.to ?? command.to };
  if (asRoot) add("runs-as-root", head, "sudo");
  if (unwatched) add("nobody-watches", command);
  findings.push(...of[server](command));
  return findings;
}

const of: Readonly<Record<ServerCommand["server"], (command: ServerCommand) => readonly Finding[]>> = {
  flask: (command) => {
    const { given, findings } = look(command, flaskRunOptions);
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
    const { given, findings } = look(command, gunicornOptions);
    const settings = given.map(({ setting, value, from, to }) => ({ name: setting, value: value ?? "True", from, to }));
    const found = findInSettings(settings);
    const elsewhere = ["config", "workers", "threads", "worker_class"].some((name) =>
      given.some(({ setting }) => setting === name),
    );
    const inEnvironment = command.environment.some(({ name }) => /^(?:WEB_CONCURRENCY|GUNICORN_CMD_ARGS)$/.test(name));
    if (!elsewhere && !inEnvironment) found.push(finding("one-at-a-time", command));
    return [...found, ...findings];
  },
  waitress: (command) => {
    const { given, findings } = look(command, waitressOptions);
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
      more.push(finding("everybody-can-connect", command, "0.0.0.0:8080"));
    }
    if (at("threads").length === 0) more.push(finding("four-threads", command));
    return [...more, ...findings];
  },
  uwsgi: (command) => {
    const { given } = look(command, uwsgiOptions);
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

function finding(rule: RuleName, { from, to }: Place, about = ""): Finding {
  return { rule, about, from, to };
}

/** The settings that a command line gives, and what its server would refuse. */
function look(
  { words }: ServerCommand,
  table: OptionTable,
): { readonly given: readonly Given[]; readonly findings: readonly Finding[] } {
  const { given, problems } = readOptions(words, table);
  const flags = table.options.flatMap((option) => option.flags);
  const findings = problems.map(({ kind, about, from, to }) => {
    const meant = kind === "unknown-option" && !about.includes("(") ? nearestName(about, flags) : undefined;
    return { rule: kind, about: meant === undefined ? about : `${about} (${meant}?)`, from, to };
  });
  return { given, findings };
}
