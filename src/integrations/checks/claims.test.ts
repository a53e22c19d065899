import { describe, expect, it } from "vitest";
import { problemsOfClaims } from "./claims.ts";

const page = (source: string, path = "content/lessons/01-a.mdx") => ({
  path,
  source: `---\ntitle: A\n---\n\n${source}\n`,
});
const spec = (source: string) => ({ path: "e2e/claims/first-load.spec.ts", source });
const ran = (...ids: readonly string[]) => spec(ids.map((id) => `claim("${id}", async () => {});\n`).join(""));

describe("problemsOfClaims", () => {
  it("has nothing to say where each claim has its run or its source", () => {
    const pages = [
      page(
        'It is <Claim id="a">one</Claim> and\n<Claim id="b">two</Claim>.\n\n- <Claim source="https://a.b/c">x</Claim>',
      ),
      page('<Claim id="c">A paragraph\nof its own.</Claim>', "content/concepts/c.mdx"),
    ];
    expect(problemsOfClaims(pages, [spec('claim(["a", "b"], async () => {});\nclaim("c", async () => {});')])).toEqual(
      [],
    );
  });

  it("names the line of a claim that nothing runs", () => {
    expect(problemsOfClaims([page('Text.\n\nAnd <Claim id="a-b">x</Claim>.')], [])).toEqual([
      'content/lessons/01-a.mdx:7: no test runs the claim a-b. Write in e2e/claims/: claim("a-b", async (lab) => { … });',
    ]);
  });

  it("names the line of a run that no page claims", () => {
    const problems = problemsOfClaims([], [spec('// first\nclaim(["a"], async () => {});')]);
    expect(problems).toEqual([expect.stringContaining("e2e/claims/first-load.spec.ts:2: no page makes the claim a.")]);
  });

  it("does not take an id twice, on pages or in tests", () => {
    const pages = [page('<Claim id="a">x</Claim> y'), page('<Claim id="a">z</Claim> y', "content/lessons/02-b.mdx")];
    expect(problemsOfClaims(pages, [ran("a", "a")])).toEqual([
      "content/lessons/02-b.mdx:5: the claim a is made already at content/lessons/01-a.mdx:5.",
      "e2e/claims/first-load.spec.ts:2: the claim a is run already at e2e/claims/first-load.spec.ts:1.",
    ]);
  });

  it.each([
    ["<Claim>x</Claim> y", "needs an id or a source"],
    ['<Claim source="the docs">x</Claim> y', "is an address"],
    ['<Claim id="Four Workers">x</Claim> y', "not Four Workers"],
    ["<Claim id={id}>x</Claim> y", "needs an id or a source"],
    ['<Claim id="a">\n\none\n\ntwo\n\n</Claim>', "here around 2"],
  ])("refuses %s", (source, words) => {
    expect(problemsOfClaims([page(source)], [ran("a")]).join("\n")).toContain(`content/lessons/01-a.mdx:5: `);
    expect(problemsOfClaims([page(source)], [ran("a")]).join("\n")).toContain(words);
  });

  it("refuses an id that the build cannot read", () => {
    const problems = problemsOfClaims([], [spec("claim(id, async () => {});")]);
    expect(problems).toEqual([expect.stringContaining("e2e/claims/first-load.spec.ts:1: ids are written out.")]);
  });

  it("leaves alone what is only shown as code", () => {
    expect(problemsOfClaims([page('```mdx\n<Claim id="a">x</Claim>\n```\n\n`<Claim id="b">`')], [])).toEqual([]);
  });
});
