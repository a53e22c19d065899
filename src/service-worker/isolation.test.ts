import { describe, expect, it } from "vitest";
import { isolated, isolationHeaders, needsIsolation } from "./isolation.ts";

describe("needsIsolation", () => {
  it.each([
    ["/lessons/01-two-servers/?machine=node", true],
    ["/some/course/embed/first-load/?a=1&machine=node#x", true],
    ["/check/node/", true],
    ["/some/course/check/node/", true],
    ["/lessons/01-two-servers/", false],
    ["/lessons/01-two-servers/?machine=python", false],
    ["/?notmachine=node", false],
  ])("%s: %s", (address, needed) => expect(needsIsolation(address)).toBe(needed));
});

describe("isolated", () => {
  it("adds the headers, and leaves everything else as it is", async () => {
    const response = isolated(new Response("page", { status: 404, headers: { "Content-Type": "text/html" } }));
    for (const [name, value] of Object.entries(isolationHeaders)) expect(response.headers.get(name)).toBe(value);
    expect(response.headers.get("Content-Type")).toBe("text/html");
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("page");
  });

  it("does not touch what may not be changed", () => {
    const opaque = Response.error();
    expect(isolated(opaque)).toBe(opaque);
  });
});
