import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { ImageError } from "./image-error.ts";

/** One package file of Debian's. */
export interface DebianArchive {
  readonly version: string;
  /** Below the mirror: `debian/pool/…`. */
  readonly path: string;
  readonly sha256: string;
}

/** Fetches it from Debian, or, once that has a newer one, from Debian's snapshot of that moment. */
export async function fetchArchive({ path, sha256 }: DebianArchive, snapshot: string, file: string): Promise<void> {
  const [archive = "", ...rest] = path.split("/");
  const addresses = [
    `https://deb.debian.org/${path}`,
    `http://deb.debian.org/${path}`,
    `https://snapshot.debian.org/archive/${archive}/${snapshot}/${rest.join("/")}`,
  ];
  for (const address of addresses) {
    const response = await fetch(address).catch(() => undefined);
    if (!response?.ok) continue;
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (createHash("sha256").update(bytes).digest("hex") !== sha256) continue;
    writeFileSync(file, bytes);
    return;
  }
  throw new ImageError(`${path} cannot be fetched from deb.debian.org nor from snapshot.debian.org.`);
}
