import { type DeviceName, devicePaths, type Fd } from "../kernel/protocol.ts";
import type { KernelChannel } from "./channel.ts";
import type { FileSystem, FsNode } from "./pyodide-internals.ts";

/**
 * Devices are Emscripten's own. The kernel is told who has one open all the same, because a child inherits it:
 * `subprocess.DEVNULL`.
 */
export class MemfsDevices {
  readonly #names = new Map<FsNode, DeviceName>();

  constructor(
    private readonly fs: FileSystem,
    channel: KernelChannel,
  ) {
    for (const [path, name] of devicePaths) {
      const node = fs.analyzePath(path).exists ? fs.lookupPath(path).node : null;
      if (node) this.#names.set(node, name);
    }
    // All character devices share one `open`, which gives the stream the operations of its device.
    const { open } = fs.chrdev_stream_ops;
    fs.chrdev_stream_ops.open = (stream) => {
      open?.(stream);
      const name = this.#names.get(stream.node);
      if (name === undefined) return;
      channel.post({ op: "device", fd: stream.fd, name });
      const { close } = stream.stream_ops;
      stream.stream_ops = {
        ...stream.stream_ops,
        close: (closed) => {
          close?.(closed);
          channel.post({ op: "close", fd: closed.fd });
        },
      };
    };
  }

  /** Whether one is open at that number. */
  isAt(fd: Fd): boolean {
    const node = this.fs.getStream(fd)?.node;
    return node !== undefined && this.#names.has(node);
  }

  /** Opens one at an inherited number. */
  inherit(fd: Fd, wanted: DeviceName): void {
    const [node] = [...this.#names].find(([, name]) => name === wanted) ?? [];
    if (!node) throw new Error(`The file system has no /dev/${wanted}`);
    const stream = this.fs.createStream(
      { node, path: `/dev/${wanted}`, flags: 2, position: 0, seekable: false, stream_ops: node.stream_ops },
      fd,
    );
    this.fs.chrdev_stream_ops.open?.(stream);
  }
}
