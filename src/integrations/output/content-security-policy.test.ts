import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inlineScriptHashes, withContentSecurityPolicy } from "./content-security-policy.ts";

const hashOf = (code: string) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;

describe("inlineScriptHashes", () => {
  it("hashes inline scripts exactly as they stand, once each, and no others", () => {
    const html = `<script>\n a()\n</script><script type="module" data-x="a > b">b()</script>
      <script src="c.js"></script><script>\n a()\n</script>`;
    expect(inlineScriptHashes(html)).toEqual([hashOf("\n a()\n"), hashOf("b()")]);
  });
});

describe("withContentSecurityPolicy", () => {
  const html = '<html><head lang="en"><title>x</title><script>a()</script></head></html>';

  it("puts the policy before everything that it governs", () => {
    const result = withContentSecurityPolicy(html);
    expect(result).toMatch(/<head lang="en"><meta http-equiv="content-security-policy" content="[^"]*"><title>/);
    expect(result).toContain(hashOf("a()"));
  });

  it("allows no other inline script and no eval", () => {
    const scriptSources = /script-src ([^;]*)/.exec(withContentSecurityPolicy(html))?.[1];
    expect(scriptSources).toBe(`'self' 'wasm-unsafe-eval' ${hashOf("a()")}`);
  });

  it("allows frames of other origins only where the page names them", () => {
    const frames = (page: string) => /frame-src ([^;]*)/.exec(withContentSecurityPolicy(page))?.[1];
    expect(frames(html)).toBe("'self'");
    expect(frames(`${html}<div data-frame-source="https://stackblitz.com">`)).toBe("'self' https://stackblitz.com");
  });

  it("allows requests to other origins only where the page names them", () => {
    const asked = (page: string) => /connect-src ([^;]*)/.exec(withContentSecurityPolicy(page))?.[1];
    expect(asked(html)).toBe("'self'");
    const two = "https://pypi.org https://files.pythonhosted.org";
    expect(asked(`${html}<div data-connect-source="${two}"><p data-connect-source="https://pypi.org">`)).toBe(
      `'self' ${two}`,
    );
    expect(asked(`${html}<div data-connect-source="https://pypi.org; script-src *">`)).toBe("'self'");
  });

  it("keeps a policy that the page brings", () => {
    const own = '<head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"></head>';
    expect(withContentSecurityPolicy(own)).toBe(own);
  });
});
