/**
 * Boots the machine under Node, brings a situation about, and saves it; then restores it, to see that it answers and
 * which parts of the disc that takes. Bundled and run by `scripts/linux-image.ts`:
 *
 *     take-snapshot KERNEL DISC WASM BIOS VGA_BIOS BOOTED SITUATION OUTPUT
 *
 * BOOTED gets the machine as it is right after booting, and is where the next situation begins. SITUATION is a file
 * with a `Situation` as JSON. OUTPUT.zst gets the snapshot, compressed, OUTPUT.json what is known about it.
 */
import { existsSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from "node:fs";
import { constants, zstdCompressSync } from "node:zlib";
import type { V86 } from "v86";
import { parseCommand } from "../../src/lab/command/parse-command-line.ts";
import { Disc } from "../../src/machine/linux/disc.ts";
import { partSize } from "../../src/machine/linux/disc-format.ts";
import { startEmulator } from "../../src/machine/linux/emulator.ts";
import { GuestService } from "../../src/machine/linux/guest-service.ts";
import type { Situation } from "./situation.ts";

const commandLine =
  "console=ttyS0 quiet tsc=reliable mitigations=off nokaslr random.trust_cpu=on net.ifnames=0 root=/dev/sda ro rootfstype=ext2 init=/usr/lib/two-servers/init systemd.show_status=0";

/** Milliseconds. A busy computer takes minutes. */
const patience = 900_000;
const home = "/home/student";
/** The next levels take several times as long, for a tenth less. */
const compressionLevel = 12;
/** Requests that a server has answered before it counts as warm. */
const warm = 8;

const began = performance.now();

function say(what: string): void {
  console.log(`  ${((performance.now() - began) / 1000).toFixed(0)} s: ${what}`);
}

function bytesOf(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
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

/** Runs a command on a host; rejects unless it exits with 0. */
async function run(guest: GuestService, host: string, command: string): Promise<void> {
  const process = await guest.spawn(host, ["bash", "-c", command], { cwd: "/" });
  const decoder = new TextDecoder();
  let printed = "";
  process.onOutput((bytes) => {
    printed += decoder.decode(bytes, { stream: true });
  });
  const exit = await process.exited();
  if (exit.kind !== "exited" || exit.code !== 0) throw new Error(`${command}: ${JSON.stringify(exit)} ${printed}`);
}

// Ends with whoever started it, however that ended.
process.stdin.on("end", () => process.exit(1)).resume();

const [kernel, discFile, wasm, bios, vgaBios, booted, situationFile, output] = process.argv.slice(2);
if (!kernel || !discFile || !wasm || !bios || !vgaBios || !booted || !situationFile || !output)
  throw new Error("take-snapshot: eight paths are needed");
const situation: Situation = JSON.parse(readFileSync(situationFile, "utf8"));
const hosts = ["development", "production"] as const;
const debian = situation.debian ?? "debian";

const discBytes = openSync(discFile, "r");
function newDisc(size: number): Disc {
  return new Disc(size, partSize, async (index) => {
    const bytes = new Uint8Array(partSize);
    readSync(discBytes, bytes, 0, partSize, index * partSize);
    return bytes;
  });
}
const size = readFileSync(discFile).length;
const parts = () => ({
  wasm: bytesOf(wasm),
  bios: bytesOf(bios),
  vgaBios: bytesOf(vgaBios),
  disc: newDisc(size),
});

/** As a lab does it: files, then the command of the side. Tells whether each ran already. */
async function startSides(guest: GuestService): Promise<readonly boolean[]> {
  const kept: boolean[] = [];
  for (const host of hosts) {
    for (const [path, text] of Object.entries(situation.files)) await guest.writeFile(host, `${home}/${path}`, text);
    const line = situation.commands[host];
    if (line === undefined) continue;
    const parsed = parseCommand(line);
    if (!parsed.ok) throw new Error(`${line}: the lab could not run it either`);
    const { argv, env } = parsed.command;
    const process = await guest.spawn(host, argv, { cwd: home, env });
    kept.push(process.kept);
    if (!process.kept) {
      say(`${host}: ${line}`);
      const decoder = new TextDecoder();
      process.onOutput((bytes) => say(`${host}: ${decoder.decode(bytes, { stream: true }).trimEnd()}`));
      void process.exited().then((exit) => say(`${host}: ended, ${JSON.stringify(exit)}`));
    }
    await answers(guest, host, process.kept ? 1 : warm);
  }
  return kept;
}

/** Resolves when the first port of a host has answered so often. */
async function answers(guest: GuestService, host: string, times: number): Promise<void> {
  const until = performance.now() + patience;
  for (let answered = 0; answered < times; ) {
    if (performance.now() > until) throw new Error(`${host} does not answer`);
    const [port] = guest.portsOf(host);
    const status =
      port === undefined
        ? undefined
        : await guest.request(host, port, { path: situation.path, timeout: 60_000 }).then(
            (response) => response.status,
            () => undefined,
          );
    if (status === 200) answered++;
    else await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

if (!existsSync(booted)) {
  const first = await startEmulator(parts(), { kernel: bytesOf(kernel), commandLine });
  await consoleShows(first, "agent: ready");
  await first.stop();
  writeFileSync(`${booted}.new`, new Uint8Array(await first.save_state()));
  renameSync(`${booted}.new`, booted);
  await first.destroy();
}
let emulator = await startEmulator(parts(), { snapshot: bytesOf(booted) });
let guest = await GuestService.open(emulator, debian);
for (const host of hosts) await guest.readFile(host, "/etc/hostname");
if (situation.setup !== undefined) {
  say(situation.setup.trim());
  await run(guest, debian, situation.setup);
}
await startSides(guest);
// Free memory holds what lay there before: zeros are smaller. Some stays free, so that nothing is killed for want of
// it.
const zeros =
  "sync; echo 3 >/proc/sys/vm/drop_caches; dd if=/dev/zero of=/run/hosts/zeros bs=64k count=$(awk '/MemFree/ {print int($2 / 64) - 64}' /proc/meminfo) 2>/dev/null; rm /run/hosts/zeros; free -m >/dev/console";
await run(guest, debian, zeros);
await guest.forgetPage();
await emulator.stop();
const state = await emulator.save_state();
await emulator.destroy();
say(`saved, ${(state.byteLength / 1e6).toFixed(0)} MB`);
const packed = zstdCompressSync(new Uint8Array(state), {
  params: {
    [constants.ZSTD_c_compressionLevel]: compressionLevel,
    // Servers of one kind have much in common, far apart: a wide window finds it.
    [constants.ZSTD_c_enableLongDistanceMatching]: 1,
    [constants.ZSTD_c_windowLog]: 27,
  },
  pledgedSrcSize: state.byteLength,
});
writeFileSync(`${output}.zst`, packed);
say(`compressed, ${(packed.length / 1e6).toFixed(1)} MB`);

const again = parts();
const restoring = performance.now();
emulator = await startEmulator(again, { snapshot: bytesOf(`${output}.zst`) });
const restored = performance.now();
guest = await GuestService.open(emulator, debian);
const kept = await startSides(guest);
if (kept.includes(false)) throw new Error("what ran was not found again");
const answered = performance.now();
// What a page would soon fetch: a prompt is a part of every lab.
for (const host of hosts) await run(guest, host, "ps aux; ss -ltn; ls -l; true");
say(
  `restored in ${(restored - restoring).toFixed(0)} ms, both answered after ${(answered - restoring).toFixed(0)} ms; ${again.disc.touched.length} parts of the disc`,
);
writeFileSync(`${output}.json`, JSON.stringify({ size: state.byteLength, touched: again.disc.touched }));
process.exit();
