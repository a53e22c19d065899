import { describe, expect, it } from "vitest";
import { parseParagraphs } from "./debian-control.ts";
import { compareVersions } from "./debian-version.ts";
import { readLock, writtenLock } from "./package-lock.ts";
import { resolvePackages } from "./resolve-packages.ts";

const paragraphs = parseParagraphs(`Package: base
Essential: yes
Depends: libc (>= 2.36), awk

Package: libc
Description: a library
 with more to say
 .
 in two paragraphs

Package: mawk
Provides: awk

Package: gawk
Provides: awk

Package: server
Depends: missing | libc, other:any (= 1) | gawk
Recommends: manual

Package: other
`);
const available = new Map(paragraphs.map((fields) => [fields.get("Package") ?? "", fields]));

describe("packages", () => {
  it("come with what they need and what every Debian needs, and no more", () => {
    expect(resolvePackages(available, ["server"])).toEqual(["base", "libc", "mawk", "other", "server"]);
  });

  it("take a provider that is asked for anyway", () => {
    expect(resolvePackages(available, ["gawk"])).toEqual(["base", "gawk", "libc"]);
  });

  it("that are not to be had are named", () => {
    expect(() => resolvePackages(available, ["nginy"])).toThrow("Debian has no package nginy.");
  });
});

describe("versions", () => {
  it.each([
    ["1.0~rc1", "1.0"],
    ["1.0", "1.0-1"],
    ["1.9", "1.10"],
    ["9", "1:1"],
    ["1.0-1", "1.0-1+b1"],
    ["3.0.17-1~deb12u2", "3.0.17-1"],
    ["1.0a", "1.0+"],
    ["2026a-0+deb12u1", "2026b-0+deb12u1"],
  ])("%s is older than %s", (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
    expect(compareVersions(older, older)).toBe(0);
  });
});

describe("the lock", () => {
  it("names each package with its hash", () => {
    const fields = parseParagraphs(
      `Package: a\nVersion: 1\nSize: 5\nSHA256: ${"0".repeat(64)}\nFilename: pool/a.deb\n`,
    );
    const locked = { name: "a", version: "1", size: 5, sha256: "0".repeat(64), path: "debian/pool/a.deb" };
    expect(readLock(writtenLock(fields))).toEqual([locked]);
    // As Git may write it on Windows.
    expect(readLock(writtenLock(fields).replaceAll("\n", "\r\n"))).toEqual([locked]);
  });

  it("without a hash is refused, with the line", () => {
    expect(() => readLock("nginx 1.22.1\n")).toThrow('"nginx 1.22.1" names no package with its hash');
  });
});
