/** Runs in a worker of the sealed frame: the emulator, and the guest as the page uses it. */

import { openGate } from "../../gate/gate.ts";
import { machineSteps } from "../../strings/strings.ts";
import { machineErrors } from "../remote/machine-errors.ts";
import { serveHosts } from "../remote/serve-hosts.ts";
import { bootNews, guestCalls } from "./boot-contract.ts";
import { Disc } from "./disc.ts";
import { partSize } from "./disc-format.ts";
import { startEmulator } from "./emulator.ts";
import { GuestService } from "./guest-service.ts";
import type { LinuxImage } from "./image.ts";
import { releaseSnapshot } from "./release-snapshot.ts";

/** The parts that the worker needs. */
export type WorkerImage = Pick<LinuxImage, "v86.wasm" | "bios.bin" | "vgabios.bin" | "snapshot">;

/** What the frame sends to the worker. */
export interface EmulatorTask {
  readonly image: WorkerImage;
  readonly discSize: number;
  /** The host that is the Debian itself. */
  readonly debian: string;
  /** The page's line to the guest. */
  readonly pagePort: MessagePort;
  readonly listenerPort: MessagePort;
}

const panic = /Kernel panic - not syncing: (.*)/;

addEventListener("message", ({ data }: MessageEvent<EmulatorTask>) => void start(data), { once: true });

async function start({ image, discSize, debian, pagePort, listenerPort }: EmulatorTask): Promise<void> {
  let running: GuestService | undefined;
  const { there: page } = openGate(listenerPort, {
    offers: guestCalls,
    does: { pause: () => running?.pause(), resume: () => running?.resume() },
    expects: bootNews,
    errors: machineErrors,
  });
  try {
    await page.step(machineSteps.restoringDebian);
    const emulator = await startEmulator(
      {
        wasm: image["v86.wasm"],
        bios: image["bios.bin"].buffer,
        vgaBios: image["vgabios.bin"].buffer,
        disc: new Disc(discSize, partSize, (index) => page.part(index)),
      },
      { snapshot: image.snapshot.buffer },
    );
    let line = "";
    emulator.add_listener("serial0-output-byte", (byte) => {
      if (byte !== 10) {
        line = (line + String.fromCharCode(byte)).slice(-500);
        return;
      }
      const what = panic.exec(line)?.[1];
      if (what !== undefined) void page.crash(what.trim());
      line = "";
    });
    await page.step(machineSteps.askingGuest);
    const guest = await GuestService.open(emulator, debian);
    running = guest;
    void guest.lost.then(() => page.crash("Its agent ended."));
    serveHosts(pagePort, guest);
    await page.ready();
    await releaseSnapshot();
  } catch (error) {
    await page.failed(error instanceof Error ? error.message : String(error));
  }
}
