import type { Fd } from "../../kernel/protocol.ts";
import type { KernelChannel } from "../channel.ts";
import type { FileSystem, FsNode } from "../pyodide-internals.ts";

/** Where an open file stands, in bytes. */
export interface FilePosition {
  fd: Fd;
  position: number;
}

/**
 * Where a process's open files stand. POSIX lets processes that got a descriptor from one another share its position;
 * here each has a copy, and the kernel hears where the others leave it.
 */
export class SharedPositions {
  /**
   * Files that another process may have open by the same description: where we have said that they stand, and how much
   * was said to the kernel before we knew.
   */
  readonly #said = new Map<Fd, { position: number; readonly since: number }>();

  /** `isOfHost`: the node is one of the host's files. */
  constructor(
    private readonly fs: FileSystem,
    private readonly channel: KernelChannel,
    private readonly isOfHost: (node: FsNode) => boolean,
  ) {}

  /** Where each open file of the host's stands, for a fork. */
  all(): FilePosition[] {
    return this.fs.streams.flatMap((stream) =>
      stream && this.isOfHost(stream.node) ? [{ fd: stream.fd, position: stream.position }] : [],
    );
  }

  /** The same, for a child: from now on each of the two hears where the other leaves them. */
  shareAll(): FilePosition[] {
    const positions = this.all();
    for (const { fd, position } of positions) this.share(fd, position);
    return positions;
  }

  /** Another process may have it open by the same description, and knows that it stands there. */
  share(fd: Fd, position: number, since = this.#said.get(fd)?.since ?? this.channel.said): void {
    this.#said.set(fd, { position, since });
  }

  /** It was closed here. */
  forget(fd: Fd): void {
    this.#said.delete(fd);
  }

  /** Tells the kernel of shared files that stand elsewhere than was said. */
  post(): void {
    for (const [fd, said] of this.#said) {
      const position = this.fs.getStream(fd)?.position ?? said.position;
      if (position === said.position) continue;
      said.position = position;
      this.channel.post({ op: "position", fd, position });
    }
  }

  /** Another process has read or written on in a file that is shared with it. `heard` as in the kernel's message. */
  moved(fd: Fd, position: number, heard: number): void {
    const stream = this.fs.getStream(fd);
    const said = this.#said.get(fd);
    if (!stream || !said || said.since >= heard) return;
    stream.position = position;
    said.position = position;
  }
}
