/** Audits a service of systemd. */
import { findInServer } from "../command/audit-command.ts";
import { readCommands, type ServerCommand } from "../command/server-commands.ts";
import type { Finding, Place } from "../findings/finding.ts";
import type { RuleName } from "../findings/rules.ts";
import { lastOf, readUnit, type UnitFile, type UnitSetting, valuesOf } from "./unit-file.ts";

/** Names of environment variables whose values are keys. */
const secretName = /^(?!.*PUBLIC).*(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|_KEY|^KEY)$/i;

/** What there is to say of a unit file. */
export function auditUnit(text: string): readonly Finding[] {
  const unit = readUnit(text);
  const findings: Finding[] = [];
  const add = (rule: RuleName, { from, to }: Place, about = "") => findings.push({ rule, about, from, to });
  for (const mistake of unit.mistakes) add("unit-not-understood", mistake, mistake.line.slice(0, 60));
  for (const setting of valuesOf(unit, "Service", "Environment")) {
    for (const [, name = "", value = ""] of setting.value.matchAll(/(?<!\w)["']?([A-Za-z_]\w*)=([^"'\s]*)/g)) {
      if (secretName.test(name) && value !== "") add("secret-in-unit", setting, name);
      if (name === "FLASK_DEBUG" && /^(?:1|true|yes|on)$/i.test(value)) add("debug-in-environment", setting, name);
      if (name === "WERKZEUG_DEBUG_PIN" && value === "off") add("pin-off", setting);
    }
  }
  const starts = valuesOf(unit, "Service", "ExecStart");
  const servers = starts.flatMap((start) => serversIn(start, text, add));
  for (const { server, finds, start } of servers) {
    findings.push(...finds);
    findings.push(...findAround(unit, server, start));
  }
  return findings;
}

interface StartedServer {
  readonly server: ServerCommand;
  readonly finds: readonly Finding[];
  readonly start: UnitSetting;
}

/** The servers of one `ExecStart`, which systemd runs without a shell. */
function serversIn(
  start: UnitSetting,
  text: string,
  add: (rule: RuleName, place: Place, about?: string) => void,
): readonly StartedServer[] {
  const written = text.slice(start.valueFrom, start.to);
  const [prefix = ""] = /^[@:+!|-]*/.exec(written) ?? [];
  const command = written.slice(prefix.length);
  const operator = /(?:^|\s)(&&|\|\||[|<>;&]|>>|2>&1)(?=\s|$)|\$\(|`/.exec(command);
  const shell = /^\S*\/(?:ba|da|z)?sh\s/.test(command);
  if (operator && !shell) add("no-shell-in-a-unit", start, operator[1] ?? operator[0]);
  const [program = ""] = command.split(/\s/);
  if (/^[~.]|^[^/$%"'\s][^\s]*\//.test(program)) add("program-not-found", start, program);
  // Of the same length, so that places stay true. A specifier (%i) is a word like others.
  const inner = shell
    ? command.replace(
        /^(\S+\s+-\w*c\s+)(["'])([\s\S]*)\2\s*$/,
        (_, head: string, __, body: string) => `${" ".repeat(head.length + 1)}${body} `,
      )
    : command;
  const offset = start.valueFrom + prefix.length;
  const read = readCommands(inner);
  if (!read.ok) return [];
  return read.servers.map((server) => ({
    server,
    start,
    // What would leave a shell leaves the service, which is said of the unit.
    finds: findInServer(server)
      .filter(({ rule }) => rule !== "nobody-watches")
      .map((each) => ({
        ...each,
        from: each.from + offset,
        to: Math.min(start.to, each.to + offset),
      })),
  }));
}

/** What the unit makes of the server. */
function findAround(unit: UnitFile, { server, words }: ServerCommand, start: UnitSetting): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (rule: RuleName, { from, to }: Place, about = "") => findings.push({ rule, about, from, to });
  const service = (key: string) => lastOf(unit, "Service", key);
  const named = valuesOf(unit, "Unit", "Requires").some(({ value }) => value.includes(".socket"));
  const bySocket = named || valuesOf(unit, "Service", "Sockets").length > 0;
  const wanted = valuesOf(unit, "Install", "WantedBy");
  const ofUser = wanted.some(({ value }) => value.includes("default.target"));
  const type = service("Type");
  const restart = service("Restart");
  const has = (...flags: string[]) =>
    words.some(({ text }) => flags.some((flag) => text === flag || text.startsWith(`${flag}=`)));

  if (restart === undefined || restart.value === "no") {
    add(bySocket ? "restarted-by-its-socket" : "nobody-restarts", restart ?? start);
  }
  if (!ofUser) {
    const user = service("User");
    const dynamic = service("DynamicUser");
    // The emperor of uWSGI, and files of its own, give up root themselves.
    const itself =
      server === "uwsgi" &&
      (has("--uid", "--emperor", "--ini", "--xml", "--yaml", "--json") ||
        words.some(({ text }) => /\.ini$/.test(text)));
    const isDynamic = dynamic !== undefined && /^(?:yes|true|1|on)$/i.test(dynamic.value);
    if (user?.value === "root" || user?.value === "0") add("unit-runs-as-root", user);
    else if (user === undefined && !isDynamic && !itself && !has("--user", "-u")) add("unit-runs-as-root", start);
  }
  if (type !== undefined && /^notify/.test(type.value) && (server === "waitress" || server === "flask")) {
    add("waits-for-a-notice", type, server === "flask" ? "flask run" : "waitress-serve");
  }
  const daemon = has("--daemon", "-D", "--daemonize", "-d");
  if (type?.value === "forking" && !daemon) add("waits-for-a-fork", type);
  if (type?.value !== "forking" && daemon) add("leaves-the-service", start);
  const signal = service("KillSignal");
  if (server === "gunicorn" && signal && /^(?:SIG)?(?:QUIT|INT|KILL)$/.test(signal.value)) {
    add("breaks-off-answers", signal, signal.value);
  }
  if (server === "uwsgi" && !has("--die-on-term") && (signal === undefined || /^(?:SIG)?TERM$/.test(signal.value))) {
    add("uwsgi-term-reloads", signal ?? start);
  }
  const installs = wanted.length > 0 || valuesOf(unit, "Install", "RequiredBy").length > 0;
  const template = /%[iI]/.test(start.value);
  if (!installs && !bySocket && !template) add("not-started-at-boot", start);
  return findings;
}
