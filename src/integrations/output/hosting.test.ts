import { describe, expect, it } from "vitest";
import { framingHeader, hostFiles, openerHeader, protectingHeaders } from "./hosting.ts";

describe("hostFiles", () => {
  const folders = ["check", "embed", "instructors", "lessons", "machine"];
  const files = hostFiles(["machine/python/a.0123456789ab.bin"], folders);
  const textOf = (server: string) =>
    Object.keys(files)
      .flatMap((path) => (path.includes(server) ? files[path] : []))
      .join("\n");

  it("has cache rules and both isolating headers for every host", () => {
    for (const server of ["_headers", ".htaccess", "nginx", "Caddyfile"]) {
      const text = textOf(server);
      for (const word of ["same-origin", "require-corp", "Cache-Control", "immutable"]) expect(text).toContain(word);
    }
  });

  // [threat: framing]
  it("has the protecting headers for every host", () => {
    for (const server of ["_headers", ".htaccess", "nginx", "Caddyfile"]) {
      const text = textOf(server);
      const all = { ...protectingHeaders, [framingHeader.name]: framingHeader.value };
      for (const [name, value] of Object.entries(all)) {
        expect(text).toContain(name);
        expect(text).toContain(value);
      }
      expect(text).toContain(openerHeader.value);
    }
  });

  it("names each part of a machine where a host knows exact paths only", () => {
    expect(files["_headers"]).toContain(
      "/machine/python/a.0123456789ab.bin\n  Cache-Control: public, max-age=31536000",
    );
  });

  /** What a host sends that merges the rules of all paths that match, as Netlify and Cloudflare Pages do. */
  function sentByRules(path: string): readonly string[] {
    const sent: string[] = [];
    let matches = false;
    for (const line of (files["_headers"] ?? "").split("\n")) {
      if (line.startsWith("/")) matches = line.endsWith("*") ? path.startsWith(line.slice(0, -1)) : line === path;
      else if (matches && line !== "") sent.push(line.trim());
    }
    return sent;
  }

  it.each([
    ["/", true, "same-origin-allow-popups"],
    ["/lessons/01-two-servers/", true, "same-origin-allow-popups"],
    ["/instructors/embed/", true, "same-origin-allow-popups"],
    ["/embed/first-load/", false, "same-origin-allow-popups"],
    ["/machine/frame.html", false, "same-origin-allow-popups"],
    ["/check/node/", true, "same-origin"],
  ])("sends each header once where rules are merged: %s", (path, kept, opener) => {
    const sent = sentByRules(path);
    const names = sent.map((line) => line.split(":")[0]);
    expect(new Set(names).size).toBe(names.length);
    expect(sent.includes("Content-Security-Policy: frame-ancestors 'self'")).toBe(kept);
    expect(sent).toContain(`Cross-Origin-Opener-Policy: ${opener}`);
    expect(sent).toContain("X-Content-Type-Options: nosniff");
  });
});
