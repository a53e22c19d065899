/** What the pages are called to which the audit's rules lead. */
import { getCollection } from "astro:content";
import { rules } from "../rules.ts";

/** Titles by path below the site's root. A rule that leads to no page fails the build. */
export async function titlesOfEvidence(): Promise<Readonly<Record<string, string>>> {
  const pages = new Map((await getCollection("docs")).map(({ id, data }) => [id, data.title]));
  const titles: Record<string, string> = {};
  for (const [name, { see }] of Object.entries(rules)) {
    for (const each of see) {
      if (each.kind === "source") continue;
      const title = pages.get(each.path.replace(/\/(?:#.*)?$/, ""));
      if (title === undefined)
        throw new Error(`src/audit/rules.ts: ${name} leads to ${each.path}, and there is no such page.`);
      titles[each.path] = title;
    }
  }
  return titles;
}
