// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { Connection, HttpRequest, HttpResponse, Port } from "../../machine/machine.ts";
import { BrowserSession } from "./browser-session.ts";
import type { BrowserProblem } from "./browser-view.ts";

type Handler = (request: HttpRequest, port: Port) => Partial<HttpResponse> & { text?: string };

function browserOf(handler: Handler, connect: (port: Port) => Promise<Connection> = () => Promise.reject(new Error())) {
  const requests: HttpRequest[] = [];
  const browser = new BrowserSession(
    async (port, request) => {
      requests.push(request);
      const { text = "", ...response } = handler(request, port);
      return {
        version: "HTTP/1.1",
        status: 200,
        reason: "OK",
        headers: [["Content-Type", "text/html"]],
        body: new TextEncoder().encode(text),
        ...response,
      };
    },
    () => 5000,
    connect,
  );
  const header = (index: number, name: string) => requests.at(index)?.headers?.find(([each]) => each === name)?.[1];
  return { browser, requests, header };
}

function shownBy(browser: BrowserSession) {
  const { value: view } = browser.view;
  if (view.kind !== "page") throw new Error(`It shows no page: ${JSON.stringify(view)}`);
  return view.page;
}

function problemOf(browser: BrowserSession): BrowserProblem {
  const { value: view } = browser.view;
  if (view.kind !== "failed") throw new Error("It shows a page");
  return view.problem;
}

const redirect = (to: string, status = 302): ReturnType<Handler> => ({
  status,
  headers: [
    ["Location", to],
    ["Set-Cookie", "seen=1; Path=/; HttpOnly"],
  ],
});

describe("a page without an end", () => {
  const sheet = (text: string) => ({ text, headers: [["Content-Type", "text/css"] as const] });

  it("ends where a style sheet leads back to itself", async () => {
    const { browser, requests } = browserOf(({ path }) =>
      path === "/" ? { text: '<style>@import "/a";</style>' } : sheet(`@import "${path === "/a" ? "/b" : "/a"}";`),
    );
    await browser.go("/");
    expect(shownBy(browser).html).toContain('@import url("data:text/css');
    expect(requests.map(({ path }) => path)).toEqual(["/", "/a", "/b"]);
  });

  it("ends where style sheets lead to others without end", async () => {
    const { browser, requests } = browserOf(({ path }) =>
      path === "/" ? { text: '<style>@import "/a";</style>' } : sheet(`@import "${path}a";`),
    );
    await browser.go("/");
    expect(shownBy(browser).html).toContain('@import url("data:text/css');
    expect(requests).toHaveLength(9);
  });

  it("ends after a thousand files", async () => {
    let made = 0;
    const more = () => Array.from({ length: 40 }, () => `@import "/${made++}";`).join("");
    const { browser, requests } = browserOf(({ path }) =>
      path === "/" ? { text: '<style>@import "/a";</style>' } : sheet(more()),
    );
    await browser.go("/");
    expect(shownBy(browser).html).toContain('@import url("data:text/css');
    expect(requests).toHaveLength(1001);
  });
});

