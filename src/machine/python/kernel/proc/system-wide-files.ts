/** What Linux tells in `/proc` of the whole computer, as far as a page knows it. */
import type { Milliseconds, Port } from "../../../host-types.ts";
import type { SocketAddress } from "../protocol.ts";

/** A socket of the host, as `/proc/net` lists it. */
export interface ListedSocket {
  readonly kind: "tcp" | "udp" | "unix" | "unix-datagram";
  readonly state: "listen" | "established" | "unconnected";
  readonly local: SocketAddress;
  readonly peer?: SocketAddress | undefined;
  readonly backlog: number;
  readonly inode: number;
}

/** What the files are made from. */
export interface SystemFacts {
  readonly hostName: string;
  /** Milliseconds since the host began. */
  readonly up: Milliseconds;
  /** When it began, in milliseconds since 1970. */
  readonly began: Milliseconds;
  readonly cores: number;
  readonly processes: number;
  readonly running: number;
  readonly lastPid: number;
  /** How many processes have wanted a processor, over 1, 5 and 15 minutes. */
  readonly load: readonly [number, number, number];
  /** Bytes that all processes have taken. */
  readonly memory: number;
  readonly backlog: number;
  readonly sockets: readonly ListedSocket[];
}

/**
 * What one process of WebAssembly can address, in bytes. How much memory the reader's computer has is not told to a
 * page.
 */
const addressable = 4 * 1024 ** 3;

/** Texts of the files, by their path below `/proc`. */
export function systemWideFiles(facts: SystemFacts): Readonly<Record<string, string>> {
  const { hostName, up, began, cores, processes, running, lastPid, load, memory, backlog, sockets } = facts;
  const kilobytes = (bytes: number) => `${String(Math.floor(bytes / 1024)).padStart(8)} kB`;
  const seconds = (up / 1000).toFixed(2);
  const cpu = "0 0 0 0 0 0 0 0 0 0";
  return {
    meminfo: [
      ["MemTotal", addressable],
      ["MemFree", Math.max(0, addressable - memory)],
      ["MemAvailable", Math.max(0, addressable - memory)],
      ["Buffers", 0],
      ["Cached", 0],
      ["SwapTotal", 0],
      ["SwapFree", 0],
    ]
      .map(([name, bytes]) => `${`${name}:`.padEnd(16)}${kilobytes(Number(bytes))}\n`)
      .join(""),
    loadavg: `${load.map((value) => value.toFixed(2)).join(" ")} ${running}/${processes} ${lastPid}\n`,
    uptime: `${seconds} 0.00\n`,
    stat: [
      `cpu  ${cpu}`,
      ...Array.from({ length: cores }, (_, core) => `cpu${core} ${cpu}`),
      "intr 0",
      "ctxt 0",
      `btime ${Math.floor(began / 1000)}`,
      `processes ${lastPid}`,
      `procs_running ${running}`,
      "procs_blocked 0",
      "",
    ].join("\n"),
    cpuinfo: Array.from(
      { length: cores },
      (_, core) => `processor\t: ${core}\nvendor_id\t: WebAssembly\nmodel name\t: wasm32\ncpu cores\t: ${cores}\n\n`,
    ).join(""),
    // As `os.uname` of the CPython here says.
    version: `Emscripten ${hostName} wasm32\n`,
    filesystems: "nodev\tproc\n\tpage\n",
    "sys/kernel/hostname": `${hostName}\n`,
    "sys/kernel/ostype": "Emscripten\n",
    "sys/kernel/pid_max": "4194304\n",
    "sys/net/core/somaxconn": `${backlog}\n`,
    "net/tcp": inetTable(sockets.filter(({ kind }) => kind === "tcp")),
    "net/udp": inetTable(sockets.filter(({ kind }) => kind === "udp")),
    "net/unix": unixTable(sockets.filter(({ kind }) => kind.startsWith("unix"))),
  };
}

const inetStates = { listen: "0A", established: "01", unconnected: "07" } as const;

function inetTable(sockets: readonly ListedSocket[]): string {
  const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
  const rows = sockets.map(({ local, peer, state, inode }, index) => {
    const ends = `${hexAddress(local)} ${hexAddress(peer ?? { address: "0.0.0.0", port: 0 })}`;
    const row = `${String(index).padStart(4)}: ${ends} ${inetStates[state]} 00000000:00000000 00:00000000 00000000`;
    return `${row}  1000        0 ${inode}`;
  });
  return [head, ...rows].map((row) => `${row.padEnd(149)}\n`).join("");
}

/** As Linux writes it on a computer with the lowest byte first: 0100007F:1F90 is 127.0.0.1:8000. */
function hexAddress({ address, port }: { readonly address: string; readonly port: Port }): string {
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, "0");
  const bytes = address.split(".").map(Number);
  return `${
    bytes.length === 4
      ? bytes
          .reverse()
          .map((byte) => hex(byte, 2))
          .join("")
      : "00000000"
  }:${hex(port, 4)}`;
}

function unixTable(sockets: readonly ListedSocket[]): string {
  const rows = sockets.map(({ kind, state, local, inode }, index) => {
    const flags = state === "listen" ? "00010000" : "00000000";
    const type = kind === "unix" ? "0001" : "0002";
    const shown = state === "unconnected" || state === "listen" ? "01" : "03";
    const name = local.address.replace(/^\0/, "@");
    const number = index.toString(16).padStart(16, "0");
    return `${number}: 00000002 00000000 ${flags} ${type} ${shown} ${String(inode).padStart(5)}${name && ` ${name}`}\n`;
  });
  return `Num       RefCount Protocol Flags    Type St Inode Path\n${rows.join("")}`;
}
