/**
 * Boots the machine under Node from a disc of freshly unpacked packages, has `linux/guest/prepare.sh` set them up, and
 * keeps what that changed. Bundled and run by `scripts/linux-image.ts`:
 *
 *     prepare-root KERNEL DISC WASM BIOS VGA_BIOS HALF OUTPUT
 *
 * HALF is 1 or 2: two machines share the work. OUTPUT gets a tar archive of changed files.
 */
import { openSync, readFileSync, readSync, renameSync, statSync, writeFileSync } from "node:fs";
import type { V86 } from "v86";
import { Disc } from "../../src/machine/linux/disc.ts";
import { partSize } from "../../src/machine/linux/disc-format.ts";
import { startEmulator } from "../../src/machine/linux/emulator.ts";
import { ScratchDisc } from "./scratch-disc.ts";

const commandLine =
  "console=ttyS0 quiet tsc=reliable mitigations=off nokaslr random.trust_cpu=on root=/dev/sda ro rootfstype=ext2 init=/usr/lib/two-servers/prepare";

/** Milliseconds. A busy computer takes minutes. */
const patience = 1_800_000;
/** Bytes, several times what is written. */
const scratchSize = 192 << 20;

function bytesOf(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/** Resolves when the guest says that it is done; rejects when it says that it failed. */
function prepared(emulator: V86): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("The machine never said that it was done")), patience);
    const console_: string[] = [];
    let line = "";
    emulator.add_listener("serial0-output-byte", (byte) => {
      const character = String.fromCharCode(byte);
      if (character !== "\n") {
        line += character;
        return;
      }
      const text = line.trim();
      line = "";
      console_.push(text);
      if (text.startsWith("prepare: ")) process.stdout.write(`${text.slice("prepare: ".length)}\n`);
      const isOver = text === "prepare: done" || text.startsWith("prepare: failed") || text.includes("Kernel panic");
      if (!isOver) return;
      clearTimeout(late);
      if (text === "prepare: done") resolve();
      else reject(new Error(console_.slice(-20).join("\n")));
    });
  });
}

// Ends with whoever started it, however that ended.
process.stdin.on("end", () => process.exit(1)).resume();

const [kernel, discFile, wasm, bios, vgaBios, half, output] = process.argv.slice(2);
if (!kernel || !discFile || !wasm || !bios || !vgaBios || !half || !output) {
  throw new Error("prepare-root: six paths and a number are needed");
}
const discBytes = openSync(discFile, "r");
const disc = new Disc(statSync(discFile).size, partSize, async (index) => {
  const bytes = new Uint8Array(partSize);
  readSync(discBytes, bytes, 0, partSize, index * partSize);
  return bytes;
});
const scratch = new ScratchDisc(scratchSize);
const emulator = await startEmulator(
  { wasm: bytesOf(wasm), bios: bytesOf(bios), vgaBios: bytesOf(vgaBios), disc, scratch },
  { kernel: bytesOf(kernel), commandLine: `${commandLine} half=${half}` },
);
await prepared(emulator);
await emulator.stop();
// An archive ends with zeros, and so does the disc behind it.
const end = scratch.bytes.findLastIndex((byte) => byte !== 0) + 1;
writeFileSync(`${output}.new`, scratch.bytes.subarray(0, Math.ceil(end / 512) * 512 + 1024));
renameSync(`${output}.new`, output);
process.exit();
