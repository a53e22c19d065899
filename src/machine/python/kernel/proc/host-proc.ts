import type { Milliseconds, Pid } from "../../../host-types.ts";
import type { Files } from "../files/files.ts";
import type { LoadAverage } from "../load-average.ts";
import type { OpenFileDescription } from "../process/open-file-description.ts";
import type { KernelProcess } from "../process/process.ts";
import type { Fd, ProcEntry } from "../protocol.ts";
import { folder, lookUp, type ProcNode } from "./proc-tree.ts";
import { descriptorLinks, type ProcessFacts, processFiles, processLinks } from "./process-files.ts";
import { type ListedSocket, type SystemFacts, systemWideFiles } from "./system-wide-files.ts";

/** What a host's `/proc` tells of. */
export interface HostProcParts {
  readonly hostName: string;
  readonly files: Files;
  readonly load: LoadAverage;
  readonly openFiles: number;
  readonly backlog: number;
  /** How many processors the browser says that there are. */
  readonly cores: number;
  /** When the host began, on the kernel's clock. */
  readonly started: Milliseconds;
  /** Milliseconds of the kernel's clock, and since 1970. */
  now(): Milliseconds;
  epoch(): Milliseconds;
  processes(): Iterable<KernelProcess>;
  readonly lastPid: () => Pid;
}

/** `/proc` of one host. */
export class HostProc {
  constructor(private readonly parts: HostProcParts) {}

  /** As `lookUp`, for a process. `path` is absolute and begins with `/proc`. */
  entries(path: string, deep: boolean, caller: KernelProcess): ProcEntry[] {
    return lookUp(this.#root(caller), path, deep);
  }

  #root(caller: KernelProcess): ProcNode {
    return folder(() => {
      const tree: Record<string, ProcNode> = {};
      for (const process of this.parts.processes()) tree[process.pid] = this.#process(process);
      tree["self"] = { kind: "link", target: String(caller.pid) };
      const texts = systemWideFiles(this.#facts());
      for (const [path, text] of Object.entries(texts)) if (!path.includes("/")) tree[path] = file(text);
      tree["net"] = nested(texts, "net/");
      tree["mounts"] = file(mounts);
      tree["sys"] = nested(texts, "sys/");
      return tree;
    });
  }

  #process(process: KernelProcess): ProcNode {
    const { files, openFiles, started } = this.parts;
    const facts: ProcessFacts = {
      process,
      hostStarted: started,
      openFiles,
      nameOf: (fd) => nameOf(process, fd, files),
    };
    return folder(() => ({
      ...mapped(processFiles(facts), file),
      ...mapped(processLinks(facts), link),
      fd: folder(() => mapped(descriptorLinks(facts), link)),
      cgroup: file("0::/\n"),
      mounts: file(mounts),
      net: folder(() => nestedNodes(systemWideFiles(this.#facts()), "net/")),
      task: folder(() => ({ [process.pid]: folder(() => mapped(processFiles(facts), file)) })),
    }));
  }

  #facts(): SystemFacts {
    const { hostName, load, started, now, epoch, cores, backlog, lastPid } = this.parts;
    const processes = [...this.parts.processes()];
    const running = processes.filter(({ state }) => state === "running" || state === "starting").length;
    load.runs(running, now());
    const up = now() - started;
    return {
      hostName,
      up,
      began: epoch() - up,
      cores,
      processes: processes.length,
      running,
      lastPid: lastPid(),
      load: load.values,
      memory: processes.reduce((sum, { memory = 0 }) => sum + memory, 0),
      backlog,
      sockets: socketsOf(processes),
    };
  }
}

/** What `/proc/mounts` says: one file system of the page's, and this one. */
const mounts = "page / page rw 0 0\nproc /proc proc rw 0 0\n";

const file = (text: string): ProcNode => ({ kind: "file", text: () => text });
const link = (target: string): ProcNode => ({ kind: "link", target });

function mapped(texts: Readonly<Record<string, string>>, make: (text: string) => ProcNode): Record<string, ProcNode> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, make(text)]));
}

function nested(texts: Readonly<Record<string, string>>, prefix: string): ProcNode {
  return folder(() => nestedNodes(texts, prefix));
}

function nestedNodes(texts: Readonly<Record<string, string>>, prefix: string): Record<string, ProcNode> {
  const nodes: Record<string, ProcNode> = {};
  for (const [path, text] of Object.entries(texts)) {
    if (!path.startsWith(prefix)) continue;
    const [name = "", ...rest] = path.slice(prefix.length).split("/");
    nodes[name] = rest.length === 0 ? file(text) : nested(texts, `${prefix}${name}/`);
  }
  return nodes;
}

/** What a descriptor's symbolic link says: see proc_pid_fd(5). */
function nameOf(process: KernelProcess, fd: Fd, files: Files): string {
  const description = process.descriptors.find(fd);
  const described = description?.describe(0);
  if (description === undefined || described === undefined) return "";
  if (described.kind === "tty") return "/dev/pts/0";
  if (described.kind === "device") return `/dev/${described.name}`;
  if (described.kind === "file") return files.pathOf(described.inode) ?? `/tmp/#${described.inode} (deleted)`;
  return `${described.kind === "pipe" ? "pipe" : "socket"}:[${description.number}]`;
}

/** Each socket once, whoever shares it. */
function socketsOf(processes: readonly KernelProcess[]): ListedSocket[] {
  const known = new Set<OpenFileDescription>();
  const sockets: ListedSocket[] = [];
  for (const { descriptors } of processes) {
    for (const [, description] of descriptors.entries()) {
      const listed = known.has(description) ? undefined : listing(description);
      known.add(description);
      if (listed !== undefined) sockets.push(listed);
    }
  }
  return sockets;
}

function listing(description: OpenFileDescription): ListedSocket | undefined {
  const described = description.describe(0);
  const { number: inode, longestQueue: backlog } = description;
  if (described.kind === "listener") {
    const { address, port } = described;
    const kind = port === 0 ? "unix" : "tcp";
    return { kind, state: "listen", local: { address, port }, backlog, inode };
  }
  if (described.kind === "datagram") {
    const kind = described.family === "udp" ? "udp" : "unix-datagram";
    const { local = { address: "0.0.0.0", port: 0 }, peer } = described;
    return { kind, state: peer === undefined ? "unconnected" : "established", local, peer, backlog: 0, inode };
  }
  if (described.kind !== "connection") return undefined;
  const { local, peer } = described;
  return { kind: peer.port === 0 ? "unix" : "tcp", state: "established", local, peer, backlog: 0, inode };
}
