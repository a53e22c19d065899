import type { Fd } from "../kernel/protocol.ts";
import type { KernelChannel } from "./channel.ts";
import type { FileSystem, FsNode } from "./pyodide-internals.ts";

/**
 * `/dev/null` is Emscripten's own. The kernel is told who has it open all the same, because a child inherits it:
 * `subprocess.DEVNULL`.
 */
export class MemfsNullDevice {
  readonly #node: FsNode;

  constructor(
    private readonly fs: FileSystem,
    channel: KernelChannel,
  ) {
    const { node } = fs.lookupPath("/dev/null");
    if (!node) throw new Error("The file system has no /dev/null");
    this.#node = node;
    const { open } = node.stream_ops;
    // All character devices share one `open`, which gives the stream the operations of its device.
    fs.chrdev_stream_ops.open = (stream) => {
      open?.(stream);
      if (stream.node !== node) return;
      channel.post({ op: "null", fd: stream.fd });
      stream.stream_ops = { ...stream.stream_ops, close: ({ fd }) => channel.post({ op: "close", fd }) };
    };
  }

  /** Whether it is open at that number. */
  isAt(fd: Fd): boolean {
    return this.fs.getStream(fd)?.node === this.#node;
  }

  /** Opens it at an inherited number. */
  inherit(fd: Fd): void {
    const stream = this.fs.createStream(
      {
        node: this.#node,
        path: "/dev/null",
        flags: 2,
        position: 0,
        seekable: false,
        stream_ops: this.#node.stream_ops,
      },
      fd,
    );
    this.fs.chrdev_stream_ops.open?.(stream);
  }
}
