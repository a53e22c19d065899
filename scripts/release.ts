/**
 * Packs the built site for hosts: `build/release/two-servers-<version>.zip`, and its SHA-256 beside it.
 *
 *     npm run release
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { releaseZip } from "./release-zip.ts";

const folder = "dist";
const output = "build/release";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const files = new Map<string, Uint8Array>();
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  files.set(relative(folder, path).split(sep).join("/"), readFileSync(path));
}
const zip = releaseZip(files);
const name = `two-servers-${version}.zip`;
const checksum = createHash("sha256").update(zip).digest("hex");
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
writeFileSync(join(output, name), zip);
// As `sha256sum --check` reads it.
writeFileSync(join(output, `${name}.sha256`), `${checksum}  ${name}\n`);
console.log(`${join(output, name)}: ${files.size} files, ${(zip.length / 1e6).toFixed(1)} MB, SHA-256 ${checksum}`);
