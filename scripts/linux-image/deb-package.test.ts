import { gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import { describe, expect, it } from "vitest";
import { unpackDeb } from "./deb-package.ts";
import { RootTree } from "./file-tree.ts";
import { addPackage, mergeUsr, treePath } from "./unpack-packages.ts";

/** An `ar` archive. */
function ar(members: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const parts = [Buffer.from("!<arch>\n")];
  for (const [name, bytes] of Object.entries(members)) {
    const header = `${name.padEnd(16)}${"0".padEnd(12)}${"0".padEnd(6)}${"0".padEnd(6)}${"100644".padEnd(8)}${String(bytes.length).padEnd(10)}\`\n`;
    parts.push(Buffer.from(header), Buffer.from(bytes), Buffer.alloc(bytes.length % 2));
  }
  return Buffer.concat(parts);
}

async function deb(control: string): Promise<Uint8Array> {
  const controlTar = await packTar([
    { header: { name: "./control", size: control.length, type: "file" }, body: control },
    { header: { name: "./conffiles", size: 10, type: "file" }, body: "/etc/hello" },
    { header: { name: "./postinst", size: 2, type: "file" }, body: "#!" },
  ]);
  const dataTar = await packTar([
    { header: { name: "./bin/", size: 0, type: "directory" } },
    { header: { name: "./bin/hello", size: 5, type: "file", mode: 0o755 }, body: "hello" },
    { header: { name: "./bin/again", size: 0, type: "link", linkname: "./bin/hello" } },
    { header: { name: "./etc/hello", size: 2, type: "file", mode: 0o600, uid: 3 }, body: "hi" },
    { header: { name: "./usr/share/hello", size: 0, type: "symlink", linkname: "../../bin/hello" } },
  ]);
  return ar({
    "debian-binary": Buffer.from("2.0\n"),
    "control.tar.gz": gzipSync(controlTar),
    "data.tar": dataTar,
  });
}

describe("a Debian package", () => {
  it("is put into the tree, with what dpkg keeps of it", async () => {
    const tree = new RootTree();
    mergeUsr(tree);
    const status = await addPackage(tree, await deb("Package: hello\nVersion: 1\nArchitecture: i386\n"));
    expect(tree.get("usr/bin/hello")).toMatchObject({ kind: "file", mode: 0o755 });
    expect(tree.get("usr/bin/again")).toBe(tree.get("usr/bin/hello"));
    expect(tree.get("usr/share/hello")).toMatchObject({ kind: "link", target: "../../bin/hello" });
    expect(tree.get("etc/hello")).toMatchObject({ mode: 0o600, uid: 3 });
    expect(tree.get("bin")).toMatchObject({ kind: "link", target: "usr/bin" });
    expect(tree.get("var/lib/dpkg/info/hello.postinst")).toMatchObject({ mode: 0o755 });
    expect(status).toBe(
      "Package: hello\nStatus: install ok installed\nVersion: 1\nArchitecture: i386\nConffiles:\n /etc/hello 49f68a5c8493ec2c0bf489821c21fc3b",
    );
  });

  it.each([
    ["bytes of something else", Buffer.from("<html>not found</html>"), "no ar archive"],
    ["half of one", null, "cut short"],
    ["one without files", ar({ "control.tar": new Uint8Array(1024) }), "has no data.tar"],
    ["one compressed in some other way", ar({ "control.tar.lz": new Uint8Array(4) }), "compression is not known"],
  ])("is refused where it is %s", async (_, bytes, reason) => {
    const whole = await deb("Package: hello\n");
    await expect(unpackDeb(bytes ?? whole.subarray(0, whole.length - 700))).rejects.toThrow(reason);
  });
});

describe("the path of an entry", () => {
  it.each([
    ["./", ""],
    ["./bin/sh", "usr/bin/sh"],
    ["lib/systemd/systemd", "usr/lib/systemd/systemd"],
    ["./usr/lib/x/", "usr/lib/x"],
    ["./library/x", "library/x"],
    ["./bin/", "bin"],
  ])("%s is %s", (name, path) => expect(treePath(name)).toBe(path));
});
