/** The emulated PC. */
import { type DiscImage, V86, type V86Options } from "v86";
import type { Disc } from "./disc.ts";

/** What the PC is made of, beside what it runs. */
export interface EmulatorParts {
  readonly wasm: BufferSource;
  readonly bios: ArrayBuffer;
  readonly vgaBios: ArrayBuffer;
  readonly disc: Disc;
  /** A second disc, where the machine that makes the first one writes. */
  readonly scratch?: DiscImage;
}

/** What the PC begins with: a snapshot, or a kernel that finds the rest on the disc. */
export type Beginning =
  | { readonly snapshot: ArrayBuffer }
  | { readonly kernel: ArrayBuffer; readonly commandLine: string };

/** A snapshot can be restored into a PC of the same memory only. Bytes. */
export const memorySize = 256 << 20;

/**
 * v86 translates hot code into one WebAssembly function for up to three pages of memory. The browser optimises such a
 * function in a time that grows faster than its length, on a core of its own for most of a minute: functions of one
 * page and few blocks make Python start in a third of the time (v86, `src/rust/jit.rs`, "set_jit_config").
 */
function limitTranslations(exports: WebAssembly.Exports): void {
  const setJitConfig = exports["set_jit_config"];
  if (typeof setJitConfig !== "function") throw new Error("This v86 does not let its translations be limited");
  setJitConfig(jitConfig.maxPages, 1);
  setJitConfig(jitConfig.maxExtraBasicBlocks, 50);
}

/** Numbers by which v86 knows its settings. */
const jitConfig = { maxPages: 1, maxExtraBasicBlocks: 3 } as const;

/** Starts the PC; resolves when it runs. Rejects with what v86 says. */
export async function startEmulator(parts: EmulatorParts, beginning: Beginning): Promise<V86> {
  const options: V86Options = {
    wasm_fn: async (imports) => {
      const { exports } = (await WebAssembly.instantiate(parts.wasm, imports)).instance;
      limitTranslations(exports);
      return exports;
    },
    memory_size: memorySize,
    vga_memory_size: 1 << 20,
    bios: { buffer: parts.bios },
    vga_bios: { buffer: parts.vgaBios },
    hda: parts.disc,
    ...(parts.scratch && { hdb: parts.scratch }),
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
