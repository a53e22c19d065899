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

/** What a unit says of one server that it starts. */
interface UnitFacts {
  readonly server: ServerCommand["server"];
  readonly start: UnitSetting;
  /** The last one of a key in `[Service]`, which is the one that counts. */
  service(key: string): UnitSetting | undefined;
  /** The server has one of these options. */
  has(...flags: string[]): boolean;
  /** Its settings stand in a file of its own. */
  readonly ownFile: boolean;
  /** A socket of systemd's starts it. */
  readonly bySocket: boolean;
  /** It is a unit of a user's own manager. */
  readonly ofUser: boolean;
  /** Something starts it at boot. */
  readonly installed: boolean;
}

/** One rule: what it finds in a unit, with the place. Undefined: nothing. */
type UnitRule = (facts: UnitFacts) => readonly [rule: RuleName, place: Place, about?: string] | undefined;

const unitRules: readonly UnitRule[] = [
  ({ service, start, bySocket }) => {
    const restart = service("Restart");
    if (restart !== undefined && restart.value !== "no") return undefined;
    return [bySocket ? "restarted-by-its-socket" : "nobody-restarts", restart ?? start];
  },
  (facts) => {
    const { service, start } = facts;
    const user = service("User");
    if (facts.ofUser) return undefined;
    if (user !== undefined) return /^(?:root|0)$/.test(user.value) ? ["unit-runs-as-root", user] : undefined;
    return givesUpRoot(facts) ? undefined : ["unit-runs-as-root", start];
  },
  ({ service, server }) => {
    const type = service("Type");
    if (type === undefined || !/^notify/.test(type.value)) return undefined;
    if (server === "flask") return ["waits-for-a-notice", type, "flask run"];
    return server === "waitress" ? ["waits-for-a-notice", type, "waitress-serve"] : undefined;
  },
  ({ service, start, has }) => {
    const type = service("Type");
    const daemon = has("--daemon", "-D", "--daemonize", "-d");
    if (type?.value === "forking") return daemon ? undefined : ["waits-for-a-fork", type];
    return daemon ? ["leaves-the-service", start] : undefined;
  },
  ({ service, server }) => {
    const signal = service("KillSignal");
    const breaksOff = server === "gunicorn" && signal && /^(?:SIG)?(?:QUIT|INT|KILL)$/.test(signal.value);
    return breaksOff ? ["breaks-off-answers", signal, signal.value] : undefined;
  },
  ({ service, server, start, has }) => {
    const signal = service("KillSignal");
    const byTerm = signal === undefined || /^(?:SIG)?TERM$/.test(signal.value);
    return server === "uwsgi" && byTerm && !has("--die-on-term") ? ["uwsgi-term-reloads", signal ?? start] : undefined;
  },
  ({ installed, bySocket, start }) => {
    const template = /%[iI]/.test(start.value);
    return installed || bySocket || template ? undefined : ["not-started-at-boot", start];
  },
];

/** What the unit makes of the server. */
function findAround(unit: UnitFile, command: ServerCommand, start: UnitSetting): readonly Finding[] {
  const facts = factsOf(unit, command, start);
  return unitRules.flatMap((look) => {
    const [rule, place, about = ""] = look(facts) ?? [];
    return rule === undefined || place === undefined ? [] : [{ rule, about, from: place.from, to: place.to }];
  });
}

function factsOf(unit: UnitFile, { server, words }: ServerCommand, start: UnitSetting): UnitFacts {
  const named = valuesOf(unit, "Unit", "Requires").some(({ value }) => value.includes(".socket"));
  const wanted = valuesOf(unit, "Install", "WantedBy");
  return {
    server,
    start,
    service: (key) => lastOf(unit, "Service", key),
    has: (...flags) => words.some(({ text }) => flags.some((flag) => text === flag || text.startsWith(`${flag}=`))),
    ownFile: words.some(({ text }) => /\.ini$/.test(text)),
    bySocket: named || valuesOf(unit, "Service", "Sockets").length > 0,
    ofUser: wanted.some(({ value }) => value.includes("default.target")),
    installed: wanted.length > 0 || valuesOf(unit, "Install", "RequiredBy").length > 0,
  };
}

/** Another user is taken without `User=`: by systemd, by an option, or by uWSGI's emperor and files of its own. */
function givesUpRoot({ service, server, has, ownFile }: UnitFacts): boolean {
  const isDynamic = /^(?:yes|true|1|on)$/i.test(service("DynamicUser")?.value ?? "");
  const itself = server === "uwsgi" && (ownFile || has("--uid", "--emperor", "--ini", "--xml", "--yaml", "--json"));
  return isDynamic || itself || has("--user", "-u");
}
