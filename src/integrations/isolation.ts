/**
 * The headers that isolate a page from other origins, which the Node machine needs, and only its pages: those with
 * `?machine=node` in their address, and the check of the machine. A host that cannot set headers needs none of this: the
 * site's service worker does the same.
 */
import { mkdir, writeFile } from "node:fs/promises";
import type { AstroIntegration } from "astro";
import { checkPath, isolationHeaders, needsIsolation } from "../service-worker/isolation.ts";

const headers = Object.entries(isolationHeaders);
const lines = (line: (name: string, value: string) => string) =>
  headers.map(([name, value]) => line(name, value)).join("\n");

/** Header files for common hosts, by their path in the built site. */
export function hostFiles(): Readonly<Record<string, string>> {
  return {
    // Netlify, Cloudflare Pages and others. They know paths only: lab pages are left to the service worker.
    _headers: `${checkPath}\n${lines((name, value) => `  ${name}: ${value}`)}\n`,
    // Apache, also in a folder below the root.
    ".htaccess": `<IfModule mod_headers.c>
<If "%{QUERY_STRING} =~ /(^|&)machine=node(&|$)/ || %{REQUEST_URI} =~ m#${checkPath}$#">
${lines((name, value) => `  Header always set ${name} "${value}"`)}
</If>
</IfModule>
`,
    "hosting/nginx.conf": `# In the http block:
map "$arg_machine $uri" $two_servers_opener {
  ~^node\\x20 same-origin;
  ~${checkPath}(index\\.html)?$ same-origin;
}
map $two_servers_opener $two_servers_embedder {
  same-origin require-corp;
}

# In the location of the site. An empty value sends no header.
add_header Cross-Origin-Opener-Policy $two_servers_opener;
add_header Cross-Origin-Embedder-Policy $two_servers_embedder;
`,
    "hosting/Caddyfile": `# In the block of the site.
@node expression \`{query.machine} == "node" || {path}.endsWith("${checkPath}")\`
header @node {
${lines((name, value) => `  ${name} ${value}`)}
}
`,
  };
}

/** Sends the headers from the development server, and writes the files for other hosts into the built site. */
export function isolation(): AstroIntegration {
  return {
    name: "isolation",
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
        for (const [path, text] of Object.entries(hostFiles())) {
          const file = new URL(path, dir);
          await mkdir(new URL("./", file), { recursive: true });
          await writeFile(file, text);
        }
      },
    },
  };
}
