import { describe, expect, it } from "vitest";
import { CookieJar } from "./cookie-jar.ts";

const at = (path: string, host = "localhost") => ({ host, path });

describe("a cookie jar", () => {
  it("sends back what was set, longer paths first", () => {
    const jar = new CookieJar();
    jar.set("a=1; Path=/", at("/"));
    jar.set("b=2; Path=/deep; HttpOnly", at("/"));
    jar.set("c=x=y", at("/deep/page"));
    expect(jar.header(at("/"))).toBe("a=1");
    expect(jar.header(at("/deep/er?x=1"))).toBe("b=2; c=x=y; a=1");
    expect(jar.header(at("/deeper"))).toBe("a=1");
  });

  it("keeps one cookie for each name, domain and path", () => {
    const jar = new CookieJar();
    jar.set("a=1; Path=/", at("/"));
    jar.set("a=2; Path=/", at("/other"));
    expect(jar.header(at("/"))).toBe("a=2");
    expect(jar.all()).toHaveLength(1);
  });

  it("forgets what has expired", () => {
    let now = 1_000_000;
    const jar = new CookieJar(() => now);
    jar.set("short=1; Max-Age=10", at("/"));
    jar.set("long=1; Expires=Wed, 01-Jan-2098 00:00:00 GMT", at("/"));
    jar.set("gone=1", at("/"));
    jar.set("gone=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/", at("/"));
    expect(jar.header(at("/"))).toBe("short=1; long=1");
    now += 10_000;
    expect(jar.header(at("/"))).toBe("long=1");
  });

  it("takes Max-Age before Expires", () => {
    const jar = new CookieJar(() => 0);
    jar.set("a=1; Max-Age=5; Expires=Thu, 01 Jan 1970 00:00:00 GMT", at("/"));
    expect(jar.header(at("/"))).toBe("a=1");
  });

  it("gives a cookie to the host that set it, unless it names a domain", () => {
    const jar = new CookieJar();
    jar.set("a=1", at("/", "localhost"));
    jar.set("b=1; Domain=localhost", at("/", "www.localhost"));
    jar.set("c=1; Domain=example.com", at("/", "localhost"));
    expect(jar.header(at("/", "localhost"))).toBe("a=1; b=1");
    expect(jar.header(at("/", "api.localhost"))).toBe("b=1");
    expect(jar.header(at("/", "127.0.0.1"))).toBeUndefined();
  });

  it("hides HttpOnly cookies from scripts, and keeps scripts from replacing them", () => {
    const jar = new CookieJar();
    jar.set("session=secret; HttpOnly; Path=/", at("/"));
    jar.set("seen=1; Path=/", at("/"));
    expect(jar.forScript(at("/"))).toBe("seen=1");
    jar.set("session=stolen; Path=/", at("/"), true);
    jar.set("mine=1; HttpOnly", at("/"), true);
    expect(jar.header(at("/"))).toBe("session=secret; seen=1");
  });

  it("refuses nonsense and what is too long", () => {
    const jar = new CookieJar();
    for (const header of ["", "=", "a=\x00", `a=${"x".repeat(5000)}`]) jar.set(header, at("/"));
    expect(jar.all()).toEqual([]);
  });
});
