import { describe, expect, it } from "vitest";
import { brokenLinks } from "./links.ts";

const broken = (link: string) =>
  brokenLinks(
    new Set(["index.html", "a/index.html", "a/b/index.html", "_astro/x.js"]),
    new Map([
      ["index.html", '<h1 id="top">Top</h1>'],
      ["a/b/index.html", `<h2 id="here">Here</h2><p>${link}</p>`],
    ]),
  );

describe("brokenLinks", () => {
  it.each([
    '<a href="../../">home</a>',
    '<a href="../../#top">top</a>',
    '<a href="#here">here</a>',
    '<a href="../">up</a>',
    '<script src="../../_astro/x.js"></script>',
    '<a href="?x=1">same page</a>',
    '<a href="../../#example=polls">for a script</a>',
    '<a href="https://docs.python.org/3/">other</a>',
    '<img src="data:image/png;base64,AA==" alt="">',
  ])("leaves alone %s", (link) => {
    expect(broken(link)).toEqual([]);
  });

  it.each([
    ['<a href="../c/">gone</a>', "a/b/index.html: ../c/: there is no a/c/index.html"],
    ['<a href="#there">gone</a>', "a/b/index.html: #there: a/b/index.html has no #there"],
    ['<a href="../../#here">gone</a>', "a/b/index.html: ../../#here: index.html has no #here"],
    ['<a href="../../a">no slash</a>', "a/b/index.html: ../../a: there is no a"],
    ['<a href="/a/">root</a>', "a/b/index.html: /a/: begins at the root, and the site may be hosted anywhere"],
    ['<a href="https://docs/3/">host</a>', "a/b/index.html: https://docs/3/: docs is no host"],
    [
      '<a href="javascript:void(0)">script</a>',
      "a/b/index.html: javascript:void(0): javascript: is no protocol of a link",
    ],
  ])("finds %s", (link, problem) => {
    expect(broken(link)).toEqual([problem]);
  });
});
