import { describe, expect, it } from "vitest";
import { filesToAdd } from "./add-files.ts";
import { type Incoming, IntakeError, intakeLimits } from "./intake-result.ts";

const file = (path: string, text = ""): Incoming => {
  const bytes = new TextEncoder().encode(text);
  return { path, size: bytes.length, read: async () => bytes };
};
const huge: Incoming = {
  path: "film.mp4",
  size: 2_000_000_000,
  read: async () => {
    throw new Error("It was read");
  },
};
const there = [
  { path: "app.py", size: 10 },
  { path: "static/a.css", size: 10 },
];
const problemOf = async (incoming: readonly Incoming[], limits = {}, folder = "") =>
  filesToAdd(there, folder, incoming, { ...intakeLimits, ...limits }).then(
    () => undefined,
    (error: unknown) => (error instanceof IntakeError ? error.problem : error),
  );

describe("filesToAdd", () => {
  it("reads them as if they had been dropped with the others, into the folder that is open", async () => {
    const added = await filesToAdd(there, "static", [file("b.css", "a {}\r\n"), file("c.css")]);
    expect(added.map(({ file: { path }, windowsLines }) => [path, windowsLines])).toEqual([
      ["static/b.css", true],
      ["static/c.css", false],
    ]);
  });

  it.each([
    ["what is too large, unread", [huge], {}, { kind: "file too large", path: "film.mp4", limit: 10_000_000 }],
    ["what is too much with the others", [file("b", "12345")], { allBytes: 24 }, { kind: "too much", limit: 24 }],
    ["too many", [file("b"), file("c")], { files: 3 }, { kind: "too many files", limit: 3 }],
    ["one that is there already", [file("b"), file("app.py")], {}, { kind: "taken", path: "app.py" }],
    ["one where a folder is", [file("static")], {}, { kind: "taken", path: "static/a.css" }],
    ["one name twice", [file("b"), file("b")], {}, { kind: "taken", path: "b" }],
    ["a name that leads out", [file("..")], {}, { kind: "outside path", name: "", path: ".." }],
  ])("refuses %s", async (_, incoming, limits, problem) => {
    expect(await problemOf(incoming, limits)).toEqual(problem);
  });
});