describe("a browser", () => {
  it.each([
    ["", "http://localhost:5000/"],
    ["/a?x=1", "http://localhost:5000/a?x=1"],
    ["localhost:8000/b", "http://localhost:8000/b"],
    ["http://127.0.0.1:5000", "http://127.0.0.1:5000/"],
  ])("goes to %j", async (typed, url) => {
    const { browser, header } = browserOf(() => ({ text: "<p>Hello" }));
    await browser.go(typed);
    expect(browser.address.value).toBe(url);
    expect(shownBy(browser).html).toContain("<p>Hello");
    expect(header(-1, "Host")).toBe(new URL(url).host);
  });

  it("follows redirects with the cookies that they set, and turns a POST into a GET", async () => {
    const { browser, requests, header } = browserOf(({ path }) =>
      path === "/" ? redirect("/next", 303) : { text: path },
    );
    await browser.go("");
    const form = { url: "http://localhost:5000/", method: "POST", headers: [], body: new Uint8Array([1]) };
    browser.serviceFor(shownBy(browser)).navigate(form, false);
    await expect.poll(() => requests.length).toBe(4);
    await expect.poll(() => browser.loading.value).toBe(false);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /",
      "GET /next",
      "POST /",
      "GET /next",
    ]);
    expect(requests[3]?.body).toBeUndefined();
    expect(header(1, "Cookie")).toBe("seen=1");
    expect(header(2, "Origin")).toBe("http://localhost:5000");
    expect(browser.address.value).toBe("http://localhost:5000/next");
  });

  it("says why there is no page", async () => {
    const { browser } = browserOf(({ path }) => redirect(path === "/out" ? "https://example.com/" : "/loop"));
    await browser.go("/loop");
    expect(problemOf(browser)).toEqual({ kind: "redirects" });
    await browser.go("/out");
    expect(problemOf(browser)).toEqual({ kind: "outside", url: "https://example.com/" });
    await browser.go("https://example.com/");
    await browser.go("/in");
    expect(browser.address.value).toBe("http://localhost:5000/in");
    const broken = new BrowserSession(
      () => Promise.reject(new Error("Connection to port 5000 refused")),
      () => 5000,
      () => Promise.reject(new Error("no machine")),
    );
    await broken.go("");
    expect(problemOf(broken)).toMatchObject({ kind: "no-answer", message: "Connection to port 5000 refused" });
  });

  it("goes back and forward without asking, and asks again when it reloads", async () => {
    const { browser, requests } = browserOf(({ path }) => ({ text: path }));
    await browser.go("/one");
    await browser.go("/two");
    browser.travel(-1);
    expect(browser.address.value).toBe("http://localhost:5000/one");
    expect(shownBy(browser).html).toContain("/one");
    expect([browser.canGoBack.value, browser.canGoForward.value]).toEqual([false, true]);
    expect(requests).toHaveLength(2);
    await browser.reload();
    expect(requests.at(-1)?.path).toBe("/one");
    expect(browser.canGoForward.value).toBe(false);
  });

  it("lets a page's scripts ask its own origin only, with the jar's cookies", async () => {
    const { browser, requests, header } = browserOf(({ path }) =>
      path === "/" ? { headers: [["Set-Cookie", "id=7"]] } : { status: 201, reason: "Created", text: "made" },
    );
    await browser.go("");
    const service = browser.serviceFor(shownBy(browser));
    const ask = (url: string) =>
      service.fetch(
        {
          url,
          method: "PUT",
          headers: [
            ["X-A", "1"],
            ["Cookie", "id=8"],
          ],
          body: new Uint8Array(),
        },
        true,
      );
    expect(await ask("http://localhost:5000/api")).toMatchObject({ kind: "answered", status: 201 });
    expect([header(-1, "X-A"), header(-1, "Cookie")]).toEqual(["1", "id=7"]);
    expect(await ask("http://localhost:8000/api")).toEqual({ kind: "failed" });
    expect(requests).toHaveLength(2);
    await browser.go("/other");
    expect(await ask("http://localhost:5000/api")).toEqual({ kind: "failed" });
  });

  it("follows a page's script: to another page, in its place, again, and back", async () => {
    const { browser, requests } = browserOf(({ path }) => ({ text: path }));
    const service = () => browser.serviceFor(shownBy(browser));
    const settled = (address: string) =>
      expect
        .poll(() => [browser.loading.value, browser.address.value])
        .toEqual([false, `http://localhost:5000${address}`]);
    const to = (path: string, replace: boolean) =>
      service().navigate({ url: `http://localhost:5000${path}`, method: "GET", headers: [] }, replace);
    await browser.go("/one");
    to("/two", false);
    await settled("/two");
    to("/three", true);
    await settled("/three");
    service().reload();
    await settled("/three");
    service().travel(-1);
    expect(browser.address.value).toBe("http://localhost:5000/one");
    expect(requests.map(({ path }) => path)).toEqual(["/one", "/two", "/three", "/three"]);
  });

  it("tells what a page said and missed, once each, until another page is shown", async () => {
    const { browser } = browserOf(() => ({ text: "<p>Hello" }));
    await browser.go("/");
    const service = browser.serviceFor(shownBy(browser));
    for (let time = 0; time < 3; time += 1) service.tell({ kind: "alert", text: "incorrect pin" });
    for (const what of ["WebSocket", "EventSource", "Worker", "iframe", "object", "x"]) {
      service.tell({ kind: "missing", what, url: "/" });
    }
    expect(browser.notes.value).toHaveLength(5);
    service.tell({ kind: "missing", what: "x", url: "/" });
    expect(browser.notes.value.map((note) => note.kind === "missing" && note.what).at(-1)).toBe("x");
    expect(browser.notes.value).toHaveLength(5);
    await browser.go("/other");
    expect(browser.notes.value).toEqual([]);
    service.tell({ kind: "alert", text: "from a page that is gone" });
    expect(browser.notes.value).toEqual([]);
  });

  it("says that a page has left in a way that cannot be followed", async () => {
    const { browser } = browserOf(({ path }) => ({ text: path }));
    await browser.go("/one");
    const page = shownBy(browser);
    browser.left(page, "http://localhost:5000");
    expect(problemOf(browser)).toEqual({ kind: "left", url: "http://localhost:5000" });
    await browser.go("/two");
    browser.left(page, "http://localhost:5000");
    expect(shownBy(browser).html).toContain("/two");
  });

  it("asks once for what a page names many times", async () => {
    const { browser, requests } = browserOf(({ path }) =>
      path === "/"
        ? { text: "<img src=a.png><img src=a.png>" }
        : { headers: [["Content-Type", "image/png"]], text: "x" },
    );
    await browser.go("");
    const service = browser.serviceFor(shownBy(browser));
    await Promise.all([service.asset("http://localhost:5000/a.png"), service.asset("http://localhost:5000/b.png")]);
    await service.asset("http://localhost:5000/b.png");
    expect(requests.map(({ path }) => path)).toEqual(["/", "/a.png", "/b.png"]);
    await browser.reload();
    expect(requests.map(({ path }) => path).slice(3)).toEqual(["/", "/a.png"]);
  });

  it("shows what is no page, as text", async () => {
    const { browser } = browserOf(() => ({ headers: [["Content-Type", "application/json"]], text: '{"a": "<b>"}' }));
    await browser.go("");
    expect(shownBy(browser).html).toContain('{"a": "&lt;b&gt;"}</pre>');
  });
});
