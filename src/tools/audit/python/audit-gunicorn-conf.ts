/**
 * Audits a `gunicorn.conf.py`: its top level gives the settings, and gunicorn passes over every name that it does not
 * know.
 */
import { gunicornOptions } from "../command/option-table.ts";
import type { Finding } from "../findings/finding.ts";
import { findInSettings, type Setting } from "../findings/gunicorn-settings.ts";
import { nearestName } from "../findings/nearest-name.ts";
import { type PythonValue, readPython, takesTooLong } from "./python-file.ts";

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
  for (const { target, value, inFunction, from, to } of assignments) {
    if (inFunction) continue;
    if (known.includes(target)) settings.push({ name: target, value: textOf(value), from, to });
    else if (/^[a-z]\w*$/.test(target) && (named.get(target) ?? 0) <= 1) {
      // Used again, it is a variable of the file's own.
      const flagged = byFlag.get(target);
      const meant = flagged !== undefined && target.length > 1 ? flagged : nearestName(target, known);
      if (meant !== undefined) findings.push({ rule: "unknown-setting", about: `${target} (${meant}?)`, from, to });
    }
  }
  return [...findInSettings(settings), ...findings];
}

function textOf(value: PythonValue): string | undefined {
  switch (value.kind) {
    case "text":
    case "number":
      return value.text;
    case "name":
      return /^(?:True|False|None)$/.test(value.text) ? value.text : undefined;
    case "list": {
      const items = value.items.map(textOf);
      return items.every((item) => item !== undefined) ? items.join(",") : undefined;
    }
    case "unknown":
      return undefined;
  }
}
