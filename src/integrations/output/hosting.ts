/**
 * Files that set headers on common hosts, written into the built site. A host that cannot set headers needs none of
 * them.
 *
 * Cache rules: what has a hash of its content in its name never has to be asked for again, everything else is checked
 * at each use. Isolation: what the Node machine's pages need, and only those. The site's service worker does the same
 * where no header comes. Protection: a second wall beside the policy that each page carries itself, for what only a
 * header can say.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { checkPath, isolationHeaders, needsIsolation } from "../../service-worker/isolation.ts";
import { isHashed } from "../../service-worker/precache.ts";

/** For files whose names change with their content. */
export const immutable = "public, max-age=31536000, immutable";
/** For all others: they may be kept, and are checked at each use. */
export const checked = "no-cache";

/** On every file. */
export const protectingHeaders = {
  "X-Content-Type-Options": "nosniff",
  // StackBlitz may want to know which site asks; nobody is told which page.
  "Referrer-Policy": "strict-origin-when-cross-origin",
  // A lab writes a link to the clipboard, and its frame may be isolated: neither is here.
  "Permissions-Policy": [
    "bluetooth",
    "camera",
    "display-capture",
    "geolocation",
    "hid",
    "idle-detection",
    "local-fonts",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
  ]
    .map((feature) => `${feature}=()`)
    .join(", "),
} as const;

/** On all pages that are not isolated: whoever opened one cannot reach into it. Nobody is isolated by it. */
export const openerHeader = { name: "Cross-Origin-Opener-Policy", value: "same-origin-allow-popups" } as const;

/** On all but what other sites may frame, and what stands in those frames: the browser looks at every frame around. */
export const framingHeader = { name: "Content-Security-Policy", value: "frame-ancestors 'self'" } as const;

/** Paths of pages that any site may frame: embedded labs, and the frames within them. */
const framedPath = "/embed/[^/]+/(index\\.html)?$|/machine/[^/]+\\.html$";
/** The same as folders of the site. */
const framedFolders: readonly string[] = ["embed", "machine"];

/** Paths of hashed files, as the servers' own rules match them. `isHashed` says more exactly which these are. */
const hashedPath = "/_astro/|/machine/.*\\.[0-9a-f]{12}\\.";

type Line = (name: string, value: string) => string;
const linesOf = (headers: Readonly<Record<string, string>>) => (line: Line) =>
  Object.entries(headers)
    .map(([name, value]) => line(name, value))
    .join("\n");
const isolating = linesOf(isolationHeaders);
const protecting = linesOf(protectingHeaders);
const indented: Line = (name, value) => `  ${name}: ${value}`;
const { name: opener, value: openerValue } = openerHeader;
const { name: framing, value: framingValue } = framingHeader;

/**
 * Header files for common hosts, by their path in the built site.
 *
 * @param hashedParts files below `machine/` with a hash in their names, relative to the site's root
 * @param folders those with pages in them, at the site's root
 */
