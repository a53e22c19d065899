import { gzipSync, strToU8, zipSync } from "fflate";
import { packTar } from "modern-tar";
import { describe, expect, it } from "vitest";
import { readableText } from "../files/project-file.ts";
import { type Incoming, IntakeError, type IntakeLimits, intakeLimits } from "./intake-result.ts";
import { takeIn } from "./take-in.ts";

const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
function file(path: string, content: string | Uint8Array = "x\n"): Incoming {
  const bytes = owned(typeof content === "string" ? strToU8(content) : content);
  return { path, size: bytes.byteLength, read: async () => bytes };
}
const zip = (files: Record<string, string>) =>
  file("shop.zip", zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));

async function problemOf(incoming: readonly Incoming[], limits: Partial<IntakeLimits> = {}) {
  try {
    await takeIn(incoming, { ...intakeLimits, ...limits });
  } catch (error) {
    if (error instanceof IntakeError) return error.problem;
    throw error;
  }
  throw new Error("It was taken in");
}
const pathsOf = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);

describe("takeIn: what is taken", () => {
  it("takes a folder without what tools have made, says what it left, and marks secrets", async () => {
    const project = await takeIn([
      file("blog/app.py"),
      file("blog/.gitignore", "*.sqlite\n/instance/\n.env\n!keep.sqlite\n"),
      file("blog/.env", "SECRET_KEY=a\n"),
      file("blog/data.sqlite"),
      file("blog/keep.sqlite"),
      file("blog/instance/blog.db"),
      file("blog/.venv/lib/x.py"),
      file("blog/my-environment/pyvenv.cfg"),
      file("blog/my-environment/bin/python"),
      file("blog/static/node_modules/a/index.js"),
      file("blog/__pycache__/app.cpython-314.pyc"),
      file("blog/.git/HEAD"),
    ]);
    expect(project.name).toBe("blog");
    expect(pathsOf(project.files)).toEqual([".env", ".gitignore", "app.py", "keep.sqlite"]);
    expect(project.leftOut).toEqual([
      { reason: "version control", path: ".git" },
      { reason: "virtual environment", path: ".venv" },
      { reason: "bytecode", path: "__pycache__" },
      { reason: "gitignore", path: "data.sqlite" },
      { reason: "gitignore", path: "instance" },
      { reason: "virtual environment", path: "my-environment" },
      { reason: "node modules", path: "static/node_modules" },
    ]);
    expect(project.notes).toEqual([{ kind: "secret", path: ".env" }]);
  });

  it("lets a deeper .gitignore count for its own folder alone", async () => {
    const { files } = await takeIn([
      file("app.py"),
      file("a.log"),
      file("web/.gitignore", "*.log\n"),
      file("web/b.log"),
      file("web/deep/c.log"),
    ]);
    expect(pathsOf(files)).toEqual(["a.log", "app.py", "web/.gitignore"]);
  });

  it("keeps bytes as they are, and text as Python reads it", async () => {
    const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 13, 10, 255]);
    const latin = new Uint8Array([...strToU8("# a\nname = '"), 0xe9, ...strToU8("'\n")]);
    const declared = new Uint8Array([...strToU8("# -*- coding: latin-1 -*-\nname = '"), 0xe9, ...strToU8("'\n")]);
    const { files, notes } = await takeIn([
      file("logo.png", picture),
      file("marked.py", "\ufeffa = 1\n"),
      file("windows.py", "a = 1\r\nb = 2\r\n"),
      file("latin.py", latin),
      file("declared.py", declared),
    ]);
    const found = Object.fromEntries(files.map((each) => [each.path, each]));
    expect(found["logo.png"]).toEqual({ kind: "bytes", path: "logo.png", bytes: picture });
    expect(found["marked.py"]).toMatchObject({ kind: "text", text: "a = 1\n" });
    expect(found["windows.py"]).toMatchObject({ kind: "text", text: "a = 1\nb = 2\n" });
    expect(found["latin.py"]).toMatchObject({ kind: "bytes", bytes: latin });
    const readable = found["latin.py"];
    expect(readable && readableText(readable)).toContain("'é'");
    expect(notes).toEqual([
      { kind: "other encoding", path: "declared.py", encoding: "latin-1" },
      { kind: "not utf-8", path: "latin.py", line: 2 },
      { kind: "byte order mark", path: "marked.py" },
      { kind: "windows lines", paths: ["windows.py"] },
    ]);
  });

  it("reads what PowerShell has written, and says which other texts are no UTF-8", async () => {
    const wide = (text: string, big = false) =>
      new Uint8Array(
        [...`\ufeff${text}`].flatMap((each) => {
          const code = each.charCodeAt(0);
          return big ? [code >> 8, code & 255] : [code & 255, code >> 8];
        }),
      );
    const page = new Uint8Array([...strToU8("<p>\ncaf"), 0xe9, ...strToU8("</p>\n")]);
    const { files, notes } = await takeIn([
      file("big.txt", wide("é", true)),
      file("odd.bin", new Uint8Array([0xff, 0xfe, 0])),
      file("requirements.txt", wide("flask\r\ndjango\r\n")),
      file("templates/index.html", page),
    ]);
    expect(files.map((each) => (each.kind === "text" ? each.text : each.kind))).toEqual([
      "é",
      "bytes",
      "flask\ndjango\n",
      "bytes",
    ]);
    expect(notes).toEqual([
      { kind: "utf-16", path: "big.txt" },
      { kind: "utf-16", path: "requirements.txt" },
      { kind: "text not utf-8", path: "templates/index.html", line: 2 },
      { kind: "windows lines", paths: ["requirements.txt"] },
    ]);
  });

  it("refuses folders that are each a project, and takes those that are parts of one", async () => {
    const both = [file("shop/app.py"), file("shop/static/a.css"), file("blog/manage.py")];
    expect(await problemOf(both)).toEqual({ kind: "two projects", names: ["shop", "blog"] });
    expect((await takeIn([file("shop/app.py"), file("static/a.css")])).files).toHaveLength(2);
    expect((await takeIn([file("api/app.py"), file("web/main.py"), file("Procfile")])).files).toHaveLength(3);
    // One archive is one project, however it is divided.
    expect((await takeIn([zip({ "api/app.py": "", "web/main.py": "" })])).files).toHaveLength(2);
  });

  it.each([[["a", "a/b.py"]], [["a/b.py", "a"]], [["x/a/b/c.py", "x/d", "x/a"]]])(
    "refuses a path that is a file and a folder: %j",
    async (paths) => {
      const problem = await problemOf([zip(Object.fromEntries(paths.map((path) => [path, ""])))]);
      expect(problem).toEqual({ kind: "same path", path: "a" });
    },
  );

  it("takes a zip and a tar.gz like the folder in them", async () => {
    const zipped = await takeIn([zip({ "shop-main/app.py": "a = 1\n", "shop-main/static/a.css": "b {}\n" })]);
    expect([zipped.name, pathsOf(zipped.files)]).toEqual(["shop-main", ["app.py", "static/a.css"]]);
    const flat = await takeIn([zip({ "app.py": "a = 1\n", "b.py": "" })]);
    expect([flat.name, pathsOf(flat.files)]).toEqual(["shop", ["app.py", "b.py"]]);
    const tar = await packTar([
      { header: { name: "shop/", size: 0, type: "directory" } },
      { header: { name: "shop/app.py", size: 6 }, body: "a = 1\n" },
      { header: { name: "shop/venv/a.py", size: 6 }, body: "a = 1\n" },
      { header: { name: "shop/here", size: 0, type: "symlink", linkname: "/etc/passwd" } },
    ]);
    for (const archive of [file("shop.tar", tar), file("shop.tar.gz", gzipSync(tar)), file("a.tgz", gzipSync(tar))]) {
      const project = await takeIn([archive]);
      expect(project.files).toEqual([{ kind: "text", path: "app.py", text: "a = 1\n" }]);
      expect(project.leftOut).toEqual([
        { reason: "link", path: "here" },
        { reason: "virtual environment", path: "venv" },
      ]);
    }
  });

  it("leaves a link in a zip out, whatever its text says", async () => {
    const bytes = zipSync({
      "app.py": strToU8("a = 1\n"),
      passwords: [strToU8("/etc/passwd"), { os: 3, attrs: 0o120777 << 16 }],
    });
    const project = await takeIn([file("a.zip", bytes)]);
    expect(pathsOf(project.files)).toEqual(["app.py"]);
    expect(project.leftOut).toEqual([{ reason: "link", path: "passwords" }]);
  });
});

