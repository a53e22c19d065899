import { describe, expect, it } from "vitest";
import { hostFiles } from "./hosting.ts";

describe("hostFiles", () => {
  const files = hostFiles(["machine/python/a.0123456789ab.bin"]);

  it("has cache rules and both isolating headers for every host", () => {
    for (const server of ["_headers", ".htaccess", "nginx", "Caddyfile"]) {
      const text = Object.keys(files)
        .flatMap((path) => (path.includes(server) ? files[path] : []))
        .join("\n");
      for (const word of ["same-origin", "require-corp", "Cache-Control", "immutable"]) expect(text).toContain(word);
    }
  });

  it("names each part of a machine where a host knows exact paths only", () => {
    expect(files["_headers"]).toContain(
      "/machine/python/a.0123456789ab.bin\n  Cache-Control: public, max-age=31536000",
    );
  });
});
