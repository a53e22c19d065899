import { describe, expect, it } from "vitest";
import { versionOf, withVersion } from "./app-version.ts";

const app = "from flask import Flask\n\nVERSION = 9\n# VERSION = 3\n";

describe("an app's version", () => {
  it("is what its line says, in the first file that has one", () => {
    expect(
      versionOf([
        { path: "wsgi.py", text: "" },
        { path: "app.py", text: app },
      ]),
    ).toEqual({
      file: { path: "app.py", text: app },
      version: 9,
    });
    expect(versionOf([{ path: "app.py", text: "  VERSION = 1\nVERSION = 'a'\nMY_VERSION = 2\n" }])).toBeUndefined();
    expect(versionOf([{ path: "app.py", text: "VERSION=12  # shown\n" }])?.version).toBe(12);
  });

  it("is raised in place", () => {
    expect(withVersion(app, 10)).toBe("from flask import Flask\n\nVERSION = 10\n# VERSION = 3\n");
    expect(withVersion("x = 1\n", 2)).toBe("x = 1\n");
  });
});
