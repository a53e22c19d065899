import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createCleartextMessage, generateKey, readPrivateKey, sign } from "openpgp";
import { beforeAll, describe, expect, it } from "vitest";
import { packagesOf, signedText } from "./debian-release.ts";

interface Keys {
  readonly publicKey: string;
  readonly privateKey: string;
}

let debian: Keys;
let stranger: Keys;
beforeAll(async () => {
  const made = () => generateKey({ userIDs: [{ name: "Test" }], format: "armored" });
  [debian, stranger] = await Promise.all([made(), made()]);
});

/** `Package: hello`, compressed with xz. */
const list = Buffer.from(
  "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAOUGFja2FnZTogaGVsbG8KAAD4w3gLGe6zUwABJw/fGvxqH7bzfQEAAAAABFla",
  "base64",
);

async function signed(text: string, { privateKey }: Keys): Promise<string> {
  const signingKeys = await readPrivateKey({ armoredKey: privateKey });
  return sign({ message: await createCleartextMessage({ text }), signingKeys });
}

function release(bytes: Uint8Array): string {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return `Origin: Debian\nSHA256:\n ${"0".repeat(64)} 5 main/binary-amd64/Packages.xz\n ${sha256} ${bytes.length} main/binary-i386/Packages.xz`;
}

describe("Debian's Release file", () => {
  it("is taken where one of the known keys has signed it", async () => {
    const keys = `${stranger.publicKey}\n${debian.publicKey}`;
    expect(await signedText(await signed("Origin: Debian", debian), keys)).toBe("Origin: Debian");
  });

  it("is refused where a stranger has signed it", async () => {
    await expect(signedText(await signed("Origin: Debian", stranger), debian.publicKey)).rejects.toThrow(
      "not signed by a key that is known here",
    );
  });

  it("is refused where a word of it was changed", async () => {
    const text = (await signed("Origin: Debian", debian)).replace("Origin: Debian", "Origin: Debiam");
    await expect(signedText(text, debian.publicKey)).rejects.toThrow("not signed by a key");
  });

  it("is refused where it is not signed at all", async () => {
    await expect(signedText("Origin: Debian\n", debian.publicKey)).rejects.toThrow("is not signed");
  });

  it("is known by keys of Debian that are kept here", async () => {
    const keys = readFileSync("linux/debian-archive-keys.asc", "utf8");
    await expect(signedText(await signed("Origin: Debian", debian), keys)).rejects.toThrow("not signed by a key");
  });
});

describe("a suite's list of packages", () => {
  const answers = (inRelease: string, packages: Uint8Array) => async (path: string) =>
    path.endsWith("InRelease") ? new TextEncoder().encode(inRelease) : packages;

  it("is the one that the Release file names", async () => {
    const fetchBytes = answers(await signed(release(list), debian), list);
    expect([...(await packagesOf("trixie", fetchBytes, debian.publicKey)).keys()]).toEqual(["hello"]);
  });

  it("is refused where it is another", async () => {
    const fetchBytes = answers(await signed(release(list), debian), Buffer.concat([list, Buffer.alloc(4)]));
    await expect(packagesOf("trixie", fetchBytes, debian.publicKey)).rejects.toThrow("not the one that its Release");
  });
});
