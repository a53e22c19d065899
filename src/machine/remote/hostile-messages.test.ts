import { expect, it } from "vitest";
import { attackGate } from "../../gate/testing/attack-gate.ts";
import { hostCalls, hostNews } from "./hosts-contract.ts";

const host = "host";
const bytes = new Uint8Array(3);
const model = { kind: "poisson", rate: 1, connections: 2 };
const models = [
  { kind: "closed", users: 1, thinkTime: 2 },
  { kind: "constant", rate: 1, connections: 2 },
  model,
  { kind: "ramp", from: 1, to: 2, connections: 2 },
  { kind: "steps", rates: [1, 2], connections: 2 },
  { kind: "burst", rate: 1, size: 2, every: 3, connections: 2 },
];
const planned = { path: "/", method: "GET", headers: [["a", "b"]], body: "x", weight: 1, once: 2 };
const plan = {
  name: "x",
  model,
  requests: [planned],
  duration: 1,
  timeout: 1,
  seed: 1,
  keepAlive: true,
  keepCookies: true,
  warmup: 1,
  patience: 1,
  countBy: "x-worker",
};
const latency = { count: 1, mean: 1, max: 1, p50: 1, p95: 1, p99: 1 };
const failures = {
  refused: 1,
  reset: 1,
  "timed out": 1,
  "gave up": 1,
  "4xx": 1,
  "5xx": 1,
  malformed: 1,
  contradictory: 1,
};
const tick = {
  at: 1,
  warmingUp: false,
  done: 1,
  failed: 1,
  failedBy: failures,
  dropped: 1,
  inFlight: 1,
  rate: 1,
  offeredRate: 1,
  failureRate: 1,
  latency,
  doneBy: { a: 1 },
};
const report = {
  plan,
  end: "complete",
  elapsed: 1,
  done: 1,
  failed: failures,
  statuses: { 200: 1 },
  dropped: 1,
  unfinished: 1,
  offeredRate: 1,
  achievedRate: 1,
  latency,
  latencyFromSending: latency,
  failedWait: latency,
  lateness: latency,
  meanInFlight: 1,
  bytesReceived: 1,
  series: [tick],
  latencyCounts: [[1, 2]],
  latencyFromSendingCounts: [[1, 2]],
};
const process = { pid: 1, parent: 0, title: "x", state: "running", started: 1, requests: 1, memory: 1 };
const event = {
  id: 1,
  port: 80,
  queued: 1,
  path: "/",
  label: "x",
  pid: 1,
  tid: 1,
  accepted: 1,
  firstByte: 1,
  end: 1,
  outcome: "answered",
  local: true,
};
const response = { version: "1.1", status: 200, reason: "OK", headers: [["a", "b"]], body: bytes };

const news = {
  processes: [[host, [process]]],
  ports: [[host, [80]]],
  filesChanged: [[host, ["/a"]]],
  requestEvents: [[host, [event]]],
  output: [[1, bytes]],
  tick: [[1, tick]],
};
const request = { path: "/", method: "GET", headers: [["a", "b"]], body: bytes, timeout: 1, label: "x" };
const calls = {
  listen: [[host]],
  writeFile: [
    [host, "/a", "x"],
    [host, "/a", bytes],
  ],
  readFile: [[host, "/a"]],
  removeFile: [[host, "/a"]],
  listFiles: [[host, "/"]],
  spawn: [[host, ["python"], { cwd: "/", env: { A: "b" }, size: { columns: 80, rows: 24 } }]],
  startOutput: [[1]],
  input: [[1, bytes]],
  resize: [[1, { columns: 80, rows: 24 }]],
  exited: [[1]],
  kill: [[host, 1, "SIGTERM"]],
  request: [[host, 80, request]],
  connect: [[host, 80]],
  read: [[1]],
  write: [[1, bytes]],
  end: [[1]],
  close: [[1]],
  load: models.map((each) => [host, 80, { ...plan, model: each }]),
  stopLoad: [[1]],
  loadReport: [[1]],
  stop: [[host]],
  restoreFiles: [[host]],
  usage: [[host]],
  now: [[]],
};
const dictionaries = ["env", "doneBy", "statuses"];
const none = [undefined];
const answers = {
  listen: none,
  writeFile: none,
  readFile: [bytes],
  removeFile: none,
  listFiles: [["/a"]],
  spawn: [{ process: 1, pid: 1, kept: true }],
  startOutput: none,
  input: none,
  resize: none,
  exited: [
    { kind: "exited", code: 0 },
    { kind: "killed", signal: "SIGKILL" },
  ],
  kill: none,
  request: [response],
  connect: [1],
  read: [null, bytes],
  write: none,
  end: none,
  close: none,
  load: [1],
  stopLoad: none,
  loadReport: [report],
  stop: none,
  restoreFiles: none,
  usage: [{ processes: 1, descriptors: 1, connections: 1, files: 1 }, undefined],
  now: [0.5],
};

// [threat: app-code-page]
it("the page refuses whatever a machine's worker says that is none of its news or answers", async () => {
  const outcome = await attackGate(
    { offers: hostNews, expects: hostCalls, calls: news, answers, dictionaries },
    100_000,
  );
  expect(outcome).toMatchObject({ wrong: [] });
  expect(outcome.refused).toBeGreaterThan(50_000);
  expect(outcome.accepted).toBeGreaterThan(5000);
}, 60_000);

it("a machine's worker refuses whatever the page says that is no call or answer", async () => {
  const taken = { processes: none, ports: none, filesChanged: none, requestEvents: none, output: none, tick: none };
  const outcome = await attackGate(
    { offers: hostCalls, expects: hostNews, calls, answers: taken, dictionaries },
    100_000,
  );
  expect(outcome).toMatchObject({ wrong: [] });
  expect(outcome.refused).toBeGreaterThan(50_000);
  expect(outcome.accepted).toBeGreaterThan(5000);
}, 60_000);

it("the page takes no more at once than it can show", () => {
  const output = (length: number) => hostNews.output.arguments([1, new Uint8Array(length)]);
  const processes = (length: number) => hostNews.processes.arguments([host, new Array(length).fill(process)]);
  const paths = (length: number) => hostNews.filesChanged.arguments([host, new Array(length).fill("/a")]);
  const events = (length: number) => hostNews.requestEvents.arguments([host, new Array(length).fill(event)]);
  expect([output(2 ** 24), processes(1000), paths(100_000), events(10_000)]).toEqual([true, true, true, true]);
  expect([output(2 ** 24 + 1), processes(1001), paths(100_001), events(10_001)]).toEqual([false, false, false, false]);
});
