/** Links to what shows or says what a rule says. */
import { auditEn } from "../../strings/audit-en.ts";
import type { Evidence, Rule } from "../rules.ts";

/** A link. */
export interface EvidenceLink {
  readonly href: string;
  readonly text: string;
}

/** Links to pages of this site, by path, and to lessons, by number. */
export type EvidenceLinks = Readonly<Record<string, EvidenceLink>>;

/** The links of a rule. A lesson that the site does not have is left out. */
export function linksOf({ see }: Rule, links: EvidenceLinks): readonly EvidenceLink[] {
  return see.flatMap((evidence) => linkOf(evidence, links) ?? []);
}

function linkOf(evidence: Evidence, links: EvidenceLinks): EvidenceLink | undefined {
  switch (evidence.kind) {
    case "page":
      return links[evidence.path];
    case "lesson":
      return links[evidence.number];
    case "source":
      return { href: evidence.url, text: auditEn.source(new URL(evidence.url).host) };
  }
}
