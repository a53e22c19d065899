/**
 * Asks every page of other sites that the course links to, once, and looks for the anchors. For the day of a release: it
 * needs the internet, and other people's servers. What stands behind a login or refuses programs is told as such.
 *
 *     npm run links:external
 */
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Rule, rules } from "../src/tools/audit/findings/rules.ts";

/** A link to another site, and where it stands. */
export interface ExternalLink {
  /** Without its anchor. */
  readonly page: string;
  /** What stands behind the `#`; empty if nothing does. */
  readonly anchor: string;
  /** `content/lessons/01-two-servers.mdx:12`. */
  readonly where: string;
}

/** Where links are written down. */
const written = ["content/**/*.{mdx,yaml}", "src/**/*.{ts,astro}", "*.md", "docs/**/*.md"];
/** Addresses that no page has: names of examples, of this computer, and of XML. */
const noPage =
  /^https?:\/\/(?:[\w.-]*\.)?(?:example(?:\.\w+)?|localhost|invalid|test|127\.0\.0\.1|0\.0\.0\.0|your-host|www\.w3\.org\/\d{4})(?:[:/]|$)/;
const link = /https?:\/\/[^\s"'`<>()[\]{}\\|^]+/g;

/** All links to other sites in the files of a folder. */
export function externalLinks(
  root: string,
  files: readonly string[] = globSync(written, { cwd: root }),
): ExternalLink[] {
  return files
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .flatMap((file) =>
      readFileSync(`${root}/${file}`, "utf8")
        .split("\n")
        .flatMap((line, index) =>
          [...line.matchAll(link)].flatMap(([found]) => {
            const address = found.replace(/[.,;:!?…]+$/, "");
            if (noPage.test(address) || /[$*]/.test(address) || !URL.canParse(address)) return [];
            const [page = "", anchor = ""] = address.split("#");
            return [{ page, anchor, where: `${file}:${index + 1}` }];
          }),
        ),
    );
}

/** The sources of the checklist's rules, whose addresses are put together. */
export function linksOfRules(): ExternalLink[] {
  const listed: readonly (readonly [string, Rule])[] = Object.entries(rules);
  return listed.flatMap(([rule, { see }]) =>
    see.flatMap((evidence) => {
      if (evidence.kind !== "source") return [];
      const [page = "", anchor = ""] = evidence.url.split("#");
      return [{ page, anchor, where: `src/tools/audit/findings/rules.ts: ${rule}` }];
    }),
  );
}

/** What is asked of a page: its answer, or an error that names the cause. */
export type AskForPage = (
  page: string,
) => Promise<{ readonly status: number; readonly body: string; readonly type: string }>;

/** Statuses of sites that answer people and refuse programs. */
const refusals: ReadonlySet<number> = new Set([401, 403, 405, 406, 418, 429, 503, 999]);

/** What came of it: what is wrong, and what has to be looked at by hand, a line each. */
export interface LinkReport {
  readonly wrong: readonly string[];
  readonly byHand: readonly string[];
  readonly pages: number;
}

/**
 * Asks for each page once.
 *
 * @param atOnce pages that are asked for at the same time; those of one site follow each other
 */
export async function checkLinks(links: readonly ExternalLink[], ask: AskForPage, atOnce = 8): Promise<LinkReport> {
  const pages = Map.groupBy(links, ({ page }) => page);
  const sites = [...Map.groupBy([...pages], ([page]) => new URL(page).host).values()];
  const wrong: string[] = [];
  const byHand: string[] = [];
  const lookAtSite = async (site: (typeof sites)[number]) => {
    for (const [page, of] of site) {
      const places = [...new Set(of.map(({ where }) => where))].join(", ");
      try {
        const answer = await ask(page);
        const told = `${page}: status ${answer.status} (${places})`;
        if (refusals.has(answer.status)) byHand.push(told);
        else if (answer.status >= 400) wrong.push(told);
        else wrong.push(...missingAnchors(page, of, answer));
      } catch (error) {
        wrong.push(`${page}: ${error instanceof Error ? error.message : String(error)} (${places})`);
      }
    }
  };
  const workers = Array.from({ length: atOnce }, async () => {
    for (let site = sites.shift(); site !== undefined; site = sites.shift()) await lookAtSite(site);
  });
  await Promise.all(workers);
  return { wrong: wrong.sort(), byHand: byHand.sort(), pages: pages.size };
}

function missingAnchors(
  page: string,
  links: readonly ExternalLink[],
  { body, type }: Awaited<ReturnType<AskForPage>>,
): readonly string[] {
  if (!type.includes("html")) return [];
  return [...Map.groupBy(links, ({ anchor }) => anchor)].flatMap(([anchor, at]) => {
    if (anchor === "" || hasAnchor(body, anchor)) return [];
    return [`${page}#${anchor}: the page has no such place (${at.map(({ where }) => where).join(", ")})`];
  });
}

/** Whether a page has an element of this id, or the old kind of anchor; `user-content-…` is GitHub's. */
function hasAnchor(body: string, anchor: string): boolean {
  const plain = decodeURIComponent(anchor);
  // Lines of a file, and passages of a text, are made by the page's scripts.
  if (/^(?:L\d+|:~:)/.test(plain)) return true;
  const places = [...body.matchAll(/\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi)];
  const names = new Set(places.map(([, double, single, bare]) => double ?? single ?? bare));
  return [plain, anchor, `user-content-${plain}`].some((name) => names.has(name));
}

/** Asks as a browser does, for at most half a minute, and once more after a failure. */
export const askTheWeb: AskForPage = async (page) => {
  const once = async () => {
    const headers = { "user-agent": "Mozilla/5.0 (link check of a course)", accept: "text/html,*/*" };
    const response = await fetch(page, { headers, signal: AbortSignal.timeout(30_000) });
    return { status: response.status, body: await response.text(), type: response.headers.get("content-type") ?? "" };
  };
  try {
    return await once();
  } catch {
    return await once();
  }
};

if (process.argv[1] !== undefined && basename(process.argv[1]) === "external-links.ts") {
  const { wrong, byHand, pages } = await checkLinks([...externalLinks(process.cwd()), ...linksOfRules()], askTheWeb);
  for (const line of byHand) console.log(`Look by hand: ${line}`);
  for (const line of wrong) console.error(line);
  console.log(`${pages} pages of other sites, ${wrong.length} links to mend.`);
  if (wrong.length > 0) process.exitCode = 1;
}
