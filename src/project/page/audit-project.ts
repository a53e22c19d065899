/** The checklist's audit, on the files and command lines of a project. */
import type { LabFile, SideName } from "../../lab-definition/schema.ts";
import { audit } from "../../tools/audit/audit.ts";
import { type Finding, lineOf, type TextKind } from "../../tools/audit/findings/finding.ts";
import { rules } from "../../tools/audit/findings/rules.ts";
import { baseName } from "../files/project-file.ts";

/** A finding, and where it is. */
export interface ProjectFinding {
  readonly finding: Finding;
  /** Absent: the command line of production. */
  readonly path?: string;
  readonly line: number;
}

/** What is said of them all is no news for a project. */
const mostFindings = 40;

/** What the audit has to say: first what to mend. */
export function auditProject(
  files: readonly LabFile[],
  commands: Readonly<Record<SideName, string>>,
): readonly ProjectFinding[] {
  const found = [
    ...audit("command", commands.production).map((finding) => ({
      finding,
      line: lineOf(commands.production, finding),
    })),
    ...files.flatMap(({ path, text }) => {
      const kind = kindOf(path);
      if (kind === undefined) return [];
      return audit(kind, text).map((finding) => ({ finding, path, line: lineOf(text, finding) }));
    }),
  ];
  const rank = ({ finding }: ProjectFinding) => (rules[finding.rule].level === "mend" ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostFindings);
}

function kindOf(path: string): TextKind | undefined {
  const name = baseName(path);
  if (/^gunicorn.*\.py$/.test(name)) return "gunicorn-conf";
  if (/^(?:test_.*|conftest|manage)\.py$|(?:^|\/)(?:tests?|migrations)\//.test(name)) return undefined;
  if (name.endsWith(".py")) return "app";
  if (name.endsWith(".service")) return "unit";
  return /nginx/i.test(path) && name.endsWith(".conf") ? "nginx" : undefined;
}
