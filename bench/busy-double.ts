/** Stands in for the page's chunk that opens machines: a lab whose servers report a thousand requests a second. */
import { type ProgramLife, type ScriptedHost, ScriptedMachine } from "../src/lab/testing/scripted-machine.ts";
import type { LoadPlan, LoadReport, LoadTick } from "../src/load/plan.ts";
import { Recorder } from "../src/load/recorder.ts";
import type { LoadRun, Machine, MachineKind, OpenOptions, Pid, RequestEvent } from "../src/machine/machine.ts";

const requestsPerSecond = 1000;
/** Milliseconds that a request waits for a worker, and that the worker needs. */
const [waits, takes] = [2, 3];
/** Milliseconds between reports, as the kernel's turns would come. */
const reportEvery = 10;

/** @param workers processes besides the first, which otherwise works itself */
function server(port: number, workers: number): (life: ProgramLife) => void {
  return ({ pid, set, listen, fork }) => {
    set(pid, { state: "waiting" });
    listen(port);
    for (let worker = 0; worker < workers; worker++) set(fork("worker"), { state: "waiting" });
  };
}

/** The events of request number `id`, which came at `queued`. */
function eventsOf(id: number, queued: number, pid: Pid): RequestEvent {
  const accepted = queued + waits;
  return { id, port: 8000, path: "/", pid, tid: pid, queued, accepted, end: accepted + takes, outcome: "answered" };
}

function busyRun(host: ScriptedHost, plan: LoadPlan): LoadRun {
  const began = performance.now();
  const [main, ...forked] = host.processes.get().map(({ pid }) => pid);
  const pids = forked.length > 0 ? forked : [main ?? 0];
  const recorder = new Recorder(plan);
  const listeners = new Set<(tick: LoadTick) => void>();
  const report = Promise.withResolvers<LoadReport>();
  let [sent, told] = [0, 0];
  const end = (how: LoadReport["end"]) => {
    clearInterval(timer);
    report.resolve(recorder.report(how, performance.now() - began));
  };
  const timer = setInterval(() => {
    const now = performance.now() - began;
    const events: RequestEvent[] = [];
    for (; sent < (now * requestsPerSecond) / 1000; sent++) {
      const at = (sent * 1000) / requestsPerSecond;
      recorder.sent({ intended: at, sent: at });
      recorder.answered({ intended: at, sent: at }, 100, at);
      events.push(eventsOf(sent, began + at, pids[sent % pids.length] ?? 0));
    }
    host.emit(events);
    recorder.advance(now);
    for (; told < recorder.series.length; told++) {
      const tick = recorder.series[told];
      if (tick) for (const listener of listeners) listener(tick);
    }
    if (now >= plan.duration) end("complete");
  }, reportEvery);
  return {
    onTick: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => end("stopped"),
    report: report.promise,
  };
}

/** Takes the place of `open` in `machine/open.ts`. */
export async function open(_kind: MachineKind, { signal }: OpenOptions): Promise<Machine> {
  signal?.throwIfAborted();
  const machine = new ScriptedMachine({ flask: server(5000, 0), gunicorn: server(8000, 4) });
  for (const name of ["development", "production"]) {
    const host = await machine.host(name);
    host.makeRun = (_port, plan) => busyRun(host, plan);
  }
  return machine;
}
