// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { PaneLocation } from "./pane-location.ts";

function locationAt(url: string) {
  const moves: string[] = [];
  const base = document.createElement("base");
  base.href = url;
  document.head.replaceChildren(base);
  const location = new PaneLocation(url, {
    navigate: (to, replace) => moves.push(`${replace ? "replace" : "navigate"} ${to}`),
    reload: () => moves.push("reload"),
    moveWithin: (to) => moves.push(`within ${to}`),
  });
  return { location, moves };
}

describe("a page's location", () => {
  it("is the page's address, in parts and as text", () => {
    const { location } = locationAt("http://localhost:5000/a/b?c=1#d");
    const { protocol, host, hostname, port, pathname, search, hash, origin } = location;
    expect([protocol, host, hostname, port, pathname, search, hash, origin]).toEqual([
      "http:",
      "localhost:5000",
      "localhost",
      "5000",
      "/a/b",
      "?c=1",
      "#d",
      "http://localhost:5000",
    ]);
    expect(`${location}`).toBe("http://localhost:5000/a/b?c=1#d");
  });

  it("leads to other pages, relative to this one", () => {
    const { location, moves } = locationAt("http://localhost:5000/a/b?c=1");
    location.href = "x";
    location.assign("/y");
    location.replace("?z");
    location.search = "?q=2";
    location.reload();
    location.href = "http://localhost:5000/a/b?c=1";
    expect(moves).toEqual([
      "navigate http://localhost:5000/a/x",
      "navigate http://localhost:5000/y",
      "replace http://localhost:5000/a/b?z",
      "navigate http://localhost:5000/a/b?q=2",
      "reload",
      "navigate http://localhost:5000/a/b?c=1",
    ]);
  });

  it("moves within the page by its fragment, and refuses what is no address", () => {
    const { location, moves } = locationAt("http://localhost:5000/a");
    location.hash = "part";
    expect(location.href).toBe("http://localhost:5000/a#part");
    expect(moves).toEqual(["within http://localhost:5000/a#part"]);
    expect(() => location.assign("http://[")).toThrow(DOMException);
  });
});
