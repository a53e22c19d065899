import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pageOfDifference } from "./evidence.ts";
import { findDifferences } from "./find-differences.ts";
import type { SeenPage, SeenSide } from "./observation.ts";

const page = (path: string, bodies: readonly string[], status = 200, setCookies: readonly string[] = []): SeenPage => ({
  method: "GET",
  path,
  answers: bodies.map((body) => ({ status, body, setCookies })),
  failed: 0,
});
const side = (seen: Partial<SeenSide>): SeenSide => ({
  command: "gunicorn -w 4 app:app",
  output: "",
  workers: 4,
  pages: [],
  load: { done: 100, failed: 0, serverErrors: 0 },
  ...seen,
});
const found = (development: Partial<SeenSide>, production: Partial<SeenSide>) =>
  findDifferences({
    development: side({ workers: 1, command: "flask run", ...development }),
    production: side(production),
  });
const pages = (one: SeenPage, other: SeenPage) => found({ pages: [one] }, { pages: [other] });

describe("findDifferences: answers", () => {
  it("sees a number that four workers count each for themselves", () => {
    const visits = (numbers: readonly number[]) => numbers.map((n) => `<h1>Shop 24</h1><p>Visit number ${n}.</p>`);
    expect(pages(page("/", visits([3, 4, 5, 6])), page("/", visits([1, 1, 2, 1])))).toEqual([
      { kind: "counter per worker", path: "/", seen: { development: "3, 4, 5, 6", production: "1, 1, 2, 1" } },
    ]);
    expect(pages(page("/", visits([3, 4, 5, 6])), page("/", visits([1, 2, 3, 4])))).toEqual([]);
  });

  it("sees a page that differs from worker to worker, and none that differs by itself", () => {
    const same = page("/", ["a", "a", "a"]);
    expect(pages(same, page("/", ["a", "b", "a"]))).toEqual([{ kind: "differs by worker", path: "/" }]);
    expect(pages(page("/", ["a", "b", "c"]), page("/", ["c", "a", "b"]))).toEqual([]);
    expect(pages(page("/", ["It is 10:01:02", "It is 10:01:03"]), page("/", ["10:02", "10:03"]))).toEqual([]);
    const cookies = ["session"];
    expect(
      pages(page("/", ["Hello, Ada", "Hello, Ada"], 200, cookies), page("/", ["Hello, Ada", "Log in"], 200, cookies)),
    ).toEqual([{ kind: "cookie unknown to a worker", path: "/", cookie: "session" }]);
  });

  it("sees that only one side answers, and static files", () => {
    expect(pages(page("/a", ["x"]), page("/a", ["y"], 500))).toEqual([
      { kind: "status differs", path: "/a", seen: { development: "200", production: "500" } },
    ]);
    expect(pages(page("/static/a.css", ["x"]), page("/static/a.css", ["x"]))).toEqual([
      { kind: "static files by Python", path: "/static/a.css" },
    ]);
    expect(pages(page("/static/a.css", ["x"]), page("/static/a.css", ["no"], 404))).toEqual([
      { kind: "static files missing", path: "/static/a.css" },
    ]);
  });
});

describe("findDifferences: logs and runs", () => {
  it("sees a locked database, errors on one side, and debug mode", () => {
    expect(found({}, { output: "sqlite3.OperationalError: database is locked\n" })).toEqual([
      { kind: "database is locked", sides: ["production"] },
    ]);
    expect(found({}, { load: { done: 1, failed: 9, serverErrors: 9 } })).toEqual([
      { kind: "errors on one side", side: "production", failed: 9 },
    ]);
    const both = { load: { done: 1, failed: 9, serverErrors: 9 } };
    expect(found(both, both)).toEqual([]);
    expect(found({ output: " * Debugger is active!\n" }, { command: "flask run --debug" })).toEqual([
      { kind: "debug mode on", sides: ["development", "production"] },
    ]);
  });

  it("sees start-up work that each worker does, and what only one side prints", () => {
    const line = "The tables are there.\n";
    expect(found({ output: line.repeat(2) }, { output: line.repeat(4) })).toEqual([
      { kind: "start-up work repeated", line: "The tables are there.", times: 4 },
    ]);
    expect(found({ output: line }, { output: line })).toEqual([]);
    expect(found({ output: "hello from a view\n" }, {})).toEqual([
      { kind: "printed on one side", side: "development", line: "hello from a view" },
    ]);
    const own =
      ' * Serving Flask app "app"\n127.0.0.1 - - [01/Jan/2026] "GET / HTTP/1.1" 200 -\nPress CTRL+C to quit\n';
    expect(found({ output: own }, { output: "[2026-01-01 10:00:00 +0000] [7] [INFO] Booting worker\n" })).toEqual([]);
  });
});

describe("pageOfDifference", () => {
  it.each(Object.values(pageOfDifference))("%s is a page of the site", (path) => {
    expect(existsSync(`content/${path.slice(0, -1)}.mdx`)).toBe(true);
  });
});
