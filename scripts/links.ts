/**
 * Checks the links of the built site: what they lead to inside of it must be there, file and anchor. Addresses of other
 * sites must be well formed; nobody is asked whether they answer.
 *
 *     node scripts/links.ts
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { type HastNode, htmlToHast } from "satteri";

/** Attributes that hold an address. */
const addressAttributes = ["href", "src", "action"] as const;

/** Any origin will do, as the site knows none. */
const origin = "https://site.invalid";

/** What a page links to, and what can be linked to in it. */
interface Links {
  readonly addresses: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

/**
 * What is wrong with the links of a site, a line each: `page: address: why`.
 *
 * @param files paths of all files, as in `lessons/01/index.html`
 * @param pages the text of those that are HTML, by their paths
 */
export function brokenLinks(files: ReadonlySet<string>, pages: ReadonlyMap<string, string>): readonly string[] {
  const links = new Map([...pages].map(([path, html]) => [path, linksOf(html)]));
  return [...links].flatMap(([path, { addresses }]) =>
    [...new Set(addresses)].flatMap((address) => {
      const why = whyBroken(address, path, files, links);
      return why === undefined ? [] : [`${path}: ${address}: ${why}`];
    }),
  );
}

function whyBroken(
  address: string,
  from: string,
  files: ReadonlySet<string>,
  links: ReadonlyMap<string, Links>,
): string | undefined {
  if (!URL.canParse(address, `${origin}/${from}`)) return "is no address";
  const url = new URL(address, `${origin}/${from}`);
  if (url.origin !== origin) return whyMalformed(url);
  if (address.startsWith("/")) return "begins at the root, and the site may be hosted anywhere";
  const path = decodeURIComponent(url.pathname.slice(1));
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  if (!files.has(file)) return `there is no ${file}`;
  const anchor = decodeURIComponent(url.hash.slice(1));
  const target = links.get(file);
  // What a page's script reads (#example=polls) is no place in the page.
  if (anchor.includes("=")) return undefined;
  if (anchor !== "" && target !== undefined && !target.anchors.has(anchor)) return `${file} has no #${anchor}`;
  return undefined;
}

/** Another site is linked to with a host that has a name, and without blanks. */
function whyMalformed({ protocol, hostname }: URL): string | undefined {
  if (["data:", "blob:", "mailto:"].includes(protocol)) return undefined;
  if (protocol !== "https:" && protocol !== "http:") return `${protocol} is no protocol of a link`;
  if (hostname !== "localhost" && !/^[\w-]+(\.[\w-]+)+$/.test(hostname)) return `${hostname} is no host`;
  return undefined;
}

function linksOf(html: string): Links {
  const addresses: string[] = [];
  const anchors = new Set<string>();
  const visit = (node: HastNode): void => {
    if (node.type === "element") {
      const { id, ...properties } = node.properties;
      if (typeof id === "string") anchors.add(id);
      for (const name of addressAttributes) {
        const { [name]: value } = properties;
        if (typeof value === "string") addresses.push(value);
      }
    }
    if ("children" in node) node.children.forEach(visit);
  };
  visit(htmlToHast(html));
  return { addresses, anchors };
}

/** All files below a folder, as paths from there. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join("/"),
    );
}

if (import.meta.main) {
  const folder = "dist";
  const files = filesOf(folder);
  const html = files.filter((path) => path.endsWith(".html"));
  const broken = brokenLinks(
    new Set(files),
    new Map(html.map((path) => [path, readFileSync(join(folder, path), "utf8")])),
  );
  for (const line of broken) console.error(line);
  console.log(
    `Links of ${html.length} pages: ${broken.length === 0 ? "all lead somewhere" : `${broken.length} broken`}.`,
  );
  if (broken.length > 0) process.exitCode = 1;
}
