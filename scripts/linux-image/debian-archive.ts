/** Debian's package files, fetched by hash and kept. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ImageError } from "./image-error.ts";

/** One package file of Debian's. */
export interface DebianArchive {
  readonly version: string;
  /** Below the mirror: `debian/pool/…`. */
  readonly path: string;
  readonly sha256: string;
  /** Bytes, where they are known. */
  readonly size?: number;
}

/** Where archives come from and where they are kept. */
export interface ArchiveStore {
  /** Addresses of mirrors, in the order in which they are asked; each ends with a slash. */
  readonly mirrors: readonly string[];
  /** Debian's snapshot archive, with a slash at its end: it keeps what the mirrors no longer have. */
  readonly snapshots: string;
  /** The moment whose packages are wanted, as the snapshot archive writes it. */
  readonly moment: string;
  readonly folder: string;
  /** Hears what is not as it should be, and what is done about it. */
  readonly say: (line: string) => void;
}

/** Milliseconds until an address counts as not answering. */
const patience = 60_000;
/** Times that all addresses are asked. */
const rounds = 3;

/** Resolves with its bytes. Rejects with `ImageError` that names each address and what came of it. */
export async function fetchArchive(archive: DebianArchive, store: ArchiveStore): Promise<Uint8Array> {
  const file = join(store.folder, `${archive.sha256}.deb`);
  if (existsSync(file)) {
    const kept = readFileSync(file);
    if (hashOf(kept) === archive.sha256) return kept;
    store.say(`the kept copy of ${archive.path} is damaged; fetching it again`);
    rmSync(file);
  }
  const problems: string[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const address of addressesOf(archive.path, store)) {
      const answer = await ask(address, archive);
      if (typeof answer === "string") problems.push(`${address}: ${answer}`);
      else {
        keep(file, answer);
        return answer;
      }
    }
  }
  throw new ImageError(
    `${archive.path} cannot be fetched.\n${[...new Set(problems)].map((each) => `  ${each}`).join("\n")}\nWithout a network nothing of this can be made; behind a proxy, name it in HTTPS_PROXY and HTTP_PROXY. What has come is kept.`,
  );
}

/** Removes what is kept and no longer wanted. */
export function forgetArchives(folder: string, wanted: readonly DebianArchive[]): void {
  if (!existsSync(folder)) return;
  const names = new Set(wanted.map(({ sha256 }) => `${sha256}.deb`));
  for (const name of readdirSync(folder)) if (!names.has(name)) rmSync(join(folder, name));
}

function addressesOf(path: string, { mirrors, snapshots, moment }: ArchiveStore): readonly string[] {
  const [archive = "", ...rest] = path.split("/");
  return [...mirrors.map((mirror) => `${mirror}${path}`), `${snapshots}${archive}/${moment}/${rest.join("/")}`];
}

/** Its bytes, or why they are not to be had. */
async function ask(address: string, { sha256 }: DebianArchive): Promise<Uint8Array | string> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(patience) });
    if (!response.ok) return `answers ${response.status}`;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return hashOf(bytes) === sha256 ? bytes : "sends other bytes than Debian has published";
  } catch (error) {
    return reasonOf(error);
  }
}

/** `fetch` says "fetch failed", and why in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Under its name only once it is whole. */
function keep(file: string, bytes: Uint8Array): void {
  mkdirSync(join(file, ".."), { recursive: true });
  const made = `${file}.${randomBytes(4).toString("hex")}.new`;
  writeFileSync(made, bytes);
  renameSync(made, file);
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
