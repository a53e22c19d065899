/**
 * Boots the machine under Node, brings a situation about, and saves it. Bundled and run by `scripts/linux-image.ts`:
 *
 *     take-snapshot KERNEL ROOT WASM BIOS VGA_BIOS OUTPUT
 */
import { readFile, writeFile } from "node:fs/promises";
import type { V86 } from "v86";
import { startEmulator } from "../../src/machine/linux/emulator";
import { GuestService } from "../../src/machine/linux/guest-service";

/** The Debian itself is the production side's host. */
const debian = "production";

const commandLine =
  "console=ttyS0 quiet tsc=reliable mitigations=off nokaslr random.trust_cpu=on net.ifnames=0 rootfstype=ramfs systemd.show_status=0";

/** Milliseconds. A busy computer takes minutes. */
const patience = 900_000;

const began = performance.now();

function say(what: string): void {
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s: ${what}`);
}

async function bytesOf(path: string | undefined): Promise<ArrayBuffer> {
  if (path === undefined) throw new Error("take-snapshot: six paths are needed");
  const bytes = await readFile(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/** Resolves when the console shows it; prints the console. */
function consoleShows(emulator: V86, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let line = "";
    const late = setTimeout(() => reject(new Error(`The console never showed: ${text}`)), patience);
    emulator.add_listener("serial0-output-byte", (byte) => {
      const character = String.fromCharCode(byte);
      if (character !== "\n") {
        line += character;
        return;
      }
      say(`guest: ${line.trim()}`);
      if (line.includes(text)) {
        clearTimeout(late);
        resolve();
      }
      line = "";
    });
  });
}

/** Runs a command in the Debian; rejects unless it exits with 0. */
async function run(guest: GuestService, command: string): Promise<void> {
  say(command);
  const process = await guest.spawn(debian, ["sh", "-c", command], { cwd: "/" });
  const decoder = new TextDecoder();
  let printed = "";
  process.onOutput((bytes) => {
    printed += decoder.decode(bytes, { stream: true });
  });
  const exit = await process.exited();
  if (exit.kind !== "exited" || exit.code !== 0) throw new Error(`${command}: ${JSON.stringify(exit)} ${printed}`);
}

const [kernel, root, wasm, bios, vgaBios, output] = process.argv.slice(2);
if (output === undefined) throw new Error("take-snapshot: six paths are needed");
const parts = { wasm: await bytesOf(wasm), bios: await bytesOf(bios), vgaBios: await bytesOf(vgaBios) };
const emulator = await startEmulator(parts, { kernel: await bytesOf(kernel), root: await bytesOf(root), commandLine });
await consoleShows(emulator, "agent: ready");
const guest = await GuestService.open(emulator, debian);
await run(guest, "systemctl start gunicorn nginx");
for (let asked = 0; ; asked++) {
  const { status } = await guest.request(debian, 80, { path: "/" });
  if (status === 200 && asked >= 20) break;
  if (asked > 100) throw new Error(`nginx answers ${status}`);
}
say("nginx and gunicorn answer");
// Free memory holds what lay there before: zeros are smaller. Some stays free, so that nothing is killed for want of it.
const zeros =
  "dd if=/dev/zero of=/run/hosts/zeros bs=64k count=$(awk '/MemFree/ {print int($2 / 64) - 64}' /proc/meminfo)";
await run(guest, `echo 3 >/proc/sys/vm/drop_caches; ${zeros} 2>/dev/null; rm /run/hosts/zeros; free -m >/dev/console`);
await guest.forgetPage();
await emulator.stop();
const state = await emulator.save_state();
await writeFile(output, new Uint8Array(state));
say(`saved, ${(state.byteLength / 1e6).toFixed(0)} MB`);
process.exit();
