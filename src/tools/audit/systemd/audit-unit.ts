/** Audits a service of systemd. */
import { findInServer, findInVariable } from "../command/audit-command.ts";
import { type PlacedVariable, type PlacedWord, splitWords, variablesOf } from "../command/placed-word.ts";
import { readWords, type ServerCommand } from "../command/server-commands.ts";
import { shellOnly } from "../command/shell-only.ts";
import type { Finding, Place } from "../findings/finding.ts";
import type { RuleName } from "../findings/rules.ts";
import { lastOf, readUnit, type UnitFile, type UnitSetting, valuesOf } from "./unit-file.ts";
import { problemsOf } from "./unit-values.ts";

/** What there is to say of a unit file. */
export function auditUnit(text: string): readonly Finding[] {
  const unit = readUnit(text);
  const findings: Finding[] = [];
  const add: Add = (rule, { from, to }, about = "") => findings.push({ rule, about, from, to });
  for (const mistake of unit.mistakes) add("unit-not-understood", mistake, mistake.line.slice(0, 60));
  for (const problem of problemsOf(unit)) add("unit-not-understood", problem, problem.about);
  const environment = valuesOf(unit, "Service", "Environment").flatMap(({ written, valueFrom }) => {
    const { words } = splitWords(written, { from: valueFrom, expands: specifier, escapesInSingleQuotes: true });
    return variablesOf(words);
  });
  for (const variable of environment) findings.push(...findInVariable(variable, "secret-in-unit"));
  const started = execKeys.flatMap((key) =>
    valuesOf(unit, "Service", key).map((start) => ({ key, start, servers: serversIn(start, text, environment, add) })),
  );
  const starts = started.filter(({ key }) => key === "ExecStart");
  for (const { start, servers } of starts) {
    for (const server of servers) {
      // What would leave a shell leaves the service, which is said of the unit; its environment has been looked at.
      const own = { ...server, environment: server.environment.filter((each) => !environment.includes(each)) };
      const finds = findInServer(own, "secret-in-unit").filter(({ rule }) => rule !== "nobody-watches");
      const concurrency = environment.some(({ name }) => /^(?:WEB_CONCURRENCY|GUNICORN_CMD_ARGS)$/.test(name));
      findings.push(...finds.filter(({ rule }) => !(concurrency && rule === "one-at-a-time")));
      findings.push(...findAround(unit, server, start));
    }
  }
  const service = unit.sections.find(({ name }) => name === "Service");
  if (service !== undefined && starts.every(({ servers }) => servers.length === 0)) {
    add("no-server", starts[0]?.start ?? service);
  }
  if (unit.sections.length === 0 && unit.mistakes.length === 0 && text.trim() !== "") {
    add("no-server", { from: 0, to: text.length });
  }
  return findings;
}

type Add = (rule: RuleName, place: Place, about?: string) => void;

/** What systemd starts for a service. */
const execKeys = [
  "ExecStart",
  "ExecStartPre",
  "ExecStartPost",
  "ExecReload",
  "ExecStop",
  "ExecStopPost",
  "ExecCondition",
];

