/** Gives each built page a Content-Security-Policy of its own, so that a plain host without headers is enough. */
import { createHash } from "node:crypto";

const scriptElement = /<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script>/gi;
const policyElement = /<meta\s[^>]*http-equiv=["']?content-security-policy/i;

/** Hashes, as a policy names them, of the scripts that stand in the page itself. */
export function inlineScriptHashes(html: string): readonly string[] {
  const hashes = new Set<string>();
  for (const [, attributes = "", code = ""] of html.matchAll(scriptElement)) {
    if (/\bsrc\s*=/i.test(attributes)) continue;
    hashes.add(`'sha256-${createHash("sha256").update(code).digest("base64")}'`);
  }
  return [...hashes];
}

const sourceAttribute = /\sdata-(frame|connect)-source="(https:\/\/[\w.*-]+(?: https:\/\/[\w.*-]+)*)"/g;

/** What a page needs of other origins. */
export interface ForeignSources {
  /** Origins that it may frame. */
  readonly frames: readonly string[];
  /** Origins that its scripts may ask. */
  readonly connections: readonly string[];
}

/**
 * As elements of the page say in `data-frame-source` and `data-connect-source`, with spaces between several:
 * WebContainer's, where Node is offered, and PyPI's, where its host lets readers fetch packages.
 */
export function foreignSources(html: string): ForeignSources {
  const found = [...html.matchAll(sourceAttribute)];
  const of = (kind: string) => [
    ...new Set(found.flatMap(([, each, sources = ""]) => (each === kind ? sources.split(" ") : []))),
  ];
  return { frames: of("frame"), connections: of("connect") };
}

/** The policy of a page with these inline scripts, and what it needs of other origins. */
export function contentSecurityPolicy(
  scriptHashes: readonly string[],
  { frames, connections }: ForeignSources = { frames: [], connections: [] },
): string {
  return [
    "default-src 'self'",
    // WebAssembly: the search index on the page. The machines' own is compiled in their sealed frame.
    ["script-src 'self' 'wasm-unsafe-eval'", ...scriptHashes].join(" "),
    // The terminal and the charts place what they draw with inline styles.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...connections].join(" "),
    // Nothing else of those origins: their frames load what they need under policies of their own.
    ["frame-src 'self'", ...frames].join(" "),
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // Text becomes no element and no code, and an address no script: src/site/TrustedTypes.astro,
    // src/lab/browser/inert-page.ts
    "require-trusted-types-for 'script'",
    "trusted-types default inert-page",
  ].join("; ");
}

/** The page with its policy as the first element of its head. A page that brings a policy keeps it. */
export function withContentSecurityPolicy(html: string): string {
  if (policyElement.test(html)) return html;
  const policy = contentSecurityPolicy(inlineScriptHashes(html), foreignSources(html));
  return html.replace(
    /<head\b[^>]*>/i,
    (head) => `${head}<meta http-equiv="content-security-policy" content="${policy}">`,
  );
}
