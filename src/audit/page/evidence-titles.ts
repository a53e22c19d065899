/** What the pages are called to which the audit's rules lead. */
import { titlesOfPages } from "../../site/page-titles.ts";
import { rules } from "../rules.ts";

/** Titles by path below the site's root. A rule that leads to no page fails the build. */
export function titlesOfEvidence(): Promise<Readonly<Record<string, string>>> {
  const paths = Object.values(rules).flatMap(({ see }) =>
    see.flatMap((each) => (each.kind === "page" ? [each.path] : [])),
  );
  return titlesOfPages(paths, "src/audit/rules.ts");
}
