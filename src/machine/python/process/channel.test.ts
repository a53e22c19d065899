import { describe, expect, test } from "vitest";
import { type KernelMessage, longestMessage, type ProcessMessages } from "../kernel/protocol.ts";
import { KernelChannel, type KernelPort } from "./channel.ts";

/** A kernel that says what it is told to say. */
function kernel() {
  const sent: { messages: ProcessMessages; transfer: Transferable[] }[] = [];
  const messages: KernelMessage[] = [];
  const port: KernelPort = {
    postMessage: (messages, transfer) => sent.push({ messages, transfer }),
    onmessage: null,
  };
  const channel = new KernelChannel(port, (message) => messages.push(message));
  const say = (...said: KernelMessage[]) => port.onmessage?.(new MessageEvent("message", { data: said }));
  return { channel, sent, messages, say };
}

describe("a channel", () => {
  test("gathers statements until a call sends all of them in one message, in order", () => {
    const { channel, sent } = kernel();
    channel.post({ op: "socket", fd: 3 });
    channel.post({ op: "close", fd: 4 });
    expect(sent).toEqual([]);
    const { id } = channel.call("kill", { pid: 7, signal: 15 }, 1);
    expect(sent.map(({ messages }) => messages)).toEqual([
      [
        { op: "socket", fd: 3 },
        { op: "close", fd: 4 },
        { op: "call", id, name: "kill", tid: 1, arguments: { pid: 7, signal: 15 } },
      ],
    ]);
  });

  test("sends in several messages what is too much for one, what changes hands in the last", () => {
    const { channel, sent } = kernel();
    for (let fd = 0; fd < longestMessage; fd += 1) channel.post({ op: "close", fd });
    const memory = new ArrayBuffer(8);
    channel.call("fork", { image: { memory, resume: null }, positions: [] }, 1, [memory]);
    const all = sent.flatMap(({ messages }) => messages);
    expect(all.slice(0, -1)).toEqual(Array.from({ length: longestMessage }, (_, fd) => ({ op: "close", fd })));
    expect(all.at(-1)).toMatchObject({ name: "fork" });
    expect(sent.every(({ messages }) => messages.length < longestMessage)).toBe(true);
    expect(sent.filter(({ transfer }) => transfer.length > 0)).toEqual([sent.at(-1)]);
  });

  test("sends nothing when nothing has gathered", () => {
    const { channel, sent } = kernel();
    channel.flush();
    channel.post({ op: "socket", fd: 3 });
    channel.flush();
    channel.flush();
    expect(sent).toHaveLength(1);
  });

  test("hands over what is to be transferred once", () => {
    const { channel, sent } = kernel();
    const memory = new ArrayBuffer(8);
    channel.call("fork", { image: { memory, resume: null }, positions: [] }, 1, [memory]);
    channel.post({ op: "socket", fd: 3 });
    channel.flush();
    expect(sent.map(({ transfer }) => transfer)).toEqual([[memory], []]);
  });

  test("settles each call with its own answer, in whatever order they come", async () => {
    const { channel, say } = kernel();
    const first = channel.call("getpgid", { pid: 1 }, 1);
    const second = channel.call("getpgid", { pid: 2 }, 1);
    say({ op: "answer", call: second.id, result: 20 }, { op: "failure", call: first.id, errno: "ESRCH" });
    expect(await first.answer).toEqual({ ok: false, errno: "ESRCH" });
    expect(await second.answer).toEqual({ ok: true, result: 20 });
  });

  test("settles a call that was given up, if its answer comes all the same", async () => {
    const { channel, sent, say } = kernel();
    const call = channel.call("wait", { interests: [], timeout: null }, 1);
    channel.cancel(call.id);
    expect(sent.at(-1)?.messages).toEqual([{ op: "cancel", call: call.id }]);
    say({ op: "answer", call: call.id, result: [] });
    expect(await call.answer).toEqual({ ok: true, result: [] });
  });

  test("passes everything on that is no answer, and ignores answers to nobody", () => {
    const { messages, say } = kernel();
    say({ op: "signal", signal: 15 }, { op: "answer", call: 99, result: null }, { op: "stop" });
    expect(messages).toEqual([{ op: "signal", signal: 15 }, { op: "stop" }]);
  });
});
