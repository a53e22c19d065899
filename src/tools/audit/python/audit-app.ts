/** Audits the file of a Flask app. */

import { waitressOptions } from "../command/option-table.ts";
import { isForEverybody } from "../findings/addresses.ts";
import type { Finding, Place } from "../findings/finding.ts";
import { nearestName } from "../findings/nearest-name.ts";
import type { RuleName } from "../findings/rules.ts";
import { hasPassword } from "../findings/secrets.ts";
import {
  fullName,
  type PythonCall,
  type PythonFile,
  type PythonValue,
  readPython,
  takesTooLong,
} from "./python-file.ts";

/** Settings of Flask, and the like, whose values are keys. */
const secretName =
  /^(?:SECRET_KEY|secret_key|JWT_SECRET_KEY|SECURITY_PASSWORD_SALT|[A-Z0-9_]*(?:PASSWORD|PASSWD|API_KEY|TOKEN|SECRET))$/;
/** Variables, arguments and entries that hold a password. Longer names are of something else: `password_field`. */
const passwordName = /^(?:\w*_)?(?:password|passwd|passphrase|api_?key|secret_key|client_secret|db_pass|pwd)$/i;

/** What a file says of its app, apart from single lines. */
interface AppFacts {
  readonly imports: ReadonlyMap<string, string>;
  /** A file or the environment replaces values afterwards: what is written here is a default. */
  readonly replaced: boolean;
  isApp(name: string): boolean;
  /** Names that are set to True somewhere. */
  readonly switchedOn: ReadonlySet<string>;
}

/**
 * A setting, however it is written: `app.config["DEBUG"] = True`, `app.debug = True`, `app.config.update(DEBUG=True)`.
 */
interface WrittenSetting extends Place {
  readonly name: string;
  /** As a finding names it. */
  readonly written: string;
  /** It belongs to Flask's configuration, and is no variable of the file. */
  readonly ofFlask: boolean;
  readonly value: PythonValue;
  /** The value, where it is a call. */
  readonly call: PythonCall | undefined;
}

/** One rule of settings: when it is broken, and what its finding names. */
interface SettingRule {
  readonly rule: RuleName;
  broken(setting: WrittenSetting, facts: AppFacts): boolean;
  about(setting: WrittenSetting): string;
}

const nameOf = ({ name }: WrittenSetting): string => name;

const settingRules: readonly SettingRule[] = [
  {
    rule: "debug-in-file",
    broken: ({ name, ofFlask, value }) => ofFlask && name === "DEBUG" && isTrue(value),
    about: ({ written }) => written,
  },
  {
    rule: "errors-pass-through",
    broken: ({ name, ofFlask, value }) => ofFlask && /^(?:PROPAGATE_EXCEPTIONS|TESTING)$/.test(name) && isTrue(value),
    about: nameOf,
  },
  {
    rule: "secret-in-file",
    broken: ({ name, value }, { replaced }) => secretName.test(name) && isWritten(value) && !replaced,
    about: nameOf,
  },
  {
    rule: "secret-in-file",
    broken: ({ name, value }) =>
      !secretName.test(name) &&
      value.kind === "text" &&
      ((passwordName.test(name) && isPassword(value)) || hasPassword(value.text)),
    about: nameOf,
  },
  {
    rule: "secret-fallback",
    broken: ({ name, value }, { imports }) =>
      (secretName.test(name) || passwordName.test(name)) && hasFallback(value, imports),
    about: nameOf,
  },
  {
    rule: "secret-of-each-worker",
    broken: ({ name, call }, { imports, replaced }) =>
      /^secret_key$/i.test(name) && call !== undefined && !replaced && isRandom(call, imports),
    about: nameOf,
  },
];

/** One rule of calls: what it finds in one. `name` is what is called, by its full name. */
type CallRule = (call: PythonCall, name: string, facts: AppFacts) => readonly Finding[];

