/** What the pages with a reader's own app are built with. */

import { titlesOfPages } from "../../site/page-titles.ts";
import type { EvidenceLinks } from "../../tools/audit/page/evidence-link.ts";
import { evidenceLinks } from "../../tools/audit/page/evidence-titles.ts";
import { pageOfDifference } from "../differences/evidence.ts";

/** Where a difference or a finding is explained: by the path of the page that explains it. */
export async function explainingPages(): Promise<EvidenceLinks> {
  const titles = await titlesOfPages(Object.values(pageOfDifference), "src/project/differences/evidence.ts");
  const own = Object.entries(titles).map(
    ([path, text]) => [path, { href: `${import.meta.env.BASE_URL}${path}`, text }] as const,
  );
  return { ...(await evidenceLinks()), ...Object.fromEntries(own) };
}
