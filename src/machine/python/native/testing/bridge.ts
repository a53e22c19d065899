import { connect, type Socket } from "node:net";
import type { AcceptedConnection, Fd, ProcessStart } from "../../kernel/protocol.ts";
import { KernelChannel, type KernelPort } from "../../process/channel.ts";

/** What a computer of a test starts to have a server of the computer that the test runs on: `bridge PORT`. */
export const bridgeName = "bridge";

/** Listens on a port of the kernel's, and hands every connection on to the same port of this computer's loopback. */
export async function runBridge({ argv, pid }: ProcessStart, port: KernelPort): Promise<void> {
  const channel = new KernelChannel(port, () => {});
  const number = Number(argv[1]);
  channel.post({ op: "booted" });
  channel.post({ op: "socket", fd: 3 });
  await channel.call("bind", { fd: 3, address: "127.0.0.1", port: number }, pid).answer;
  await channel.call("listen", { fd: 3, backlog: 100 }, pid).answer;
  channel.flush();
  let next: Fd = 4;
  while (true) {
    const answer = await channel.call("wait", { interests: [{ fd: 3, read: true, write: false }], timeout: null }, pid)
      .answer;
    if (!answer.ok) throw new Error(answer.errno);
    for (const accepted of answer.result.flatMap((ready) => ready.accepted ?? [])) {
      const fd = next;
      next += 1;
      channel.post({ op: "accept", listener: 3, connection: accepted.connection, fd });
      void new BridgedConnection(channel, pid, fd, connect(number, "127.0.0.1")).carry(accepted);
    }
    channel.flush();
  }
}

/** One connection, carried both ways until both ends have closed it. */
class BridgedConnection {
  #credit = 0;
  #closed = false;

  constructor(
    private readonly channel: KernelChannel,
    private readonly pid: number,
    private readonly fd: Fd,
    private readonly socket: Socket,
  ) {}

  async carry({ bytes, credit = 0, eof = false }: AcceptedConnection): Promise<void> {
    this.#credit = credit;
    if (bytes !== undefined) this.socket.write(bytes);
    const answers = this.#answers();
    if (eof) this.socket.end();
    else await this.#requests();
    await answers;
  }

  async #requests(): Promise<void> {
    const { fd } = this;
    while (!this.#closed) {
      const ready = await this.#wait({ fd, read: true, write: false });
      if (ready?.bytes !== undefined) this.socket.write(ready.bytes);
      if (ready === undefined || ready.eof || ready.error !== undefined) {
        this.socket.end();
        return;
      }
    }
  }

  async #answers(): Promise<void> {
    const { channel, fd, pid } = this;
    try {
      for await (const chunk of this.socket) {
        for (let rest: Uint8Array = new Uint8Array(chunk); rest.length > 0; ) {
          if (this.#credit <= 0) {
            const ready = await this.#wait({ fd, read: false, write: true });
            if (ready?.credit === undefined) return;
            this.#credit = ready.credit;
          }
          const part = rest.slice(0, this.#credit);
          this.#credit -= part.length;
          channel.post({ op: "send", fd, tid: pid, bytes: part });
          channel.flush();
          rest = rest.subarray(part.length);
        }
      }
      this.#close(false);
    } catch {
      // The server has reset it: so is this one.
      this.#close(true);
    }
  }

  #close(unread: boolean): void {
    this.#closed = true;
    this.channel.post({ op: "close", fd: this.fd, unread });
    this.channel.flush();
  }

  async #wait(interest: { fd: Fd; read: boolean; write: boolean }) {
    const answer = await this.channel.call("wait", { interests: [interest], timeout: null }, this.pid).answer;
    return answer.ok ? answer.result[0] : undefined;
  }
}
