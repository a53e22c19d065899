import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../machine/machine.ts";
import { HttpError } from "./http-error.ts";
import { serialiseRequest } from "./serialise-request.ts";
import { bytesOf, characters } from "./testing/scripted-connection.ts";

const text = (request: HttpRequest, keepAlive = false) =>
  characters(serialiseRequest(request, { host: "localhost:8000", keepAlive }));

describe("a request", () => {
  it("is GET with what every client sends", () => {
    expect(text({ path: "/io?x=1" })).toBe("GET /io?x=1 HTTP/1.1\r\nHost: localhost:8000\r\nConnection: close\r\n\r\n");
    expect(text({ path: "/" }, true)).toContain("\r\nConnection: keep-alive\r\n");
  });

  it("carries its headers in order, and its body with its length", () => {
    const headers = [
      ["X-B", "2"],
      ["x-a", "1"],
    ] as const;
    expect(text({ method: "POST", path: "/", headers, body: bytesOf("a=1") })).toBe(
      "POST / HTTP/1.1\r\nHost: localhost:8000\r\nX-B: 2\r\nx-a: 1\r\nConnection: close\r\nContent-Length: 3\r\n\r\na=1",
    );
  });

  it("has no body, and says so where one is expected", () => {
    expect(text({ method: "POST", path: "/" })).toContain("Content-Length: 0\r\n");
    expect(text({ method: "DELETE", path: "/" })).not.toContain("Content-Length");
  });

  it("has the last word on its headers", () => {
    const headers = [
      ["HOST", "example.org"],
      ["connection", "upgrade"],
      ["Content-length", "9"],
    ] as const;
    expect(text({ path: "/", headers, body: bytesOf("x") })).toBe(
      "GET / HTTP/1.1\r\nHOST: example.org\r\nconnection: upgrade\r\nContent-length: 9\r\n\r\nx",
    );
  });

  it("has its path percent-encoded outside ASCII", () => {
    expect(text({ path: "/caf\u00e9/\u{1f600}" })).toMatch(/^GET \/caf%C3%A9\/%F0%9F%98%80 HTTP/);
    expect(text({ path: "/half\ud800" })).toMatch(/^GET \/half%EF%BF%BD HTTP/);
  });

  it.each<[string, HttpRequest]>([
    ["a space in the path", { path: "/a b" }],
    ["no path", { path: "" }],
    ["a line in the path", { path: "/\r\nX: 1" }],
    ["an odd method", { method: "GET /", path: "/" }],
    ["an odd header name", { path: "/", headers: [["A:", "1"]] }],
    ["a line in a header", { path: "/", headers: [["A", "1\r\nB: 2"]] }],
  ])("is refused: %s", (_, request) => {
    expect(() => text(request)).toThrow(HttpError);
  });

  it("never grows a line that it does not say", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
        (name, value, path) => {
          let lines: string[];
          try {
            lines = text({ path: `/${path}`, headers: [[name, value]] }).split(/\r|\n/);
          } catch (error) {
            expect(error).toBeInstanceOf(HttpError);
            return;
          }
          expect(lines.filter((line) => line !== "").length).toBeLessThanOrEqual(4);
        },
      ),
    );
  });
});