const callRules: readonly CallRule[] = [
  (call, _, { isApp, switchedOn }) => {
    const [, owner] = /^(\w+)\.run$/.exec(call.callee) ?? [];
    if (owner === undefined) return [];
    if (isApp(owner)) return findInRun(call, switchedOn);
    // `socketio.run(app, …)` starts the same server.
    const [app, ...positional] = call.positional;
    return app?.kind === "name" && isApp(app.text) ? findInRun({ ...call, positional }, switchedOn) : [];
  },
  ({ callee, keywords }) =>
    /(?:Field|check_password|verify|render_template|redirect|url_for)$/.test(callee)
      ? []
      : keywords.flatMap(({ name, value, from, to }) => {
          const given = passwordName.test(name) && isPassword(value) && !/\.config\./.test(callee);
          return given ? [{ rule: "secret-in-file" as const, about: name, from, to }] : [];
        }),
  ({ callee, positional, from, to }) => {
    const [key, value] = positional;
    const sets = /\.config\.setdefault$/.test(callee) && key?.kind === "text" && value !== undefined;
    const secret = sets && secretName.test(key.text) && isWritten(value);
    const address = positional.find((each) => each.kind === "text" && hasPassword(each.text));
    if (secret) return [{ rule: "secret-in-file", about: key.text, from, to }];
    return address === undefined ? [] : [{ rule: "secret-in-file", about: callee, from, to }];
  },
  ({ from, to }, name) =>
    /(?:^|\.)DebuggedApplication$/.test(name) ? [{ rule: "debugger-around-the-app", about: "", from, to }] : [],
  ({ keywords }, name) => {
    if (name !== "werkzeug.serving.run_simple") return [];
    const debug = keywords.find((each) => each.name === "use_debugger");
    if (debug === undefined || !isTrue(debug.value)) return [];
    return [{ rule: "debug-in-file", about: "use_debugger", from: debug.from, to: debug.to }];
  },
  (call, name) => (name === "waitress.serve" ? findInServe(call) : []),
  ({ positional, from, to }, name) => {
    // The built-in ones: a method of that name does something else. What stands in the file is nobody's input.
    const runs = (name === "eval" || name === "exec") && positional[0] !== undefined && positional[0].kind !== "text";
    return runs ? [{ rule: "text-as-code", about: name, from, to }] : [];
  },
  ({ keywords, positional, spread, from, to }, name) => {
    const waits = waitsUnlessTold.find(({ pattern }) => pattern.test(name));
    if (waits === undefined || spread || positional.length > waits.before) return [];
    if (keywords.some((each) => each.name === "timeout")) return [];
    return [{ rule: "waits-without-limit", about: name, from, to }];
  },
];

/**
 * Calls of another server that wait forever unless they are told otherwise, and how many positional arguments stand
 * before their time limit (requests docs, "Timeouts"; Python docs, `urllib.request.urlopen`).
 */
const waitsUnlessTold: readonly { readonly pattern: RegExp; readonly before: number }[] = [
  // Their limit is taken by name only.
  { pattern: /^requests\.(?:get|options|head|post|put|patch|delete|request)$/, before: Number.POSITIVE_INFINITY },
  { pattern: /^urllib\.request\.urlopen$/, before: 2 },
];

/** What there is to say of an `app.py`. */
export function auditApp(text: string): readonly Finding[] {
  const file = readPython(text);
  const { mistake, tooDeep, unread } = file;
  const facts = factsOf(file);
  const findings: Finding[] = [];
  const add = (rule: RuleName, { from, to }: Place, about = "") => findings.push({ rule, about, from, to });
  if (mistake) add("python-not-understood", mistake);
  if (tooDeep) add("too-deeply-nested", tooDeep);
  if (unread) add("not-looked-through", unread, takesTooLong);
  for (const setting of settingsOf(file)) {
    for (const { rule, broken, about } of settingRules) if (broken(setting, facts)) add(rule, setting, about(setting));
  }
  for (const { name, text, from, to } of file.comparisons) {
    if (passwordName.test(name) && text.trim() !== "") findings.push({ rule: "secret-in-file", about: name, from, to });
  }
  for (const call of file.calls) {
    const name = fullName(call.callee, file.imports);
    for (const rule of callRules) findings.push(...rule(call, name, facts));
  }
  return findings;
}

function factsOf({ assignments, calls, imports }: PythonFile): AppFacts {
  const apps = new Set(
    assignments.flatMap(({ target, call }) =>
      call !== undefined && (fullName(call.callee, imports) === "flask.Flask" || isFactory(call.callee))
        ? [target]
        : [],
    ),
  );
  return {
    imports,
    replaced: calls.some(({ callee }) =>
      /\.config\.from_(?:pyfile|envvar|prefixed_env|file|object|json)$/.test(callee),
    ),
    switchedOn: new Set(assignments.filter(({ value }) => isTrue(value)).map(({ target }) => target)),
    isApp: (name) => apps.has(name) || /^(?:app|application)$/.test(name),
  };
}

/** All settings of a file: those that are assigned, then those that `config.update` and its like are handed. */
function settingsOf({ assignments, calls }: PythonFile): readonly WrittenSetting[] {
  const assigned = assignments.map(({ target, value, call, from, to }): WrittenSetting => {
    const setting = configOf(target);
    // An entry of a dictionary that is nobody's configuration may be anything.
    const own = target.includes("[") ? "" : (target.split(".").at(-1) ?? "");
    return { name: setting ?? own, written: target, ofFlask: setting !== undefined, value, call, from, to };
  });
  const handedOver = calls
    .filter(({ callee }) => /\.config\.(?:update|from_mapping)$/.test(callee))
    .flatMap(({ keywords, positional }) => [
      ...keywords.map(({ name, value, from, to }): WrittenSetting => {
        return { name, written: name, ofFlask: true, value, call: undefined, from, to };
      }),
      ...positional.flatMap((each) => entriesOf(each, true)),
    ]);
  const inDictionaries = assignments.flatMap(({ target, value }) => entriesOf(value, /(?:^|\.)config$/.test(target)));
  return [...assigned, ...handedOver, ...inDictionaries];
}

