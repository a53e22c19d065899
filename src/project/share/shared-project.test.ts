import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isProjectLink,
  readProject,
  readProjectLink,
  type SharedProject,
  writeProject,
  writeProjectLink,
} from "./shared-project.ts";

const project: SharedProject = {
  name: "shop",
  files: [
    { kind: "text", path: "app.py", text: "app = 1\n" },
    { kind: "text", path: ".env", text: "SECRET_KEY=a\n" },
  ],
  commands: { development: "flask --app app run", production: "gunicorn app:app" },
  rows: [{ method: "GET", path: "/", body: "", weight: 1 }],
};
const bytes = { kind: "bytes", path: "logo.png", bytes: new Uint8Array([137, 0, 255]) } as const;

describe("a shared project", () => {
  it("comes back as it was, without secrets", () => {
    const whole = { ...project, files: [...project.files, bytes] };
    const written = writeProject(whole);
    expect(written).not.toContain("SECRET");
    expect(readProject(written)).toEqual({ ...whole, files: [project.files[0], bytes] });
  });

  it("fits into a link if it is small and text", () => {
    const written = writeProjectLink(project);
    if (typeof written === "string") throw new Error(written);
    expect(isProjectLink(written.link)).toBe(true);
    expect(readProjectLink(written.link)).toEqual({ ...project, files: [project.files[0]] });
    expect(writeProjectLink({ ...project, files: [bytes] })).toBe("has bytes");
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 0x7fff_ffff;
      return String.fromCharCode(33 + (seed % 90));
    };
    const large = { kind: "text", path: "a.txt", text: Array.from({ length: 12_000 }, random).join("") } as const;
    expect(writeProjectLink({ ...project, files: [large] })).toBe("too long");
  });

  it.each([
    ["a path that leads out", { files: [{ path: "../a.py", text: "" }] }],
    [
      "a path twice",
      {
        files: [
          { path: "a.py", text: "" },
          { path: "a.py", text: "" },
        ],
      },
    ],
    ["a hidden command", { commands: { development: "flask\u202e run", production: "" } }],
    ["two lines", { commands: { development: "flask run\nrm -r .", production: "" } }],
    ["something more", { extra: 1 }],
    ["another version", { version: 2 }],
  ])("is refused with %s", (_, change) => {
    expect(readProject(JSON.stringify({ ...JSON.parse(writeProject(project)), ...change }))).toBeUndefined();
  });

  it("is refused whatever else stands there, and never throws", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readProjectLink(`#project=1.${text}`)).toBeUndefined();
        readProject(text);
      }),
      { numRuns: 200 },
    );
  });
});
