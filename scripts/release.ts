/**
 * Packs the built site for hosts: `build/release/two-servers-<version>.zip` with everything, the Debian included, what
 * it consists of in `sbom.cdx.json` beside the pages and beside the zip, and the zip's SHA-256.
 *
 *     npm run release
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { billOfMaterials } from "./bill-of-materials.ts";
import { readLock } from "./linux-image/package-lock.ts";
import { recipe } from "./linux-image/recipe.ts";
import { largestOf, releaseZip } from "./release-zip.ts";

const folder = "dist";
const output = "build/release";
/** Bytes. Cloudflare Pages takes no larger file, nor does GitHub's upload in a browser; other hosts take more. */
const mostForHosts = 25 * 1024 * 1024;

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const files = new Map<string, Uint8Array>();
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  files.set(relative(folder, path).split(sep).join("/"), readFileSync(path));
}
const hasLinux = existsSync(join(folder, "machine/linux/manifest.json"));
const { packages: npm } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const { kernel, bios } = recipe.archives;
const debian = [...readLock(), { name: "linux-source-6.1", ...kernel }, { name: "seabios", ...bios }];
const materials = {
  version,
  npm,
  python: JSON.parse(readFileSync("build/python/packages.json", "utf8")),
  debian: hasLinux ? debian : [],
};
const bill = new TextEncoder().encode(`${JSON.stringify(billOfMaterials(materials), null, 2)}\n`);
files.set("sbom.cdx.json", bill);
for (const name of ["LICENSE", "LICENSE-CONTENT"]) files.set(`${name}.txt`, readFileSync(name));

const largest = largestOf(files);
console.log(`The largest file is ${largest.path}, ${(largest.size / 1e6).toFixed(1)} MB.`);
if (largest.size > mostForHosts) {
  console.error("Cloudflare Pages and GitHub's upload take no file of more than 25 MiB.");
  process.exit(1);
}
if (!hasLinux) console.log("Without the Debian: npm run linux:image makes it.");

const zip = releaseZip(files);
const name = `two-servers-${version}.zip`;
const checksum = createHash("sha256").update(zip).digest("hex");
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
writeFileSync(join(output, name), zip);
writeFileSync(join(output, "sbom.cdx.json"), bill);
// As `sha256sum --check` reads it.
writeFileSync(join(output, `${name}.sha256`), `${checksum}  ${name}\n`);
console.log(`${join(output, name)}: ${files.size} files, ${(zip.length / 1e6).toFixed(1)} MB, SHA-256 ${checksum}`);
