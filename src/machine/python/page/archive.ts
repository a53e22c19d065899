/**
 * The archive: Python packages that are not in the image, each in a file of its own that is downloaded when it is
 * installed. `python/archive.in` names them.
 *
 * Whoever wants packages in a host runs pip there, as anybody would, and waits for its end:
 *
 *     const pip = await host.spawn(["pip", "install", "-r", "requirements.txt"]);
 *     const installed = (await pip.exit).code === 0;
 *
 * pip finds the archive by itself (`posix/archive.py`). What it installs are files of the host, in
 * `/usr/local/lib/python3.14/site-packages` and `/usr/local/bin`. Programs that run already are not told of it.
 */
import type { ManifestPart } from "./image.ts";

/** A package of the archive. */
export interface ArchivedPackage extends ManifestPart {
  /** As its author writes it. */
  readonly name: string;
  readonly version: string;
  /** As its metadata says it. */
  readonly licence: string;
  /** The names that programs import it by. */
  readonly modules: readonly string[];
  /** The name of the wheel, by which pip knows what it is for. */
  readonly wheel: string;
  /** Of the wheel, in hexadecimal digits. */
  readonly sha256: string;
}

/** What the part `archive.json` holds. */
export type ArchiveList = readonly ArchivedPackage[];

/** Reads that part. */
export async function readArchiveList(part: Blob): Promise<ArchiveList> {
  const list: ArchiveList = JSON.parse(await part.text());
  return list;
}
