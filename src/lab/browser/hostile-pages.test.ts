// @vitest-environment happy-dom
// @vitest-environment-options {"settings": {"handleDisabledFileLoadingAsSuccess": true}}
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a page's own scripts look like that
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText, inTime, inTimeLater, type Language } from "../../testing/hostile-text.ts";
import { framingElements } from "./framing-elements.ts";
import { mostInlined, rewriteCss } from "./rewrite-css.ts";
import { rewritePage } from "./rewrite-page.ts";
import { rewriteScript } from "./rewrite-script.ts";

const page = "http://localhost:5000/deep/page";
const asset = async (url: string) => (url.includes("missing") ? undefined : `data:;base64,${url.length}`);

const css: Language = {
  tokens: [
    "url(",
    "url('",
    'url("',
    ")",
    "'",
    '"',
    "@import ",
    "@import '",
    " ",
    "/*",
    "*/",
    "{",
    "}",
    ";",
    "data:,",
    "#",
    "\\",
  ],
  brackets: [
    ["url(", ")"],
    ["{", "}"],
    ["/*", "*/"],
    ["(", ")"],
  ],
  valid: [`@import "a.css"; a { background: url('/i.png') } b { src: url(data:,x), url(#y), url( "z" ) }`],
};

const script: Language = {
  tokens: [
    "location",
    "window.location",
    ".",
    "=",
    "(",
    ")",
    "`",
    "${",
    "}",
    "/",
    "'",
    '"',
    "//",
    "/*",
    "=>",
    "let ",
    "?.",
    "*",
    "<",
  ],
  brackets: [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["`${", "}`"],
    ["location(", ")"],
    ["(location = ", ")"],
    ["if (location) {", "}"],
  ],
  valid: ["const a = (x) => `${location.href}/${x}`; if (window.location.search) { location = '/b' }\n"],
};

const html: Language = {
  tokens: [
    ...[
      "<",
      ">",
      "</",
      "/>",
      "<!--",
      "-->",
      "<!",
      "&",
      "=",
      "'",
      '"',
      " on",
      " onclick=",
      "location",
      "data-pane-on",
      "<a ",
    ],
    ...["<script>", "</script>", "<style>", "</style>", "<img src=x ", "<base href=", "javascript:", "url("],
    ...[
      '<meta http-equiv="refresh" content="',
      "0; url=",
      "<template>",
      "<svg>",
      "<math>",
      "<table>",
      "<frameset>",
      "srcset=",
    ],
  ],
  brackets: [
    ["<div>", "</div>"],
    ["<b><i>", "</b></i>"],
    ["<!--", "-->"],
    ["<svg><style>", "</style></svg>"],
  ],
  valid: [
    '<!doctype html><head><base href="/b/"><link rel="stylesheet" href="/s.css"><style>a{b:url(c)}</style></head><a onclick="location=1">',
    '<meta http-equiv="refresh" content="3; url=next"><img src="i.png" srcset="x 2x"><script>location.href</script>',
  ],
};

describe("hostile text", () => {
  it("in a style sheet is read in time", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText(css), async (text) => {
        await inTimeLater(() => rewriteCss(text, page, asset));
      }),
      { numRuns: 150 },
    );
    await inTimeLater(() => rewriteCss(`url(${" ".repeat(20_000)}x y`, page, asset));
  });

  it("in a script is read in slices, and left as it is when it takes too long", async () => {
    await rewriteScript("location");
    await fc.assert(
      fc.asyncProperty(hostileText(script), async (code) => {
        const until = performance.now() + 100;
        expect(typeof (await inTimeLater(() => rewriteScript(code, until)))).toBe("string");
      }),
      { numRuns: 60 },
    );
    const mistakes = `location;${")".repeat(200_000)}`;
    let turns = 0;
    const turn = () => {
      turns += 1;
      timer = setTimeout(turn);
    };
    let timer = setTimeout(turn);
    expect(await rewriteScript(mistakes, performance.now() + 300)).toBe(mistakes);
    clearTimeout(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it("in a page is put into one that can be shown", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText(html), async (text) => {
        // Happy DOM cannot write down an SVG's element that is called template.
        fc.pre(!/<svg/i.test(text) || !/<template/i.test(text));
        const { html: shown } = await rewritePage(text.slice(0, 2000), page, asset, (url) => url);
        expect(shown).toMatch(/^<html[\s>]/);
        const read = new DOMParser().parseFromString(shown, "text/html");
        expect(read.querySelectorAll([...framingElements].join())).toHaveLength(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a page", () => {
  const shown = async (text: string, source = asset) => rewritePage(text, page, source, (url) => url);

  it("may have attributes that no script could give", async () => {
    const { html: text } = await shown(`<p data-pane-on"x="location.href" onclick="location.href">a</p>`);
    expect(text).toContain(`onclick="paneLocation.href"`);
  });

  it("asks for no more refreshes than one", async () => {
    const meta = '<meta http-equiv="refresh" content="3; url=/x">';
    const { html: text, refresh } = await shown(`${meta}<p>${meta}</p>`);
    expect(refresh).toEqual({ url: "http://localhost:5000/x", seconds: 3 });
    expect(text).not.toContain("refresh");
  });

  it("is refreshed when it says, and not at once if that is later than a timer can wait", async () => {
    const { refresh } = await shown('<meta http-equiv="refresh" content="99999999999; url=/x">');
    expect((refresh?.seconds ?? 0) * 1000).toBeLessThan(2 ** 31);
    expect(refresh?.seconds).toBeGreaterThan(1_000_000);
  });

  it("does not grow without end because of what it loads", async () => {
    const large = `data:,${"x".repeat(mostInlined / 4)}`;
    const { html: text } = await shown('<img src="a">'.repeat(10), async () => large);
    expect(text.length).toBeLessThan(mostInlined + 10_000);
    expect(text).toContain('src="data:,"');
    const sheet = await inTime(() => rewriteCss("a { b: url(c) }".repeat(10), page, async () => large));
    expect(sheet.length).toBeLessThan(mostInlined + 10_000);
  });
});
