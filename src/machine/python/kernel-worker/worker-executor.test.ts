import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Gate, openGate } from "../../../gate/gate.ts";
import { factoryCalls, factoryNews } from "../frame/factory-contract.ts";
import type { ProcessListener, ProcessStart } from "../kernel/protocol.ts";
import { WorkerExecutor } from "./worker-executor.ts";

const start: ProcessStart = {
  pid: 2,
  parent: 1,
  group: 2,
  session: 2,
  hostName: "test",
  argv: ["a"],
  env: {},
  cwd: "/",
  umask: 0o022,
  descriptors: [],
  files: [],
  dispositions: [],
};

let line: MessageChannel;
let frame: Gate<typeof factoryNews>;
let ports: MessagePort[];
let executor: WorkerExecutor;

beforeEach(() => {
  line = new MessageChannel();
  ports = [];
  frame = openGate(line.port2, {
    offers: factoryCalls,
    does: { start: (_id, _start, port) => void ports.push(port), terminate: () => {} },
    expects: factoryNews,
  });
  executor = new WorkerExecutor(line.port1, 0);
});

afterEach(() => {
  for (const port of [line.port1, line.port2, ...ports]) port.close();
});

function recordingListener() {
  return {
    onMessage: vi.fn<ProcessListener["onMessage"]>(),
    onCrash: vi.fn<ProcessListener["onCrash"]>(),
    onMisbehaviour: vi.fn<ProcessListener["onMisbehaviour"]>(),
  };
}

it("hands on whatever a process sends, in its order", async () => {
  const listener = recordingListener();
  const executing = executor.start(start, listener);
  await vi.waitFor(() => expect(ports).toHaveLength(1));
  for (const message of [5, null, [{ op: "booted" }]]) ports[0]?.postMessage(message);
  await vi.waitFor(() => expect(listener.onMessage.mock.calls).toEqual([[5], [null], [[{ op: "booted" }]]]));
  executing.terminate();
});

it("shows a part of what a worker says of its crash", async () => {
  const [one, other] = [recordingListener(), recordingListener()];
  const executing = [executor.start(start, one), executor.start(start, other)];
  void frame.there.crashed(2, "x".repeat(1e6));
  await vi.waitFor(() => expect(other.onCrash).toHaveBeenCalledWith("x".repeat(1000)));
  expect(one.onCrash).not.toHaveBeenCalled();
  for (const each of executing) each.terminate();
});

it.each([
  5,
  null,
  { call: 1, name: "crashed", arguments: ["1", "x"] },
  { call: 1, name: "crashed", arguments: [1] },
  { call: 1, name: "crashed", arguments: [1, {}] },
  { id: 1, reason: "x" },
])("believes the frame nothing that is no crash: %j", async (forged) => {
  const listener = recordingListener();
  const executing = executor.start(start, listener);
  await vi.waitFor(() => expect(ports).toHaveLength(1));
  const closed = new Promise((resolve) => line.port2.addEventListener("close", resolve));
  line.port2.postMessage(forged);
  void frame.there.crashed(1, "what comes behind it is not heard any more").catch(() => {});
  await closed;
  expect(listener.onCrash).not.toHaveBeenCalled();
  executing.terminate();
});

it("ends a process alone that cannot be begun, such as one that forks with memory that is gone", async () => {
  const memory = new ArrayBuffer(8);
  structuredClone(memory, { transfer: [memory] });
  const listener = recordingListener();
  executor.start({ ...start, image: { memory, resume: null } }, listener).terminate();
  await vi.waitFor(() => expect(listener.onCrash).toHaveBeenCalledOnce());
});