describe("takeIn: what is refused", () => {
  it("refuses an archive from its size, before it reads a byte", async () => {
    const read = () => Promise.reject(new Error("It was read"));
    expect(await problemOf([{ path: "big.zip", size: 2_000_000_000, read }])).toEqual({
      kind: "archive too large",
      name: "big.zip",
      size: 2_000_000_000,
      limit: 50_000_000,
    });
  });

  it("refuses a bomb: by what it says of itself, and by what it turns out to be", async () => {
    const zeros = new Uint8Array(300_000);
    const honest = zipSync({ "a.py": zeros, "b.py": zeros });
    expect(await problemOf([file("a.zip", honest)], { fileBytes: 100_000 })).toMatchObject({ kind: "file too large" });
    expect(await problemOf([file("a.zip", honest)], { allBytes: 500_000 })).toMatchObject({ kind: "too much" });
    const lying = zipSync({ "a.py": zeros });
    const view = new DataView(lying.buffer);
    for (let at = 0; at < lying.length - 4; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
    }
    expect(await problemOf([file("a.zip", lying)])).toEqual({ kind: "bomb", name: "a.zip: a.py", limit: 100 });
    const tar = await packTar([{ header: { name: "a.py", size: 300_000 }, body: zeros }]);
    const limits = { allBytes: 1000 };
    expect(await problemOf([file("a.tgz", gzipSync(tar))], limits)).toMatchObject({ kind: "too much" });
    const huge = gzipSync(new Uint8Array(30_000_000));
    expect(await problemOf([file("a.tgz", huge)], limits)).toMatchObject({ kind: "bomb", name: "a.tgz" });
  });

  it.each([["../../etc/passwd"], ["a/../../b.py"], ["/etc/passwd"], ["C:\\Users\\a.py"], ["..\\a.py"], ["a\u0000.py"]])(
    "refuses the path %j",
    async (path) => {
      expect(await problemOf([zip({ "app.py": "", [path]: "" })])).toEqual({
        kind: "outside path",
        name: "shop.zip",
        path,
      });
    },
  );

  it("refuses what is damaged, encrypted or packed in another way", async () => {
    const whole = zipSync({ "app.py": strToU8("a = 1\n".repeat(100)) });
    expect(await problemOf([file("a.zip", whole.slice(0, -10))])).toEqual({ kind: "damaged archive", name: "a.zip" });
    expect(await problemOf([file("a.zip", "not a zip")])).toEqual({ kind: "damaged archive", name: "a.zip" });
    expect(await problemOf([file("a.tar.gz", "not a tar")])).toEqual({ kind: "damaged archive", name: "a.tar.gz" });
    const encrypted = whole.slice();
    const view = new DataView(encrypted.buffer);
    for (let at = 0; at < encrypted.length - 4; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 8, 1, true);
    expect(await problemOf([file("a.zip", encrypted)])).toMatchObject({ kind: "encrypted", path: "app.py" });
    expect(await problemOf([file("a.rar", "Rar!")])).toEqual({ kind: "unknown packing", name: "a.rar" });
  });

  it("refuses two projects, nothing, too many, and one path twice", async () => {
    expect(await problemOf([file("a.zip"), file("b.zip")])).toEqual({
      kind: "two projects",
      names: ["a.zip", "b.zip"],
    });
    expect(await problemOf([])).toEqual({ kind: "empty", leftOut: [] });
    expect(await problemOf([file("a/.git/HEAD")])).toEqual({
      kind: "empty",
      leftOut: [{ reason: "version control", path: "a/.git" }],
    });
    expect(await problemOf([file("a.py"), file("b.py"), file("c.py")], { files: 2 })).toEqual({
      kind: "too many files",
      limit: 2,
    });
    expect(await problemOf([file("a.py"), file("./a.py")])).toEqual({ kind: "same path", path: "a.py" });
  });

  it("rejects cut-off archives with a problem, never with anything else", async () => {
    const tar = gzipSync(await packTar([{ header: { name: "a.py", size: 6 }, body: "a = 1\n" }]));
    const whole = zipSync({ "app.py": strToU8("a = 1\n".repeat(50)), "b.txt": strToU8("b") });
    for (let cut = 0; cut < whole.length; cut += 7) await problemOf([file("a.zip", whole.slice(0, cut))]);
    for (let cut = 0; cut < tar.length - 8; cut += 7) await problemOf([file("a.tgz", tar.slice(0, cut))]);
  });
});
