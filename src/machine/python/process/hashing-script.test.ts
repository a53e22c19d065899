import { createHash, pbkdf2Sync, scryptSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import "./hashing-script.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (key: Uint8Array) => Buffer.from(key).toString("hex");
const { hashing } = globalThis;
if (!hashing) throw new Error("The script has set nothing");

describe("what CPython takes from OpenSSL", () => {
  it.each([["ripemd160"], ["sha512_224", "sha512-224"], ["sha512_256", "sha512-256"]])("%s", (name, nodes = name) => {
    for (const text of ["", "abc", "é".repeat(1000)]) {
      expect(hex(hashing.digest(name, bytes(text)))).toBe(createHash(nodes).update(text).digest("hex"));
    }
  });

  it.each([
    ["md5"],
    ["sha1"],
    ["sha224"],
    ["sha384"],
    ["sha3_256", "sha3-256"],
    ["blake2b", "blake2b512"],
    ["blake2s", "blake2s256"],
    ["sha512_256", "sha512-256"],
  ])("pbkdf2 with %s", (name, nodes = name) => {
    for (const [password, salt, iterations, length] of [
      ["", "", 1, 1],
      ["pass wörd", "salt", 7, 100],
    ] as const) {
      expect(hex(hashing.pbkdf2(name, bytes(password), bytes(salt), iterations, length))).toBe(
        pbkdf2Sync(password, salt, iterations, length, nodes).toString("hex"),
      );
    }
  });

  it("scrypt", () => {
    for (const [n, r, p, length] of [
      [16, 1, 1, 64],
      [1024, 8, 3, 33],
    ] as const) {
      const key = scryptSync("pass wörd", "salt", length, { N: n, r, p });
      expect(hex(hashing.scrypt(bytes("pass wörd"), bytes("salt"), n, r, p, length))).toBe(key.toString("hex"));
    }
  });

  it("names what it has not", () => {
    expect(() => hashing.digest("toString", bytes(""))).toThrow("There is no digest toString");
  });
});
