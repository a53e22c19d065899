/**
 * Stands in for the page's chunk that opens machines, for tests of what the lab's screen does. Its servers answer at
 * a steady pace: development twice as many requests as production.
 */
import { type ProgramLife, type ScriptedHost, ScriptedMachine } from "../../src/lab/testing/scripted-machine.ts";
import type { LoadPlan, LoadReport, LoadTick } from "../../src/load/plan.ts";
import {
  type LoadRun,
  type Machine,
  MachineError,
  type MachineKind,
  type OpenOptions,
} from "../../src/machine/machine.ts";

const rates: Readonly<Record<string, number>> = { development: 80, production: 40 };
const tickEvery = 100;

function flask({ pid, set, listen, print }: ProgramLife): void {
  print(" * Running on http://127.0.0.1:5000\n");
  set(pid, { state: "waiting" });
  listen(5000);
}

function gunicorn({ pid, set, listen, fork, print }: ProgramLife): void {
  print("[INFO] Listening at: http://0.0.0.0:8000\n");
  set(pid, { state: "waiting" });
  listen(8000);
  for (let worker = 0; worker < 4; worker++) set(fork("gunicorn: worker"), { state: "waiting" });
}

/** What `pip` and `manage.py` do before a server starts is done at once. */
function python({ argv, pid, set, listen, exit }: ProgramLife): void {
  if (argv.includes("runserver")) {
    set(pid, { state: "waiting" });
    listen(8000);
  } else exit(0);
}

function uvicorn({ argv, pid, set, listen, fork }: ProgramLife): void {
  set(pid, { state: "waiting" });
  listen(8000);
  const workers = argv.includes("--workers") ? 4 : 1;
  for (let worker = 0; worker < workers; worker++) set(fork("uvicorn: worker"), { state: "waiting" });
}

/** A run that takes a tenth of its plan's time. */
function steadyRun(host: ScriptedHost, plan: LoadPlan): LoadRun {
  const rate = rates[host.name] ?? 0;
  const latency = { count: 500, p50: 8000 / rate, p95: 12_000 / rate };
  const listeners = new Set<(tick: LoadTick) => void>();
  const report = Promise.withResolvers<LoadReport>();
  let at = 0;
  const end = (how: LoadReport["end"]) => {
    clearInterval(timer);
    report.resolve(reportOf(plan, rate, at, how));
  };
  const timer = setInterval(() => {
    at += plan.duration / 10;
    const done = Math.round((rate * at) / 1000);
    const tick: LoadTick = {
      at,
      warmingUp: false,
      done,
      failed: 0,
      failedBy: {},
      dropped: 0,
      inFlight: 10,
      rate,
      offeredRate: rate,
      failureRate: 0,
      latency,
    };
    for (const listener of listeners) listener(tick);
    if (at >= plan.duration) end("complete");
  }, tickEvery);
  return {
    onTick: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => end("stopped"),
    report: report.promise,
  };
}

function reportOf(plan: LoadPlan, rate: number, elapsed: number, end: LoadReport["end"]): LoadReport {
  const latency = { count: 500, p50: 8000 / rate, p95: 12_000 / rate, p99: 13_000 / rate };
  return {
    plan,
    end,
    elapsed,
    done: Math.round((rate * elapsed) / 1000),
    failed: {},
    statuses: {},
    dropped: 0,
    unfinished: 0,
    offeredRate: rate,
    achievedRate: rate,
    latency,
    latencyFromSending: latency,
    failedWait: { count: 0 },
    lateness: { count: 0 },
    meanInFlight: 10,
    bytesReceived: 0,
    series: [],
    latencyCounts: [],
    latencyFromSendingCounts: [],
  };
}

/** Takes the place of `open` in `machine/open.ts`. */
export async function open(_kind: MachineKind, { signal }: OpenOptions): Promise<Machine> {
  signal?.throwIfAborted();
  const machine = new ScriptedMachine({ flask, gunicorn, python, pip: python, uvicorn });
  for (const name of ["development", "production"]) {
    const host = await machine.host(name);
    host.makeRun = (_port, plan) => steadyRun(host, plan);
    Reflect.set(globalThis, `files of ${name}`, host.files);
  }
  const cause = new MachineError("crashed", { message: "It was told to.", remedy: "Start both servers again." });
  Reflect.set(globalThis, "crash the machine", () => machine.crash(cause));
  return machine;
}