export function hostFiles(
  hashedParts: readonly string[],
  folders: readonly string[],
): Readonly<Record<string, string>> {
  const hashed = ["/_astro/*", ...hashedParts.map((path) => `/${path}`)];
  // A header that two rules send would come twice, as one value that means nothing: no two of these paths meet.
  const pages = ["/", "/index.html", ...folders.map((folder) => `/${folder}/*`)].filter(
    (path) => path !== `/${checkPath.split("/")[1]}/*`,
  );
  const isFramed = (path: string) => framedFolders.some((folder) => path === `/${folder}/*`);
  const pageRules = pages.map((path) =>
    [path, indented(opener, openerValue), ...(isFramed(path) ? [] : [indented(framing, framingValue)])].join("\n"),
  );
  return {
    // Netlify, Cloudflare Pages and others, which let browsers check everything else. They know paths only: lab pages
    // are left to the service worker.
    _headers: [
      `/*\n${protecting(indented)}`,
      ...pageRules,
      `${checkPath}\n${isolating(indented)}\n${indented(framing, framingValue)}`,
      ...hashed.map((path) => `${path}\n${indented("Cache-Control", immutable)}`),
      "",
    ].join("\n"),
    // Apache, also in a folder below the root.
    ".htaccess": `<IfModule mod_mime.c>
  AddType text/html .html
  AddType text/css .css
  AddType text/javascript .js .mjs
  AddType application/json .json
  AddType image/svg+xml .svg
  AddType application/wasm .wasm
  AddType application/manifest+json .webmanifest
</IfModule>
<IfModule mod_headers.c>
  Header set Cache-Control "${checked}" "expr=!(%{REQUEST_URI} =~ m#${hashedPath}#)"
  Header set Cache-Control "${immutable}" "expr=%{REQUEST_URI} =~ m#${hashedPath}#"
${protecting((name, value) => `  Header set ${name} "${value}"`)}
  Header set ${framing} "${framingValue}" "expr=!(%{REQUEST_URI} =~ m#${framedPath}#)"
  Header set ${opener} "${openerValue}"
${isolating(
  (name, value) =>
    `  Header set ${name} "${value}" "expr=%{QUERY_STRING} =~ /(^|&)machine=node(&|$)/ || %{REQUEST_URI} =~ m#${checkPath}(index\\.html)?$#"`,
)}
</IfModule>
`,
    "hosting/nginx-http.conf": `# include this in the http block.
map "$arg_machine $uri" $two_servers_opener {
  default ${openerValue};
  ~^node\\x20 same-origin;
  ~${checkPath}(index\\.html)?$ same-origin;
}
map $two_servers_opener $two_servers_embedder {
  same-origin require-corp;
}
map $uri $two_servers_framing {
  default "${framingValue}";
  "~${framedPath}" "";
}
map $uri $two_servers_cache {
  default "${checked}";
  "~${hashedPath}" "${immutable}";
}
`,
    "hosting/nginx-location.conf": `# include this in the location of the site. An empty value sends no header.
add_header Cache-Control $two_servers_cache;
add_header Cross-Origin-Opener-Policy $two_servers_opener;
add_header Cross-Origin-Embedder-Policy $two_servers_embedder;
add_header ${framing} $two_servers_framing;
${protecting((name, value) => `add_header ${name} "${value}";`)}
`,
    "hosting/Caddyfile": `# import this in the block of the site.
@hashed path_regexp ${hashedPath}
@unhashed not path_regexp ${hashedPath}
header @hashed Cache-Control "${immutable}"
header @unhashed Cache-Control "${checked}"
@unframed not path_regexp ${framedPath}
header @unframed ${framing} "${framingValue}"
@node expression \`{query.machine} == "node" || {path}.endsWith("${checkPath}")\`
@other expression \`!({query.machine} == "node" || {path}.endsWith("${checkPath}"))\`
header @other ${opener} "${openerValue}"
header @node {
${isolating((name, value) => `  ${name} ${value}`)}
}
header {
${protecting((name, value) => `  ${name} "${value}"`)}
}
`,
  };
}

/**
 * Sends the isolating headers from the development server, and writes the files for other hosts into the built site.
 */
export function hosting(): AstroIntegration {
  return {
    name: "hosting",
    hooks: {
      "astro:server:setup": ({ server }) => {
        server.middlewares.use((request, response, next) => {
          if (needsIsolation(request.url ?? "/")) {
            for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
          }
          next();
        });
      },
      "astro:build:done": async ({ dir }) => {
        const root = await readdir(dir, { withFileTypes: true });
        const folders: string[] = [];
        for (const { name } of root.filter((entry) => entry.isDirectory())) {
          const inside = await readdir(new URL(`${name}/`, dir), { recursive: true });
          if (inside.some((path) => path.endsWith(".html"))) folders.push(name);
        }
        const machines = fileURLToPath(new URL("machine/", dir));
        const parts = await readdir(machines, { recursive: true, withFileTypes: true });
        const paths = parts
          .filter((entry) => entry.isFile())
          .map((entry) => relative(fileURLToPath(dir), join(entry.parentPath, entry.name)).split(sep).join("/"));
        for (const [path, text] of Object.entries(hostFiles(paths.filter(isHashed).sort(), folders.sort()))) {
          const file = new URL(path, dir);
          await mkdir(new URL("./", file), { recursive: true });
          await writeFile(file, text);
        }
      },
    },
  };
}
