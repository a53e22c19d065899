/**
 * What the Linux machine uses of v86 0.5: its own typings leave the network out, and whoever builds no Linux image
 * needs not have it installed.
 */
declare module "v86" {
  /** A file that is there already. */
  interface BufferImage {
    readonly buffer: ArrayBuffer;
  }

  /** A disc that brings its own way of being read. */
  interface DiscImage {
    readonly byteLength: number;
    onload: ((event: object) => void) | undefined;
    load(): void;
    get(start: number, length: number, done: (bytes: Uint8Array) => void): void;
    get_and_cache(start: number, length: number, done: (bytes: Uint8Array) => void): void;
    get_from_cache(start: number, length: number): Uint8Array | undefined;
    set(start: number, bytes: Uint8Array, done: () => void): void;
    get_state(): readonly unknown[];
    set_state(state: readonly unknown[]): void;
  }

  interface V86Options {
    readonly wasm_fn: (imports: WebAssembly.Imports) => Promise<WebAssembly.Exports>;
    /** Bytes. */
    readonly memory_size: number;
    /** Bytes. */
    readonly vga_memory_size: number;
    readonly bios: BufferImage;
    readonly vga_bios: BufferImage;
    readonly bzimage?: BufferImage;
    readonly hda?: DiscImage;
    readonly hdb?: DiscImage;
    readonly cmdline?: string;
    /** A saved state, as it is or compressed with zstd. */
    readonly initial_state?: BufferImage;
    readonly net_device: { readonly type: "virtio"; readonly relay_url: "fetch" };
    readonly preserve_mac_from_state_image: boolean;
    readonly disable_keyboard: boolean;
    readonly disable_mouse: boolean;
    readonly disable_speaker: boolean;
    readonly autostart: boolean;
  }

  /** A segment that has come from the guest, with its headers. */
  interface GuestPacket {
    readonly tcp: { readonly fin?: boolean; readonly seq: number };
    readonly tcp_data: Uint8Array;
  }

  /** One end of a TCP connection into the guest. */
  interface GuestSocket {
    /** `close` is said for a reset too. */
    on(event: "connect" | "shutdown" | "close", handler: () => void): void;
    on(event: "data", handler: (bytes: Uint8Array) => void): void;
    write(bytes: Uint8Array): void;
    close(): void;
    /** Sends its SYN (again). */
    connect(): void;
    /** Sends what waits, unless it waits for an acknowledgement. */
    pump(): void;
    /** Is called with each segment that comes. */
    process(packet: GuestPacket): void;
    /** Forgets the connection. */
    release(): void;
    /** A segment has been sent and is not acknowledged. */
    pending: boolean;
    readonly sport: number;
    /** Both ends' addresses and ports. */
    readonly tuple: string;
  }

  /** v86's user-space network. */
  interface GuestNetwork {
    /** Where connections go. */
    vm_ip: Uint8Array;
    /** Where they come from. */
    router_ip: Uint8Array;
    connect(port: number): GuestSocket;
    /** Its connections, by `tuple`. A port that is in here is not given to a new one. */
    readonly tcp_conn: Record<string, GuestSocket>;
  }

  class V86 {
    constructor(options: V86Options);
    readonly network_adapter: GuestNetwork;
    add_listener(event: "emulator-loaded", listener: () => void): void;
    add_listener(event: "serial0-output-byte", listener: (byte: number) => void): void;
    run(): Promise<void>;
    stop(): Promise<void>;
    save_state(): Promise<ArrayBuffer>;
    destroy(): Promise<void>;
  }
}
