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

/** What there is to say of a text: first what to mend, then what to know, each in the order of the text. Never throws. */
export function audit(kind: TextKind, text: string): readonly Finding[] {
  const rank = ({ rule }: Finding) => (rules[rule].level === "mend" ? 0 : 1);
  return [...audits[kind](text)].sort((a, b) => rank(a) - rank(b) || a.from - b.from);
}
