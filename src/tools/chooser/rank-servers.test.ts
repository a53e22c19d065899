import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { elementsNamed } from "../../mdx/page-elements.ts";
import { chooserSchema, comparisonSchema } from "../../schemas/choice.ts";
import { rankServers, startOf } from "./rank-servers.ts";

const read = (name: string): unknown => parse(readFileSync(`content/choice/${name}.yaml`, "utf8"));
const chooser = chooserSchema.parse(read("chooser"));
const comparison = comparisonSchema.parse(read("comparison"));
const verdicts = (chosen: Readonly<Record<string, string>>) =>
  Object.fromEntries(rankServers(chooser, chosen).map(({ server, verdict }) => [server.id, verdict]));

describe("rankServers", () => {
  it("puts nobody first before anything is answered", () => {
    expect(new Set(Object.values(verdicts({})))).toEqual(new Set(["possible"]));
  });

  it("gives each typical case the server that the course gives it", () => {
    expect(verdicts({ readers: "me" })).toMatchObject({ "flask-run": "first" });
    expect(verdicts({ readers: "others", system: "windows" })).toEqual({
      "flask-run": "out",
      gunicorn: "out",
      uwsgi: "out",
      waitress: "first",
    });
    const usual = { readers: "others", system: "unix", front: "proxy", work: "wait", hang: "end", before: "no" };
    expect(verdicts(usual)).toMatchObject({ gunicorn: "first", "flask-run": "out", uwsgi: "possible" });
    expect(verdicts({ readers: "others", front: "nothing", hang: "own" })).toMatchObject({ waitress: "first" });
  });

  it("never puts first what is ruled out, and always leaves others a server", () => {
    const chosen = fc.record(
      Object.fromEntries(
        chooser.questions.map(({ id, answers }) => [id, fc.constantFrom(...answers.map((each) => each.id))]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(chosen, (answers) => {
        const weighed = rankServers(
          chooser,
          Object.fromEntries(Object.entries(answers).flatMap(([id, each]) => (each ? [[id, each]] : []))),
        );
        expect(weighed).toHaveLength(chooser.servers.length);
        expect(weighed[0]?.verdict).not.toBe("out");
        for (const { verdict, reasons } of weighed) {
          expect(verdict === "out").toBe(reasons.some(({ says }) => says === "out"));
        }
      }),
    );
  });
});

describe("the command that one begins with", () => {
  const commands = (chosen: Readonly<Record<string, string>>) =>
    rankServers(chooser, chosen)
      .filter(({ verdict }) => verdict === "first")
      .map(({ server }) => startOf(chooser, server, chosen));

  it("listens to those who reach the server, and behind a proxy to nobody else", () => {
    const windows = { readers: "others", system: "windows", work: "wait" };
    expect(commands({ ...windows, front: "nothing" })).toEqual(["waitress-serve --host 0.0.0.0 --threads 8 app:app"]);
    expect(commands({ ...windows, front: "proxy" })).toEqual(["waitress-serve --host 127.0.0.1 --threads 8 app:app"]);
    for (const { id, reached } of chooser.servers) if (id !== "flask-run") expect(reached).not.toContain("127.0.0.1");
  });
});

describe("what the chooser and the comparison lean on", () => {
  const body = (path: string) => readFileSync(`content/${path.replace(/\/(#.*)?$/, "")}.mdx`, "utf8");

  it("are pages that exist", () => {
    for (const { answers } of chooser.questions) {
      for (const { reasons } of answers) for (const { page } of reasons) if (page) expect(body(page)).not.toBe("");
    }
  });

  it.each(
    comparison.rows.flatMap(({ cells }) => cells.flatMap(({ page, claim }) => (page && claim ? [[page, claim]] : []))),
  )("%s makes the claim %s", (page, claim) => {
    expect(elementsNamed("Claim", body(page)).map(({ attributes }) => attributes["id"])).toContain(claim);
  });
});
