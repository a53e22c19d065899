import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** What the script of light programs may take, compressed: a shell is there before anybody uses a text program. In bytes. */
const most = 150_000;

test("a shell's script stays small, and holds no text program", async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../src/machine/python/native/program-worker.ts", import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    format: "iife",
    platform: "browser",
    target: "es2024",
    minify: true,
    external: ["node:*"],
  });
  const script = outputFiles[0]?.contents ?? new Uint8Array();
  const compressed = await promisify(zstdCompress)(script, { params: { [constants.ZSTD_c_compressionLevel]: 19 } });
  expect(compressed.length).toBeLessThan(most);
  expect(Object.keys(metafile.inputs).filter((path) => path.includes("just-bash/"))).toEqual([]);
});
