import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { askTheWeb, checkLinks, externalLinks } from "./external-links.ts";

const asked: string[] = [];
const server = createServer(({ url = "" }, response) => {
  asked.push(url);
  response.setHeader("content-type", "text/html");
  if (url === "/moved") {
    response.writeHead(301, { location: "/page" }).end();
  } else if (url === "/page") response.end(`<h1 id="top">A</h1><a name='old'></a><h2 id=bare>B</h2>`);
  else if (url === "/refused") response.writeHead(403).end();
  else if (url === "/broken") response.destroy();
  else response.writeHead(404).end();
});
let site = "";
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("It listens on no port.");
  site = `http://127.0.0.1:${address.port}`;
});
afterAll(() => void server.close());

it("finds links with their places, and leaves out what is no page", () => {
  const folder = mkdtempSync(join(tmpdir(), "links-"));
  writeFileSync(
    join(folder, "a.md"),
    "See <https://flask.org/a/#b>, [c](https://c.org/d).\nhttp://localhost:8000 https://shop.example/",
  );
  expect(externalLinks(folder, ["a.md"])).toEqual([
    { page: "https://flask.org/a/", anchor: "b", where: "a.md:1" },
    { page: "https://c.org/d", anchor: "", where: "a.md:1" },
  ]);
});

it("asks each page once, follows it where it has moved, and tells what is not there", async () => {
  const links = ["/page#top", "/page#old", "/page#bare", "/page#gone", "/moved#top", "/lost", "/refused", "/broken"];
  const report = await checkLinks(
    links.map((path) => {
      const [page = "", anchor = ""] = path.split("#");
      return { page: `${site}${page}`, anchor, where: `x:${path}` };
    }),
    askTheWeb,
  );
  expect(report.wrong).toEqual([
    expect.stringMatching(/\/broken: .+ \(x:\/broken\)$/),
    `${site}/lost: status 404 (x:/lost)`,
    `${site}/page#gone: the page has no such place (x:/page#gone)`,
  ]);
  expect(report.byHand).toEqual([`${site}/refused: status 403 (x:/refused)`]);
  expect(asked.filter((url) => url === "/lost")).toHaveLength(1);
});