/** `{"DEBUG": True}`. */
function entriesOf(value: PythonValue, ofFlask: boolean): readonly WrittenSetting[] {
  if (value.kind !== "dictionary") return [];
  return value.entries.map(({ key, value: each, from, to }) => {
    return { name: key, written: key, ofFlask, value: each, call: undefined, from, to };
  });
}

function isFactory(callee: string): boolean {
  return callee === "create_app";
}

/** `app.config["DEBUG"]` and `app.debug` as settings of Flask's configuration. */
function configOf(target: string): string | undefined {
  const [, setting] = /^[\w.]+\.config\["(\w+)"\]$/.exec(target) ?? [];
  const [, attribute = ""] = /^\w+\.(debug|testing|secret_key)$/.exec(target) ?? [];
  return setting ?? attributes.get(attribute);
}

/** Settings that are attributes of an app as well. */
const attributes: ReadonlyMap<string, string> = new Map([
  ["debug", "DEBUG"],
  ["testing", "TESTING"],
  ["secret_key", "SECRET_KEY"],
]);

function isTrue(value: PythonValue): boolean {
  return (value.kind === "name" && value.text === "True") || (value.kind === "number" && Number(value.text) !== 0);
}

/** A text that says something. */
function isWritten(value: PythonValue): boolean {
  return value.kind === "text" && value.text.trim() !== "";
}

/** A word: a text of several is a label, or a message. */
function isPassword(value: PythonValue): boolean {
  return value.kind === "text" && /^\S+$/.test(value.text);
}

/** `os.environ.get("KEY", "dev")`, `os.getenv("KEY", "dev")`, `os.getenv("KEY") or "dev"`. */
function hasFallback(call: PythonValue, imports: ReadonlyMap<string, string>): boolean {
  if (call.kind === "or") return isWritten(call.last) || hasFallback(call.last, imports);
  if (call.kind !== "call") return false;
  if (!/^os\.(?:environ\.get|getenv)$/.test(fullName(call.callee, imports))) return false;
  const fallback = call.positional[1] ?? call.keywords.find(({ name }) => name === "default")?.value;
  return fallback !== undefined && isWritten(fallback);
}

/** Another value in each process that calls it. */
function isRandom({ callee }: PythonCall, imports: ReadonlyMap<string, string>): boolean {
  return /^(?:os\.urandom|secrets\.token_(?:bytes|hex|urlsafe)|uuid\.uuid4)$/.test(fullName(callee, imports));
}

/** What a development server in the file means depends on who reaches the line. */
function findInRun(
  { keywords, positional, from, to, inFunction, ifMain }: PythonCall,
  switchedOn: ReadonlySet<string>,
): readonly Finding[] {
  const findings: Finding[] = [];
  const at = (index: number, name: string) => {
    const value = positional[index];
    return value === undefined ? [] : [{ name, value, from, to }];
  };
  // `run(host, port, debug)`.
  const all = [...keywords, ...at(0, "host"), ...at(2, "debug")];
  const debug = all.find(({ name }) => name === "debug" || name === "use_debugger");
  const host = all.find(({ name }) => name === "host");
  const named = debug?.value.kind === "name" && switchedOn.has(debug.value.text) ? debug.value.text : undefined;
  const debugs = debug !== undefined && (isTrue(debug.value) || named !== undefined);
  if (debugs)
    findings.push({ rule: "debug-in-file", about: `${debug.name}=${named ?? "True"}`, from: debug.from, to: debug.to });
  if (host?.value.kind === "text" && isForEverybody(host.value.text)) {
    findings.push({ rule: "development-server-for-all", about: host.value.text, from: host.from, to: host.to });
  }
  if (!ifMain && !inFunction) findings.push({ rule: "run-without-condition", about: "", from, to });
  else if (findings.length === 0) findings.push({ rule: "development-server-in-file", about: "", from, to });
  return findings;
}

function findInServe({ keywords }: PythonCall): readonly Finding[] {
  const findings: Finding[] = [];
  const known = Object.keys(waitressOptions.settings);
  // `serve` takes these besides the adjustments.
  const own = new Set(["_server", "_quiet", "_profile", "map", "application", "dispatcher", "app"]);
  const unix = keywords.some(({ name }) => name === "unix_socket");
  for (const { name, value, from, to } of keywords) {
    if (!known.includes(name) && !own.has(name)) {
      const meant = nearestName(name, known);
      findings.push({ rule: "unknown-argument", about: meant === undefined ? name : `${name} (${meant}?)`, from, to });
    }
    if (name === "expose_tracebacks" && isTrue(value)) {
      findings.push({ rule: "tracebacks-for-strangers", about: "", from, to });
    }
    if (name === "trusted_proxy" && value.kind === "text" && value.text === "*" && !unix) {
      findings.push({ rule: "waitress-trusts-everybody", about: "", from, to });
    }
    if ((name === "host" || name === "listen") && value.kind === "text" && value.text.split(" ").some(isForEverybody)) {
      findings.push({ rule: "everybody-can-connect", about: value.text, from, to });
    }
  }
  return findings;
}
