/** What the pages are called to which the audit's rules lead, and where they are: known when the site is built. */
import { titlesOfPages } from "../../../site/page-titles.ts";
import { rules } from "../findings/rules.ts";
import type { EvidenceLink, EvidenceLinks } from "./evidence-link.ts";

/** Every page that a rule names. A page that is not there fails the build. */
export async function evidenceLinks(): Promise<EvidenceLinks> {
  const paths = Object.values(rules).flatMap(({ see }) =>
    see.flatMap((each) => (each.kind === "page" ? [each.path] : [])),
  );
  const titles = await titlesOfPages(paths, "src/tools/audit/findings/rules.ts");
  const links: Record<string, EvidenceLink> = {};
  for (const [path, text] of Object.entries(titles)) {
    links[path] = { href: `${import.meta.env.BASE_URL}${path}`, text };
  }
  return links;
}
