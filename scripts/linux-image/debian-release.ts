/** What a release of Debian consists of today, as Debian itself has signed it. */
import { createHash } from "node:crypto";
import { readCleartextMessage, readKeys, verify } from "openpgp";
import { unpackXz } from "./deb-package.ts";
import { type Paragraph, parseParagraphs } from "./debian-control.ts";
import { ImageError } from "./image-error.ts";

/** Fetches bytes from an address below a mirror, such as `dists/trixie/InRelease`. */
export type FetchBytes = (path: string) => Promise<Uint8Array>;

const list = "main/binary-i386/Packages.xz";

/**
 * The text of an `InRelease` file. Rejects with `ImageError` unless one of the keys has signed it.
 *
 * @param armoredKeys one or several public keys, as text
 */
export async function signedText(inRelease: string, armoredKeys: string): Promise<string> {
  const blocks = armoredKeys.match(/-----BEGIN[\s\S]*?-----END [^\n]*/g) ?? [];
  const keys = (await Promise.all(blocks.map((armored) => readKeys({ armoredKeys: armored })))).flat();
  const message = await readCleartextMessage({ cleartextMessage: inRelease }).catch((cause) => {
    throw new ImageError(`Debian's Release file is not signed: ${String(cause)}`);
  });
  const { signatures, data } = await verify({ message, verificationKeys: keys });
  const verdicts = await Promise.allSettled(signatures.map(({ verified }) => verified));
  if (!verdicts.some(({ status }) => status === "fulfilled")) {
    throw new ImageError(
      "Debian's Release file is not signed by a key that is known here: it may come from someone else.",
    );
  }
  return data;
}

/**
 * The packages for i386 of a suite such as `trixie`, by name. Rejects with `ImageError` where a signature or a hash
 * is not right.
 */
export async function packagesOf(
  suite: string,
  fetchBytes: FetchBytes,
  armoredKeys: string,
): Promise<ReadonlyMap<string, Paragraph>> {
  const inRelease = new TextDecoder().decode(await fetchBytes(`dists/${suite}/InRelease`));
  const release = parseParagraphs(await signedText(inRelease, armoredKeys))[0];
  const line = release
    ?.get("SHA256")
    ?.split("\n")
    .find((each) => each.endsWith(` ${list}`));
  const [sha256] = line?.trim().split(/\s+/) ?? [];
  const packed = await fetchBytes(`dists/${suite}/${list}`);
  if (createHash("sha256").update(packed).digest("hex") !== sha256) {
    throw new ImageError(`${suite}'s list of packages is not the one that its Release file names.`);
  }
  const paragraphs = parseParagraphs(new TextDecoder().decode(await unpackXz(packed)));
  return new Map(paragraphs.map((fields) => [fields.get("Package") ?? "", fields]));
}
