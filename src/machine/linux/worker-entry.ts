/** Runs in a worker of the sealed frame: the emulator, and the guest as the page uses it. */
import * as Comlink from "comlink";
import { Disc } from "./disc.ts";
import { partSize } from "./disc-format.ts";
import { startEmulator } from "./emulator.ts";
import { GuestService } from "./guest-service.ts";
import type { LinuxImage } from "./image.ts";
import { releaseSnapshot } from "./release-snapshot.ts";

/** The parts that the worker needs. */
export type WorkerImage = Pick<LinuxImage, "v86.wasm" | "bios.bin" | "vgabios.bin" | "snapshot">;

/** What the frame sends to the worker. */
export interface WorkerTask {
  readonly image: WorkerImage;
  readonly discSize: number;
  /** The host that is the Debian itself. */
  readonly debian: string;
  /** The page's line to the guest. */
  readonly pagePort: MessagePort;
  readonly listenerPort: MessagePort;
}

/** What the page wants to hear. */
export interface BootListener {
  step(step: string): void;
  /** A part of the disc, as bytes. Rejects if it cannot be had; the page then says so. */
  part(index: number): Promise<Uint8Array<ArrayBuffer>>;
  ready(): void;
  /** It did not start. */
  failed(reason: string): void;
  /** The guest has ended by itself. */
  crash(reason: string): void;
}

const panic = /Kernel panic - not syncing: (.*)/;

addEventListener("message", ({ data }: MessageEvent<WorkerTask>) => void start(data), { once: true });

async function start({ image, discSize, debian, pagePort, listenerPort }: WorkerTask): Promise<void> {
  const listener = Comlink.wrap<BootListener>(listenerPort);
  try {
    await listener.step("Restoring Debian");
    const emulator = await startEmulator(
      {
        wasm: image["v86.wasm"],
        bios: image["bios.bin"].buffer,
        vgaBios: image["vgabios.bin"].buffer,
        disc: new Disc(discSize, partSize, (index) => listener.part(index)),
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
      if (what !== undefined) void listener.crash(what.trim());
      line = "";
    });
    await listener.step("Asking the guest what runs");
    const guest = await GuestService.open(emulator, debian);
    void guest.lost.then(() => listener.crash("Its agent ended."));
    Comlink.expose(guest, pagePort);
    await listener.ready();
    await releaseSnapshot();
  } catch (error) {
    await listener.failed(error instanceof Error ? error.message : String(error));
  }
}
