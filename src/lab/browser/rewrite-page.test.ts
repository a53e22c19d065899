// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { rewriteCss } from "./rewrite-css.ts";
import { rewritePage } from "./rewrite-page.ts";

const page = "http://localhost:5000/deep/page";
const asked: string[] = [];
const noFrames = (url: string) => `No frame for ${url}`;
const asset = async (url: string) => {
  asked.push(url);
  return url.includes("missing") ? undefined : `data:;base64,${url.length}`;
};

describe("a page for the pane", () => {
  it("has in it what it loads, resolved against its address", async () => {
    asked.length = 0;
    const { doctype, html, base } = await rewritePage(
      `<!doctype html><html lang="de"><head><link rel="stylesheet" href="/s.css" integrity="x"><script src="a.js" defer></script></head>
       <body><img src="../i.png" srcset="x 2x"><img src="missing.png"><img src="data:,x"><a href="/next">n</a></body></html>`,
      page,
      asset,
      noFrames,
    );
    expect(asked.sort()).toEqual([
      "http://localhost:5000/deep/a.js",
      "http://localhost:5000/deep/missing.png",
      "http://localhost:5000/i.png",
      "http://localhost:5000/s.css",
    ]);
    expect(doctype).toBe("<!doctype html>");
    expect(html).toMatch(/^<html lang="de">/i);
    expect(base).toBe(page);
    expect(html).toContain('<a href="/next">');
    expect(html).not.toMatch(/integrity|srcset|a\.js|s\.css/);
    expect(html).toContain('src="data:,"');
  });

  it("heeds a base of its own, and takes a refresh and a policy out", async () => {
    asked.length = 0;
    const { html, base, refresh } = await rewritePage(
      '<head><base href="/files/"><meta http-equiv="refresh" content="3; url=next"><meta http-equiv="Content-Security-Policy" content="x"></head><img src="i.png">',
      page,
      asset,
      noFrames,
    );
    expect(asked).toEqual(["http://localhost:5000/files/i.png"]);
    expect(base).toBe("http://localhost:5000/files/");
    expect(refresh).toEqual({ url: "http://localhost:5000/files/next", seconds: 3 });
    expect(html).not.toMatch(/http-equiv/);
  });
});

describe("a page's own code", () => {
  it("has the pane's location; a frame within it says what it would show", async () => {
    const { html } = await rewritePage(
      `<script>location.href</script><script type="text/template">location.href</script>
       <a onclick="location = '/x'" href="javascript:location.reload()">x</a><iframe src="inner"></iframe>`,
      page,
      asset,
      noFrames,
    );
    expect(html).toContain("<script>paneLocation.href</script>");
    expect(html).toContain('<script type="text/template">location.href</script>');
    expect(html).toContain("onclick=\"paneLocation = '/x'\"");
    expect(html).toContain('href="javascript:paneLocation.reload()"');
    expect(html).toContain("<pane-frame>No frame for http://localhost:5000/deep/inner</pane-frame>");
  });
});

describe("a page with frames in it", () => {
  it.each([
    "<iframe></iframe>",
    "<iframe srcdoc='<b>x</b>'></iframe>",
    "<IFRAME></IFRAME>",
    "<frameset><frame></frameset>",
    "<fencedframe></fencedframe>",
    "<template><iframe></iframe><template><iframe></iframe></template></template>",
    "<div><template shadowrootmode=open><iframe></iframe></template></div>",
    '<noscript><p title="</noscript><iframe></iframe>"></noscript>',
    "<svg><foreignObject><iframe></iframe></foreignObject></svg>",
  ])("has none when it is shown: %s", async (body) => {
    const { html } = await rewritePage(`<!doctype html>${body}`, page, asset, noFrames);
    expect(html).not.toMatch(/<(?:i|fenced)?frame[\s>]/i);
  });
});

describe("a style sheet", () => {
  it("has in it what it refers to", async () => {
    const css = `@import "more.css"; @import url(other.css); a { background: url('/i.png') } b { src: url(data:,x), url(#y) } c { content: "url" }`;
    expect(await rewriteCss(css, "http://localhost/css/main.css", async (url) => `<${url}>`)).toBe(
      `@import url("<http://localhost/css/more.css>"); @import url("<http://localhost/css/other.css>"); a { background: url("<http://localhost/i.png>") } b { src: url(data:,x), url(#y) } c { content: "url" }`,
    );
  });
});
