/**
 * Audits a `gunicorn.conf.py`: its top level gives the settings, and gunicorn passes over every name that it does not
 * know.
 */
import { gunicornOptions } from "../command/option-table.ts";
import type { Finding } from "../findings/finding.ts";
import { findInSettings, type Setting } from "../findings/gunicorn-settings.ts";
import { type MeantName, meantNames } from "../findings/nearest-name.ts";
import { type PythonFile, type PythonValue, readPython, takesTooLong } from "./python-file.ts";

/**
 * Names that a file begins with a hyphen less: `access_logfile` for `--access-logfile`, which the setting is not
 * called.
 */
const byFlag = new Map(
  gunicornOptions.options.flatMap(({ flags, setting }) =>
    flags.map((flag) => [flag.replace(/^-+/, "").replaceAll("-", "_"), setting] as const),
  ),
);

/** What there is to say of a `gunicorn.conf.py`. */
export function auditGunicornConf(text: string): readonly Finding[] {
  const { assignments, mistake, tooDeep, unread } = readPython(text);
  const findings: Finding[] = [];
  if (mistake) findings.push({ rule: "python-not-understood", about: "", ...mistake });
  if (tooDeep) findings.push({ rule: "too-deeply-nested", about: "", ...tooDeep });
  if (unread) findings.push({ rule: "not-looked-through", about: takesTooLong, ...unread });
  const settings: Setting[] = [];
  const named = new Map<string, number>();
  for (const [name] of text.matchAll(/(?<![\w.])[a-z]\w*/g)) named.set(name, (named.get(name) ?? 0) + 1);
  const known = Object.keys(gunicornOptions.settings);
  const constants = constantsOf(assignments);
  const meant = meantNames();
  for (const { target, value, inFunction, conditional, from, to } of assignments) {
    if (inFunction) continue;
    if (known.includes(target)) {
      // Behind a condition it may hold or not: then nothing is known of the setting any more.
      const said = conditional ? undefined : textOf(value, constants);
      settings.push({ name: target, value: said?.text, expands: said?.expands ?? true, from, to });
      if (!conditional && numbers.has(target) && value.kind === "text" && !/^\s*[+-]?\d+\s*$/.test(value.text)) {
        findings.push({ rule: "not-a-number", about: `${target} = "${value.text}"`, from, to });
      }
    } else if (/^[a-z]\w*$/.test(target) && (named.get(target) ?? 0) <= 1) {
      // Used again, it is a variable of the file's own.
      findings.push({ rule: "unknown-setting", about: withMeant(target, known, meant), from, to });
    }
  }
  return [...findInSettings(settings), ...findings];
}

/** Settings that are whole numbers. */
const numbers: ReadonlySet<string> = new Set(
  gunicornOptions.options.filter(({ value }) => value === "int").map(({ setting }) => setting),
);

/** `worker_timeout (timeout?)`. */
function withMeant(target: string, known: readonly string[], near: MeantName): string {
  const flagged = target.length > 1 ? byFlag.get(target) : undefined;
  const within = known.filter((name) => name.length > 3 && target.endsWith(`_${name}`));
  const meant = flagged ?? near(target, known) ?? within[0];
  return meant === undefined ? target : `${target} (${meant}?)`;
}

/** Values of names that are set once, at the top of the file. */
function constantsOf(assignments: PythonFile["assignments"]): ReadonlyMap<string, PythonValue> {
  const constants = new Map<string, PythonValue>();
  for (const { target, value, inFunction, conditional } of assignments) {
    const twice = constants.has(target);
    if (!inFunction) constants.set(target, twice || conditional ? { kind: "unknown" } : value);
  }
  return constants;
}

interface Said {
  readonly text: string;
  readonly expands: boolean;
}

/** Names within names that are followed. */
const deepest = 20;

/** What a value is, if the environment says nothing else; `$` stands for what is not known of it. */
function textOf(value: PythonValue, constants: ReadonlyMap<string, PythonValue>, depth = 0): Said | undefined {
  if (depth > deepest) return undefined;
  const inside = (each: PythonValue) => textOf(each, constants, depth + 1);
  switch (value.kind) {
    case "text":
    case "number":
      return { text: value.text, expands: false };
    case "format":
      return { text: value.text, expands: value.text.includes("$") };
    case "name": {
      if (/^(?:True|False|None)$/.test(value.text)) return { text: value.text, expands: false };
      const constant = constants.get(value.text);
      return constant === undefined ? undefined : inside(constant);
    }
    case "list": {
      const items = value.items.map(inside);
      const texts = items.flatMap((item) => item?.text ?? []);
      if (texts.length < items.length) return undefined;
      return { text: texts.join(","), expands: items.some((item) => item?.expands === true) };
    }
    case "or":
      return inside(value.last);
    case "call": {
      const [first, second] = value.positional;
      if (/^(?:int|str|float|bool)$/.test(value.callee) && first !== undefined) return inside(first);
      if (!/^(?:os\.)?(?:environ\.get|getenv)$/.test(value.callee)) return undefined;
      const fallback = second ?? value.keywords.find(({ name }) => name === "default")?.value;
      return fallback === undefined ? undefined : inside(fallback);
    }
    case "dictionary":
    case "unknown":
      return undefined;
  }
}
