import type * as Comlink from "comlink";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Hearing, ProcessStart } from "./kernel/syscalls";
import { WorkerExecutor } from "./worker-executor";
import type { WorkerFactory } from "./worker-factory";

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

let crashes: MessageChannel;
let ports: MessagePort[];
let executor: WorkerExecutor;
let begins: () => Promise<void>;

beforeEach(() => {
  crashes = new MessageChannel();
  ports = [];
  begins = async () => {};
  const factory = {
    start: (_id: number, _start: ProcessStart, port: MessagePort) => {
      ports.push(port);
      return begins();
    },
    terminate: async () => {},
  };
  const remote: unknown = factory;
  executor = new WorkerExecutor(remote as Comlink.Remote<WorkerFactory>, crashes.port1, 0);
});

afterEach(() => {
  for (const port of [crashes.port1, crashes.port2, ...ports]) port.close();
});

function hearing() {
  return {
    said: vi.fn<Hearing["said"]>(),
    crashed: vi.fn<Hearing["crashed"]>(),
    misbehaved: vi.fn<Hearing["misbehaved"]>(),
  };
}

it("hands on whatever a process sends, in its order", async () => {
  const heard = hearing();
  const executing = executor.start(start, heard);
  for (const message of [5, null, [{ op: "booted" }]]) ports[0]?.postMessage(message);
  await vi.waitFor(() => expect(heard.said.mock.calls).toEqual([[5], [null], [[{ op: "booted" }]]]));
  executing.terminate();
});

it("believes the frame only what is a crash, and shows a part of what a worker says of it", async () => {
  const [one, other] = [hearing(), hearing()];
  const executing = [executor.start(start, one), executor.start(start, other)];
  for (const forged of [5, null, { id: "1", reason: "x" }, { id: 1 }, { id: 1, reason: {} }, [1, "x"]]) {
    crashes.port2.postMessage(forged);
  }
  crashes.port2.postMessage({ id: 2, reason: "x".repeat(1e6) });
  await vi.waitFor(() => expect(other.crashed).toHaveBeenCalledWith("x".repeat(1000)));
  expect(one.crashed).not.toHaveBeenCalled();
  for (const each of executing) each.terminate();
});

it("ends a process alone that cannot be begun, such as one that forks with memory that is gone", async () => {
  begins = async () => {
    throw new DOMException("An ArrayBuffer is detached", "DataCloneError");
  };
  const heard = hearing();
  executor.start(start, heard).terminate();
  await vi.waitFor(() => expect(heard.crashed).toHaveBeenCalledOnce());
});
