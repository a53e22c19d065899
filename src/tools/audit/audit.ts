/** Audits a text of any kind. Pure: the text goes nowhere, and nothing of it is run. */
import { auditCommand } from "./command/audit-command.ts";
import type { Finding, TextKind } from "./findings/finding.ts";
import { rules } from "./findings/rules.ts";
import { auditNginx } from "./nginx/audit-nginx.ts";
import { auditApp } from "./python/audit-app.ts";
import { auditGunicornConf } from "./python/audit-gunicorn-conf.ts";
import { auditUnit } from "./systemd/audit-unit.ts";

const audits: Readonly<Record<TextKind, (text: string) => readonly Finding[]>> = {
  command: auditCommand,
  app: auditApp,
  "gunicorn-conf": auditGunicornConf,
  nginx: auditNginx,
  unit: auditUnit,
};

/**
 * Texts that are longer, in UTF-16 code units, are not looked through: no configuration is, and the page would stand
 * still.
 */
export const longestAudited = 200_000;

/** As many findings are told of; with more of them nobody reads to the end. */
export const mostFindings = 200;

/**
 * What there is to say of a text: first what to mend, then what to know, each in the order of the text. Never throws,
 * and takes a time in proportion to the text. What it did not look through it says.
 */
export function audit(kind: TextKind, text: string): readonly Finding[] {
  if (text.length > longestAudited) return [notLookedThrough(text, `more than ${longestAudited} characters`)];
  const rank = ({ rule }: Finding) => (rules[rule].level === "mend" ? 0 : 1);
  const findings = [...found(kind, text)].sort((a, b) => rank(a) - rank(b) || a.from - b.from);
  const [next] = findings.slice(mostFindings);
  if (next === undefined) return findings;
  const about = String(findings.length - mostFindings);
  return [...findings.slice(0, mostFindings), { rule: "more-findings", about, from: next.from, to: next.to }];
}

function found(kind: TextKind, text: string): readonly Finding[] {
  try {
    return audits[kind](text);
  } catch (error) {
    return [notLookedThrough(text, error instanceof Error ? error.message : String(error))];
  }
}

function notLookedThrough(text: string, about: string): Finding {
  return { rule: "not-looked-through", about, from: 0, to: text.length };
}
