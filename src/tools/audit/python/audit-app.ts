/** Audits the file of a Flask app. */

import { waitressOptions } from "../command/option-table.ts";
import { isForEverybody } from "../findings/addresses.ts";
import type { Finding, Place } from "../findings/finding.ts";
import { nearestName } from "../findings/nearest-name.ts";
import type { RuleName } from "../findings/rules.ts";
import { fullName, type PythonCall, type PythonValue, readPython, takesTooLong } from "./python-file.ts";

/** Settings of Flask, and the like, whose values are keys. */
const secretName =
  /^(?:SECRET_KEY|secret_key|JWT_SECRET_KEY|SECURITY_PASSWORD_SALT|[A-Z_]*(?:PASSWORD|API_KEY|TOKEN|SECRET))$/;

/** What there is to say of an `app.py`. */
export function auditApp(text: string): readonly Finding[] {
  const { assignments, calls, imports, mistake, tooDeep, unread } = readPython(text);
  const findings: Finding[] = [];
  const add = (rule: RuleName, { from, to }: Place, about = "") => findings.push({ rule, about, from, to });
  if (mistake) add("python-not-understood", mistake);
  if (tooDeep) add("too-deeply-nested", tooDeep);
  if (unread) add("not-looked-through", unread, takesTooLong);

  // A value that a file or the environment replaces afterwards is a default.
  const replaced = calls.some(({ callee }) =>
    /\.config\.from_(?:pyfile|envvar|prefixed_env|file|object|json)$/.test(callee),
  );
  const apps = new Set(
    assignments.flatMap(({ target, call }) =>
      call !== undefined && (fullName(call.callee, imports) === "flask.Flask" || isFactory(call.callee))
        ? [target]
        : [],
    ),
  );
  const isApp = (name: string) => apps.has(name) || /^(?:app|application)$/.test(name);

  for (const { target, value, call, from, to } of assignments) {
    const place = { from, to };
    const [owner = "", setting] = configOf(target) ?? [];
    if (setting === "DEBUG" && isTrue(value)) add("debug-in-file", place, target);
    if ((setting === "PROPAGATE_EXCEPTIONS" || setting === "TESTING") && isTrue(value)) {
      add("errors-pass-through", place, setting);
    }
    const secret = setting ?? target.split(".").at(-1) ?? "";
    if (secretName.test(secret) && (owner !== "" || !target.includes("["))) {
      if (isWritten(value) && !replaced) add("secret-in-file", place, secret);
      const fallback = call && fallbackOf(call, imports);
      if (fallback) add("secret-fallback", place, secret);
      if (/^secret_key$/i.test(secret) && call && !replaced && isRandom(call, imports)) {
        add("secret-of-each-worker", place, secret);
      }
    }
  }
  for (const call of calls) {
    const name = fullName(call.callee, imports);
    const { keywords, from, to } = call;
    const keyword = (wanted: string) => keywords.find((each) => each.name === wanted);
    const [, owner] = /^(\w+)\.run$/.exec(call.callee) ?? [];
    if (owner !== undefined && isApp(owner)) findings.push(...findInRun(call));
    if (/\.config\.(?:update|from_mapping)$/.test(call.callee)) {
      for (const { name: setting, value, ...place } of keywords) {
        if (setting === "DEBUG" && isTrue(value)) add("debug-in-file", place, setting);
        if ((setting === "PROPAGATE_EXCEPTIONS" || setting === "TESTING") && isTrue(value)) {
          add("errors-pass-through", place, setting);
        }
        if (secretName.test(setting) && isWritten(value) && !replaced) add("secret-in-file", place, setting);
      }
    }
    if (/(?:^|\.)DebuggedApplication$/.test(name)) add("debugger-around-the-app", { from, to });
    if (name === "werkzeug.serving.run_simple") {
      const debug = keyword("use_debugger");
      if (debug && isTrue(debug.value)) add("debug-in-file", debug, "use_debugger");
    }
    if (name === "waitress.serve") findings.push(...findInServe(call));
  }
  return findings;
}

function isFactory(callee: string): boolean {
  return callee === "create_app";
}

/** `app.config["DEBUG"]` and `app.debug` as owner and setting of Flask's configuration. */
function configOf(target: string): readonly [owner: string, setting: string] | undefined {
  const [, owner, setting] = /^([\w.]+)\.config\["(\w+)"\]$/.exec(target) ?? [];
  if (owner !== undefined && setting !== undefined) return [owner, setting];
  const [, app, attribute] = /^(\w+)\.(debug|testing|secret_key)$/.exec(target) ?? [];
  const settings: Readonly<Record<string, string>> = { debug: "DEBUG", testing: "TESTING", secret_key: "SECRET_KEY" };
  return app === undefined || attribute === undefined ? undefined : [app, settings[attribute] ?? ""];
}

function isTrue(value: PythonValue): boolean {
  return (value.kind === "name" && value.text === "True") || (value.kind === "number" && Number(value.text) !== 0);
}

/** A text that says something. */
function isWritten(value: PythonValue): boolean {
  return value.kind === "text" && value.text.trim() !== "";
}

/** `os.environ.get("KEY", "dev")`, `os.getenv("KEY", "dev")`. */
function fallbackOf(call: PythonCall, imports: ReadonlyMap<string, string>): boolean {
  if (!/^os\.(?:environ\.get|getenv)$/.test(fullName(call.callee, imports))) return false;
  const fallback = call.positional[1] ?? call.keywords.find(({ name }) => name === "default")?.value;
  return fallback !== undefined && isWritten(fallback);
}

/** Another value in each process that calls it. */
function isRandom({ callee }: PythonCall, imports: ReadonlyMap<string, string>): boolean {
  return /^(?:os\.urandom|secrets\.token_(?:bytes|hex|urlsafe)|uuid\.uuid4)$/.test(fullName(callee, imports));
}

/** What a development server in the file means depends on who reaches the line. */
function findInRun({ keywords, from, to, inFunction, ifMain }: PythonCall): readonly Finding[] {
  const findings: Finding[] = [];
  const debug = keywords.find(({ name }) => name === "debug" || name === "use_debugger");
  const host = keywords.find(({ name }) => name === "host");
  const debugs = debug !== undefined && isTrue(debug.value);
  if (debugs) findings.push({ rule: "debug-in-file", about: `${debug.name}=True`, from: debug.from, to: debug.to });
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
