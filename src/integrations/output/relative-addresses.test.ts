import { describe, expect, it } from "vitest";
import { buildBase, wayToRoot, withRelativeAddresses } from "./relative-addresses.ts";

describe("wayToRoot", () => {
  it.each([
    ["index.html", "./"],
    ["lessons/index.html", "../"],
    ["lessons/01-two-servers/index.html", "../../"],
  ])("of %s is %s", (file, way) => expect(wayToRoot(file)).toBe(way));
});

describe("withRelativeAddresses", () => {
  const page = "lessons/01/index.html";

  it.each([
    [`<a href="${buildBase}/">`, '<a href="../../">'],
    [`<a href="${buildBase}">`, '<a href="../../">'],
    [`<a href="${buildBase}/embed/x/#lab">`, '<a href="../../embed/x/#lab">'],
    [`<meta name="site-root" content="${buildBase}/">`, '<meta name="site-root" content="../../">'],
    [`props="{&quot;a&quot;:&quot;${buildBase}/b&quot;}"`, 'props="{&quot;a&quot;:&quot;../../b&quot;}"'],
  ])("rewrites %s in a page", (before, after) => expect(withRelativeAddresses(page, before)).toBe(after));

  it("rewrites addresses in a style sheet relative to the sheet", () => {
    expect(withRelativeAddresses("_astro/a.css", `url(${buildBase}/_astro/b.woff2)`)).toBe("url(../_astro/b.woff2)");
  });

  it.each([
    [`f("${buildBase}/"+dep)`, 'f((new URL("../",import.meta.url).href)+dep)'],
    [`f(\`${buildBase}\`)`, "f((new URL(`../`,import.meta.url).href))"],
    [`f(\`${buildBase}/x/\${y}\`)`, `f((new URL(\`../x/\${y}\`,import.meta.url).href))`],
    [`return"${buildBase}/"+dep`, 'return(new URL("../",import.meta.url).href)+dep'],
    [`import a from"${buildBase}/_astro/a.js"`, 'import a from"../_astro/a.js"'],
    [`import("${buildBase}/_astro/a.js")`, 'import((new URL("../_astro/a.js",import.meta.url).href))'],
  ])("rewrites %s in a script", (before, after) => expect(withRelativeAddresses("_astro/x.js", before)).toBe(after));

  it("leaves other text alone", () => {
    expect(withRelativeAddresses(page, '<a href="/elsewhere/">')).toBe('<a href="/elsewhere/">');
  });

  it("refuses an address that it cannot make relative", () => {
    expect(() => withRelativeAddresses("_astro/x.js", `/* ${buildBase}/ */`)).toThrow(/_astro\/x\.js keeps an address/);
  });
});
