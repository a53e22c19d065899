/** Links to what shows or says what a rule says. */
import { auditStrings } from "../../../strings/strings.ts";
import type { Evidence, Rule } from "../findings/rules.ts";

/** A link. */
export interface EvidenceLink {
  readonly href: string;
  readonly text: string;
}

/** Links to pages of this site, by path. */
export type EvidenceLinks = Readonly<Record<string, EvidenceLink>>;

/** The links of a rule. */
export function linksOf({ see }: Rule, links: EvidenceLinks): readonly EvidenceLink[] {
  return see.flatMap((evidence) => linkOf(evidence, links) ?? []);
}

function linkOf(evidence: Evidence, links: EvidenceLinks): EvidenceLink | undefined {
  switch (evidence.kind) {
    case "page":
      return links[evidence.path];
    case "source":
      return { href: evidence.url, text: auditStrings.source(new URL(evidence.url).host) };
  }
}
