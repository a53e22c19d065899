/** The emulated PC. */
import { V86, type V86Options } from "v86";
import type { Disc } from "./disc";

/** What the PC is made of, beside what it runs. */
export interface EmulatorParts {
  readonly wasm: BufferSource;
  readonly bios: ArrayBuffer;
  readonly vgaBios: ArrayBuffer;
  readonly disc: Disc;
}

/** What the PC begins with: a snapshot, or a kernel that finds the rest on the disc. */
export type Beginning =
  | { readonly snapshot: ArrayBuffer }
  | { readonly kernel: ArrayBuffer; readonly commandLine: string };

/** A snapshot can be restored into a PC of the same memory only. Bytes. */
export const memorySize = 256 << 20;

/** Starts the PC; resolves when it runs. Rejects with what v86 says. */
export async function startEmulator(parts: EmulatorParts, beginning: Beginning): Promise<V86> {
  const options: V86Options = {
    wasm_fn: async (imports) => (await WebAssembly.instantiate(parts.wasm, imports)).instance.exports,
    memory_size: memorySize,
    vga_memory_size: 1 << 20,
    bios: { buffer: parts.bios },
    vga_bios: { buffer: parts.vgaBios },
    hda: parts.disc,
    // Connections from the page are all that is wanted of it. What the guest asks of the network fails, as it should.
    net_device: { type: "virtio", relay_url: "fetch" },
    preserve_mac_from_state_image: true,
    disable_keyboard: true,
    disable_mouse: true,
    disable_speaker: true,
    autostart: false,
    ...("snapshot" in beginning
      ? { initial_state: { buffer: beginning.snapshot } }
      : { bzimage: { buffer: beginning.kernel }, cmdline: beginning.commandLine }),
  };
  const emulator = new V86(options);
  await new Promise<void>((resolve) => emulator.add_listener("emulator-loaded", () => resolve()));
  await emulator.run();
  return emulator;
}