/** systemd puts these in: `${NAME}`, `$NAME`, `%i`. */
const specifier = /\$\{?\w|%[A-Za-z]/;

/** The servers of one command line, which systemd runs without a shell. */
function serversIn(
  start: UnitSetting,
  text: string,
  environment: readonly PlacedVariable[],
  add: Add,
): readonly ServerCommand[] {
  const [prefix = ""] = /^[@:+!|-]*/.exec(start.written) ?? [];
  const from = start.valueFrom + prefix.length;
  const { words, mistake } = splitWords(start.written.slice(prefix.length), {
    from,
    expands: specifier,
    escapesInSingleQuotes: true,
  });
  if (mistake !== undefined) add("unit-not-understood", mistake, mistake.message);
  const operator = shellOnly(words);
  if (operator !== undefined) add("no-shell-in-a-unit", start, operator.text);
  const [program] = words;
  if (program !== undefined && (/^[~.]|^[^/$%\s=][^\s=]*\//.test(program.text) || /^\$/.test(program.text))) {
    add("program-not-found", start, program.text);
  }
  // After @, the second word is what the program is told to be called.
  const called = prefix.includes("@") ? words.filter((_, at) => at !== 1) : words;
  const behind = operator === undefined ? called : afterOperator(called);
  const around = { from: start.from, to: start.to, environment, unwatched: false };
  const { servers, mistakes } = readWords(behind, around, { text, depth: 0 });
  for (const { message, from: at, to } of mistakes) add("not-a-command-line", { from: at, to }, message);
  return servers.map((server) => ({ ...server, from: Math.max(server.from, from) }));
}

/** `cd /srv && gunicorn …`: what the author meant to start. */
function afterOperator(words: readonly PlacedWord[]): readonly PlacedWord[] {
  const at = words.findLastIndex(({ text }) => /^(?:&&|\|\||;)$/.test(text));
  return words.slice(at + 1);
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
  /** It is a part that is laid over another file: what it does not say stands there. */
  readonly isPart: boolean;
  /** It is a unit of a user's own manager. */
  readonly ofUser: boolean;
  /** Something starts it at boot. */
  readonly installed: boolean;
}

/** One rule: what it finds in a unit, with the place. Undefined: nothing. */
type UnitRule = (facts: UnitFacts) => readonly [rule: RuleName, place: Place, about?: string] | undefined;

const unitRules: readonly UnitRule[] = [
  ({ service, start, bySocket, isPart }) => {
    const restart = service("Restart");
    if (restart === undefined && isPart) return undefined;
    // These two start a server again only if nothing was wrong with it, or if a watchdog barked.
    if (restart !== undefined && !/^(?:no|on-success|on-watchdog)$/.test(restart.value)) return undefined;
    return [bySocket ? "restarted-by-its-socket" : "nobody-restarts", restart ?? start];
  },
  (facts) => {
    const { service, start } = facts;
    const user = service("User");
    if (facts.ofUser || (facts.isPart && user === undefined)) return undefined;
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
    if (type?.value === "oneshot") return ["waits-for-a-fork", type];
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
  ({ service }) => {
    const mode = service("KillMode");
    const leaves = mode !== undefined && /^(?:process|none)$/.test(mode.value);
    return leaves ? ["leaves-workers-behind", mode, `KillMode=${mode.value}`] : undefined;
  },
  ({ service, server, has }) => {
    if (server !== "gunicorn" || has("--no-control-socket", "--control-socket", "-c", "--config")) return undefined;
    const system = service("ProtectSystem");
    const home = service("ProtectHome");
    // An account without a home, and one whose home is written to, are not told apart here.
    if (system?.value === "strict" && service("ReadWritePaths") === undefined) {
      return ["control-socket-has-no-place", system, "ProtectSystem=strict"];
    }
    const closed = home !== undefined && /^(?:yes|true|on|1|read-only|tmpfs)$/i.test(home.value);
    return closed ? ["control-socket-has-no-place", home, `ProtectHome=${home.value}`] : undefined;
  },
  ({ installed, bySocket, start, isPart }) => {
    const template = /%[iI]/.test(start.value);
    return installed || bySocket || template || isPart ? undefined : ["not-started-at-boot", start];
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
  const named = ["Requires", "BindsTo", "Wants"].some((key) =>
    valuesOf(unit, "Unit", key).some(({ value }) => value.includes(".socket")),
  );
  const wanted = valuesOf(unit, "Install", "WantedBy");
  return {
    server,
    start,
    service: (key) => lastOf(unit, "Service", key),
    has: (...flags) =>
      words.some(({ text }) =>
        flags.some(
          (flag) => text === flag || text.startsWith(`${flag}=`) || (/^-\w$/.test(flag) && text.startsWith(flag)),
        ),
      ),
    ownFile: words.some(({ text }) => /\.ini$/.test(text)),
    bySocket: named || valuesOf(unit, "Service", "Sockets").length > 0,
    // Only there does an empty value, which forgets those before, have anything to forget.
    isPart:
      wanted.length === 0 &&
      unit.settings.some(({ section, key, value }) => section === "Service" && key === "ExecStart" && value === ""),
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
