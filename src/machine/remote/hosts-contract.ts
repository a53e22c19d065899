/** What the page and a machine's worker may say to each other: the calls of either side, down to the last property. */
import { type Callable, call } from "../../gate/gate.ts";
import {
  bytes,
  dictionary,
  either,
  finite,
  list,
  maybe,
  nil,
  nothing,
  oneOf,
  record,
  type Shape,
  text,
  truth,
  tuple,
  whole,
} from "../../gate/shape.ts";
import { loadPlan, loadReport, loadTick } from "../../load/plan-shapes.ts";
import {
  type ExitStatus,
  type HttpRequest,
  type HttpResponse,
  type ProcessInfo,
  type RequestEvent,
  type Signal,
  type SpawnOptions,
  signalNumbers,
  type TerminalSize,
} from "../machine.ts";

/** Names a process, a connection or a load test of this line. */
export type Handle = number;

/** Most bytes that a file, a request or an answer brings across. */
const mostBytes = 512 * 1024 * 1024;
/** Most bytes of output at a time. */
const mostOutput = 16 * 1024 * 1024;
const longestPath = 10_000;

const hostName = text(100);
const path = text(longestPath);
const port = whole(0, 65_535);
const pid = whole(-1);
const handle = whole(1);
const header = tuple(text(1_000_000), text(1_000_000));
const headers = list(header, 100_000);
const signal: Shape<Signal> = oneOf(...signalNames());
const size: Shape<TerminalSize> = record({ columns: finite, rows: finite });

function signalNames(): Signal[] {
  return Object.keys(signalNumbers).filter((name): name is Signal => Object.hasOwn(signalNumbers, name));
}

const spawnOptions: Shape<SpawnOptions> = record({}, { cwd: path, env: dictionary(text(1_000_000)), size });

const httpRequest: Shape<HttpRequest> = record(
  { path: text(1_000_000) },
  { method: text(1000), headers, body: bytes(mostBytes), timeout: finite, label: text(1000) },
);

const httpResponse: Shape<HttpResponse> = record({
  version: text(100),
  status: whole(0, 999),
  reason: text(1_000_000),
  headers,
  body: bytes(mostBytes),
});

const exitStatus: Shape<ExitStatus> = either(
  record({ kind: oneOf("exited"), code: whole() }),
  record({ kind: oneOf("killed"), signal }),
);

const processInfo: Shape<ProcessInfo> = record(
  {
    pid,
    parent: pid,
    title: text(),
    state: oneOf("starting", "running", "waiting", "stopped", "zombie"),
    started: finite,
    requests: whole(0),
  },
  { memory: finite },
);

const requestEvent: Shape<RequestEvent> = record(
  { id: whole(), port, queued: finite },
  {
    path: text(1_000_000),
    label: text(1000),
    pid,
    tid: whole(),
    accepted: finite,
    firstByte: finite,
    end: finite,
    outcome: oneOf("answered", "error", "failed"),
    held: oneOf(true),
    released: finite,
    local: oneOf(true),
  },
);

/** A process as the page is told of it. `kept`: it ran before it was asked for. */
const spawned = record({ process: handle, pid, kept: truth });

/** How many things of a kind are held for a host: for tests that look for leaks. */
const hostUsage = record({ processes: whole(0), descriptors: whole(0), connections: whole(0), files: whole(0) });

/** What the page may ask of a machine's worker. `Host` says what each call does, and how it fails. */
export const hostCalls = {
  listen: call(tuple(hostName), nothing),
  writeFile: call(tuple(hostName, path, either(text(mostBytes), bytes(mostBytes))), nothing),
  readFile: call(tuple(hostName, path), bytes(mostBytes)),
  removeFile: call(tuple(hostName, path), nothing),
  listFiles: call(tuple(hostName, path), list(path, 1_000_000)),
  spawn: call(tuple(hostName, list(text(1_000_000)), spawnOptions), spawned),
  /** From now on the page hears what the process prints, from the first byte on. */
  startOutput: call(tuple(handle), nothing),
  input: call(tuple(handle, bytes(mostBytes)), nothing),
  resize: call(tuple(handle, size), nothing),
  /** Answers when the process has ended, and the page has taken all that it printed. */
  exited: call(tuple(handle), exitStatus),
  kill: call(tuple(hostName, pid, signal), nothing),
  request: call(tuple(hostName, port, httpRequest), httpResponse),
  connect: call(tuple(hostName, port), handle),
  read: call(tuple(handle), either(nil, bytes(mostBytes))),
  write: call(tuple(handle, bytes(mostBytes)), nothing),
  end: call(tuple(handle), nothing),
  close: call(tuple(handle), nothing),
  load: call(tuple(hostName, port, loadPlan), handle),
  stopLoad: call(tuple(handle), nothing),
  /** Answers when the load test has ended. */
  loadReport: call(tuple(handle), loadReport),
  /** Answers when the page has heard that nothing runs on the host any more. */
  stop: call(tuple(hostName), nothing),
  restoreFiles: call(tuple(hostName), nothing),
  /** What the worker holds for a host; undefined where it does not count. */
  usage: call(tuple(hostName), maybe(hostUsage)),
  /** Milliseconds on the machine's clock. */
  now: call(tuple(), finite),
};

/** What a machine's worker tells the page. An answer says that the page has taken it. */
export const hostNews = {
  processes: call(tuple(hostName, list(processInfo, 1000)), nothing),
  ports: call(tuple(hostName, list(port, 70_000)), nothing),
  filesChanged: call(tuple(hostName, list(path, 100_000)), nothing),
  requestEvents: call(tuple(hostName, list(requestEvent)), nothing),
  output: call(tuple(handle, bytes(mostOutput)), nothing),
  tick: call(tuple(handle, loadTick), nothing),
};

/** The worker, as the page calls it. */
export type HostCalls = Callable<typeof hostCalls>;
/** The page, as the worker tells it. */
export type PageOfHosts = Callable<typeof hostNews>;
