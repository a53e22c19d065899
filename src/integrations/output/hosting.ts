/**
 * Files that set headers on common hosts, written into the built site. A host that cannot set headers needs none of them.
 *
 * Cache rules: what has a hash of its content in its name never has to be asked for again, everything else is checked at each use.
 * Isolation: what the Node machine's pages need, and only those. The site's service worker does the same where no header comes.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { checkPath, isolationHeaders, needsIsolation } from "../../service-worker/isolation.ts";
import { isHashed } from "../../service-worker/kept-site.ts";

/** For files whose names change with their content. */
export const immutable = "public, max-age=31536000, immutable";
/** For all others: they may be kept, and are checked at each use. */
export const checked = "no-cache";

/** Paths of hashed files, as the servers' own rules match them. `isHashed` says more exactly which these are. */
const hashedPath = "/_astro/|/machine/.*\\.[0-9a-f]{12}\\.";

const headers = Object.entries(isolationHeaders);
const lines = (line: (name: string, value: string) => string) =>
  headers.map(([name, value]) => line(name, value)).join("\n");

/**
 * Header files for common hosts, by their path in the built site.
 *
 * @param hashedParts files below `machine/` with a hash in their names, relative to the site's root
 */
export function hostFiles(hashedParts: readonly string[]): Readonly<Record<string, string>> {
  const hashed = ["/_astro/*", ...hashedParts.map((path) => `/${path}`)];
  return {
    // Netlify, Cloudflare Pages and others, which let browsers check everything else. They know paths only: lab pages are left to the
    // service worker.
    _headers: `${checkPath}\n${lines((name, value) => `  ${name}: ${value}`)}\n${hashed
      .map((path) => `${path}\n  Cache-Control: ${immutable}\n`)
      .join("")}`,
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
${lines(
  (name, value) =>
    `  Header set ${name} "${value}" "expr=%{QUERY_STRING} =~ /(^|&)machine=node(&|$)/ || %{REQUEST_URI} =~ m#${checkPath}(index\\.html)?$#"`,
)}
</IfModule>
`,
    "hosting/nginx-http.conf": `# include this in the http block.
map "$arg_machine $uri" $two_servers_opener {
  ~^node\\x20 same-origin;
  ~${checkPath}(index\\.html)?$ same-origin;
}
map $two_servers_opener $two_servers_embedder {
  same-origin require-corp;
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
`,
    "hosting/Caddyfile": `# import this in the block of the site.
@hashed path_regexp ${hashedPath}
@unhashed not path_regexp ${hashedPath}
header @hashed Cache-Control "${immutable}"
header @unhashed Cache-Control "${checked}"
@node expression \`{query.machine} == "node" || {path}.endsWith("${checkPath}")\`
header @node {
${lines((name, value) => `  ${name} ${value}`)}
}
`,
  };
}

/** Sends the isolating headers from the development server, and writes the files for other hosts into the built site. */
export function hosting(): AstroIntegration {
  return {
    name: "hosting",
    hooks: {
      "astro:server:setup": ({ server }) => {
        server.middlewares.use((request, response, next) => {
          if (needsIsolation(request.url ?? "/")) {
            for (const [name, value] of headers) response.setHeader(name, value);
          }
          next();
        });
      },
      "astro:build:done": async ({ dir }) => {
        const machines = fileURLToPath(new URL("machine/", dir));
        const parts = await readdir(machines, { recursive: true, withFileTypes: true });
        const paths = parts
          .filter((entry) => entry.isFile())
          .map((entry) => relative(fileURLToPath(dir), join(entry.parentPath, entry.name)).split(sep).join("/"));
        for (const [path, text] of Object.entries(hostFiles(paths.filter(isHashed).sort()))) {
          const file = new URL(path, dir);
          await mkdir(new URL("./", file), { recursive: true });
          await writeFile(file, text);
        }
      },
    },
  };
}
