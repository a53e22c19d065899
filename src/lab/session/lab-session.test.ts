import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LabDefinition, LabFile } from "../../lab-definition/schema.ts";
import { type Machine, MachineError, type OpenOptions } from "../../machine/machine.ts";
import { Predictions } from "../runs/predictions.ts";
import type { LoadResult } from "../runs/run-outcome.ts";
import { firstLab as definition } from "../testing/first-lab.ts";
import { type ProgramLife, type ScriptedHost, ScriptedMachine } from "../testing/scripted-machine.ts";
import { LabSession } from "./lab-session.ts";

const files = [{ path: "app.py", text: "app = 1\n" }];

const flask = ({ pid, set, listen, print }: ProgramLife) => {
  print(" * Running on http://127.0.0.1:5000\n");
  set(pid, { state: "waiting" });
  listen(5000);
};
const gunicorn = ({ pid, set, listen, fork, print }: ProgramLife) => {
  print("[INFO] Listening at: http://0.0.0.0:8000\n");
  set(pid, { state: "waiting" });
  listen(8000);
  fork("gunicorn: worker");
  fork("gunicorn: worker");
};

/** A lab on the double. `machines` are those that were opened, in order. */
function lab(
  open?: (options: OpenOptions, machine: ScriptedMachine) => Promise<Machine>,
  plans: LabDefinition["plans"] = definition.plans,
  labFiles: readonly LabFile[] = files,
  prepare: readonly string[] = [],
) {
  const machines: ScriptedMachine[] = [];
  const session = new LabSession({
    definition: { ...definition, plans, prepare: [...prepare] },
    files: labFiles,
    siteRoot: () => new URL("https://example.org/"),
    predictions: new Predictions("first-load"),
    open: async (_kind, options) => {
      const machine = new ScriptedMachine({ flask, gunicorn, broken: ({ exit }) => exit(3), mute: () => {} });
      machines.push(machine);
      return open ? open(options, machine) : machine;
    },
  });
  const host = async (side: "development" | "production"): Promise<ScriptedHost> => {
    const machine = machines.at(-1);
    if (machine === undefined) throw new Error("No machine is open");
    return machine.host(side);
  };
  const bootWorkers = async () => {
    const production = await host("production");
    production.processes.set(production.processes.get().map((info) => ({ ...info, state: "waiting" })));
  };
  const started = async () => {
    await session.startBoth();
    await bootWorkers();
  };
  return { session, machines, host, bootWorkers, started };
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe("LabSession", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("opens nothing before it is asked to", () => {
    const { session, machines } = lab();
    expect(machines).toEqual([]);
    expect(session.machine.value.kind).toBe("closed");
    expect(session.someAlive.value).toBe(false);
  });

  it("starts both servers on the lab's files, and waits until their workers are up", async () => {
    const { session, machines, host, bootWorkers } = lab();
    const { development, production } = session.sides;
    await session.startBoth();
    expect(machines.length).toBe(1);
    expect((await host("production")).files.get("/home/student/app.py")).toBe("app = 1\n");
    expect(development.phase.value).toEqual({ kind: "running" });
    expect(development.workforce.value.workers.length).toBe(1);
    expect(production.phase.value).toEqual({ kind: "starting", expectedWorkers: 2, slow: false });
    expect(production.workforce.value).toMatchObject({ mains: [{ pid: 41 }], workers: [{ pid: 42 }, { pid: 43 }] });
    await bootWorkers();
    expect(production.phase.value).toEqual({ kind: "running" });
    expect(production.port.value).toBe(8000);
  });

  it("runs what has to be done before a server starts, once, and starts none where that fails", async () => {
    const ran: number[] = [];
    let code = 1;
    const prepare = ({ exit }: ProgramLife) => {
      ran.push(code);
      exit(code);
    };
    const { session } = lab(async () => new ScriptedMachine({ flask, gunicorn, prepare }));
    session.prepareWith(["prepare all"]);
    await session.startBoth();
    expect(session.sides.development.phase.value).toEqual({
      kind: "failed",
      message: "Not started: prepare all failed. The terminal says why.",
    });
    code = 0;
    await session.startBoth();
    expect(session.sides.development.phase.value).toEqual({ kind: "running" });
    await session.restart("development");
    expect(ran).toEqual([1, 1, 0, 0]);
  });

  it("runs what the lab's author has it prepare after pip, once on each side", async () => {
    const ran: string[] = [];
    const exitsWell =
      (name: string) =>
      ({ exit }: ProgramLife) => {
        ran.push(name);
        exit(0);
      };
    const { session } = lab(
      async () => new ScriptedMachine({ flask, gunicorn, pip: exitsWell("pip"), migrate: exitsWell("migrate") }),
      definition.plans,
      [{ path: "requirements.txt", text: "django" }],
      ["migrate"],
    );
    await session.startBoth();
    await session.restart("production");
    expect(ran.toSorted()).toEqual(["migrate", "migrate", "pip", "pip"]);
    expect(ran[0]).toBe("pip");
  });

  it("shows the command and the server's own bytes in the terminal", async () => {
    const { session, started } = lab();
    await started();
    let shown = "";
    session.sides.development.output.subscribe({
      write: (bytes) => {
        shown += new TextDecoder().decode(bytes);
      },
      clear: () => {},
    });
    expect(shown).toBe("\x1b[1m$ flask --app app run\x1b[0m\r\n * Running on http://127.0.0.1:5000\r\n");
  });

  it("says that a server exited, and starts it again", async () => {
    const { session } = lab();
    const { production } = session.sides;
    await session.submitCommand("production", "broken");
    await settle();
    expect(production.phase.value).toEqual({
      kind: "exited",
      status: { kind: "exited", code: 3 },
      wasRunning: false,
    });
    await session.submitCommand("production", "gunicorn -w 2 app:app");
    expect(production.phase.value.kind).toBe("starting");
    expect(session.sides.development.phase.value.kind).toBe("idle");
  });

  it("says that a killed server is gone", async () => {
    const { session, started } = lab();
    await started();
    await session.kill("development", 41);
    await settle();
    expect(session.sides.development.phase.value).toEqual({
      kind: "exited",
      status: { kind: "killed", signal: "SIGKILL" },
      wasRunning: true,
    });
    await session.startBoth();
    expect(session.sides.development.phase.value.kind).toBe("running");
  });

  it("does not start a command line that means nothing", async () => {
    const { session, machines } = lab();
    await session.submitCommand("development", "flask 'run");
    expect(session.sides.development.line.problem.value?.kind).toBe("unclosed-quote");
    expect(machines).toEqual([]);
    session.sides.development.line.edit("flask 'run'");
    expect(session.sides.development.line.problem.value).toBeUndefined();
  });

  it("calls a server running that listens, though its workers don't all come", async () => {
    const { session } = lab();
    await session.startBoth();
    vi.advanceTimersByTime(8000);
    expect(session.sides.production.phase.value.kind).toBe("running");
  });

  it("says when starting takes long", async () => {
    const { session } = lab();
    await session.submitCommand("development", "mute");
    expect(session.sides.development.phase.value).toMatchObject({ kind: "starting", slow: false });
    vi.advanceTimersByTime(15_000);
    expect(session.sides.development.phase.value).toMatchObject({ kind: "starting", slow: true });
  });

  it("stops both servers, and starts them again on the same machine", async () => {
    const { session, machines, started } = lab();
    await started();
    await session.stopBoth();
    expect(session.sides.development.phase.value.kind).toBe("stopped");
    expect(session.sides.production.workforce.value.workers).toEqual([]);
    await started();
    expect(machines.length).toBe(1);
    expect(session.sides.production.phase.value.kind).toBe("running");
  });

  it("stops a machine that does not obey by ending it", async () => {
    const { session, machines, host, started } = lab();
    await started();
    (await host("production")).stopping = () => new Promise(() => {});
    const stopped = session.stopBoth();
    await vi.advanceTimersByTimeAsync(3000);
    await stopped;
    expect(machines[0]?.disposed).toBe(true);
    expect(session.sides.production.phase.value.kind).toBe("stopped");
    await started();
    expect(machines.length).toBe(2);
    expect(session.sides.production.phase.value.kind).toBe("running");
  });

  it("gives up opening when told to stop", async () => {
    let opened = () => {};
    const { session, machines } = lab(
      (_options, machine) =>
        new Promise((resolve) => {
          opened = () => resolve(machine);
        }),
    );
    const starting = session.startBoth();
    expect(session.sides.production.phase.value.kind).toBe("starting");
    await session.stopBoth();
    expect(session.machine.value.kind).toBe("closed");
    expect(session.sides.production.phase.value.kind).toBe("idle");
    opened();
    await starting;
    expect(machines[0]?.disposed).toBe(true);
    expect(session.machine.value.kind).toBe("closed");
  });

  it("says why a machine did not open, keeps what was typed, and tries again", async () => {
    let fails = true;
    const { session, bootWorkers } = lab(async ({ onProgress }, machine) => {
      onProgress?.({ step: "Loading CPython", fraction: 0.4 });
      if (fails)
        throw new MachineError("asset-failed", { message: "A file did not arrive.", remedy: "Check the connection." });
      return machine;
    });
    session.sides.production.line.edit("gunicorn -w 1 app:app");
    await session.startBoth();
    expect(session.machine.value).toEqual({
      kind: "failed",
      message: "The machine could not be opened: A file did not arrive.",
      remedy: "Check the connection.",
      sides: ["development", "production"],
    });
    expect(session.sides.production.phase.value.kind).toBe("idle");
    expect(session.sides.production.line.text.value).toBe("gunicorn -w 1 app:app");
    fails = false;
    await session.retry();
    await bootWorkers();
    expect(session.sides.development.phase.value.kind).toBe("running");
  });

  it("says that the machine died, and starts anew", async () => {
    const { session, machines, started } = lab();
    await started();
    machines[0]?.crash(
      new MachineError("out-of-memory", { message: "There was no memory left.", remedy: "Close other tabs." }),
    );
    await settle();
    expect(session.machine.value).toMatchObject({
      kind: "failed",
      message: "The machine stopped working: There was no memory left.",
      remedy: "Close other tabs.",
    });
    expect(machines[0]?.disposed).toBe(true);
    expect(session.someAlive.value).toBe(false);
    await session.retry();
    expect(machines.length).toBe(2);
    expect(session.sides.development.phase.value.kind).toBe("running");
  });

  it("writes an edited file to both hosts and says that the servers are older", async () => {
    const { session, host, started } = lab();
    await started();
    session.editFile("app.py", "app = 2\n");
    await vi.advanceTimersByTimeAsync(300);
    expect((await host("development")).files.get("/home/student/app.py")).toBe("app = 2\n");
    expect(session.sides.production.line.edited.value).toBe(true);
    await session.restart("production");
    expect(session.sides.production.line.edited.value).toBe(false);
    expect((await host("production")).files.get("/home/student/app.py")).toBe("app = 2\n");
  });

  it("takes what a shell writes into the editor and to the other side, and keeps it when a server starts again", async () => {
    const { session, started, host } = lab();
    await started();
    const [left, right] = [await host("development"), await host("production")];
    const app = "/home/student/app.py";
    left.change(app, "");
    left.change(app, "app = 2\n");
    // Before the editor has followed.
    await session.restart("development");
    expect(left.files.get(app)).toBe("app = 2\n");
    await vi.advanceTimersByTimeAsync(400);
    expect(session.files.value).toEqual([{ path: "app.py", text: "app = 2\n" }]);
    expect(right.files.get(app)).toBe("app = 2\n");
    expect(session.sides.production.line.edited.value).toBe(true);
    // The one that was started again has it.
    expect(session.sides.development.line.edited.value).toBe(false);
    left.change("/home/student/other.py", "x");
    session.editFile("app.py", "app = 3\n");
    left.change(app, "app = 4\n");
    await vi.advanceTimersByTimeAsync(400);
    expect([session.files.value[0]?.text, left.files.get(app), right.files.get(app)]).toEqual(
      Array.from({ length: 3 }, () => "app = 3\n"),
    );
    await session.reset();
    await started();
    expect([left.files.get(app), right.files.get(app)]).toEqual(["app = 1\n", "app = 1\n"]);
  });

  it.each([
    ["flask --app app run", [2, 3, 4]],
    // It has taken up by itself what the app wrote. (The double's reloads nothing: one deployment.)
    ["flask --app app run --debug", [3]],
  ])(
    "deploys a new version with %s, whatever has been deployed before, the app's own doing too",
    async (command, versions) => {
      const { session, host, started } = lab(undefined, undefined, [{ path: "app.py", text: "VERSION = 1\n" }]);
      session.sides.development.line.edit(command);
      await started();
      const development = await host("development");
      // A page of the app that deploys, as a plan of lesson 10 asks for it.
      development.change("/home/student/app.py", "VERSION = 2\n");
      await vi.waitUntil(() => session.files.value[0]?.text === "VERSION = 2\n");
      for (const version of versions) {
        void session.faults.development.cause("deploy");
        await vi.waitUntil(() =>
          session.faults.development.notes.value.at(-1)?.text.startsWith(`Version ${version} of the app`),
        );
        if (version !== versions.at(-1)) await vi.waitUntil(() => session.sides.development.versionInUse === version);
      }
    },
  );

  it("keeps what it has of a file that a shell removes", async () => {
    const { session, started, host } = lab();
    await started();
    const left = await host("development");
    left.remove("/home/student/app.py");
    await vi.advanceTimersByTimeAsync(400);
    expect(session.files.value).toEqual(files);
    expect(session.notice.value).toBeUndefined();
  });

  it("says that a disk is full, keeps what was typed, and writes it when a server starts again", async () => {
    const { session, started, host } = lab();
    await started();
    const left = await host("development");
    left.full = true;
    session.editFile("app.py", "app = 2\n");
    await vi.advanceTimersByTimeAsync(400);
    expect(session.notice.value).toEqual({ kind: "not written", path: "app.py", errno: "ENOSPC" });
    expect(session.files.value).toEqual([{ path: "app.py", text: "app = 2\n" }]);
    left.full = false;
    await session.restart("development");
    expect(left.files.get("/home/student/app.py")).toBe("app = 2\n");
  });

  it("keeps what is written while a reset still ends the servers, and starts what is started meanwhile after it", async () => {
    const { session, started } = lab();
    await started();
    const reset = session.reset();
    expect(session.sides.production.phase.value.kind).toBe("stopping");
    session.sides.production.line.edit("gunicorn -w 1 app:app");
    await Promise.all([session.restart("production"), reset]);
    const { line, phase } = session.sides.production;
    expect([line.text.value, line.started.value]).toEqual(["gunicorn -w 1 app:app", "gunicorn -w 1 app:app"]);
    expect(["starting", "running"]).toContain(phase.value.kind);
  });

  it("resets to what the author wrote, and can bring the changes back", async () => {
    const { session, host, started } = lab();
    await started();
    session.editFile("app.py", "app = 2\n");
    session.sides.production.line.edit("gunicorn -w 9 app:app");
    session.load.planName.value = "slow";
    const changes = session.state();
    await session.reset();
    expect((await host("production")).restored).toBe(1);
    expect(session.files.value).toEqual(files);
    expect(session.sides.production.line.text.value).toBe(definition.sides.production.command);
    expect(session.sides.production.phase.value.kind).toBe("idle");
    expect(session.load.planName.value).toBe("quick");
    expect(session.notice.value).toEqual({ kind: "reset", undo: changes });
    session.restore(changes);
    expect(session.state()).toEqual(changes);
  });

  it("ends everything when the page is left", async () => {
    const { session, machines, started } = lab();
    await started();
    session.leave();
    expect(machines[0]?.disposed).toBe(true);
    expect(session.notice.value).toEqual({ kind: "left" });
    expect(session.sides.development.phase.value.kind).toBe("stopped");
  });
});

describe("LoadTest", () => {
  const endings = (result: LoadResult | undefined) => [
    result?.sides.development?.report.end,
    result?.sides.production?.report.end,
    result?.complete,
  ];

  it("refuses to ask a server that does not listen, and says which", async () => {
    const { session, started } = lab();
    await session.runLoadTest();
    expect(session.load.phase.value).toEqual({ kind: "refused", sides: ["development", "production"] });
    await started();
    expect(session.load.phase.value).toEqual({ kind: "idle" });
    await session.kill("development", 41);
    await session.runLoadTest();
    expect(session.load.phase.value).toEqual({ kind: "refused", sides: ["development"] });
  });

  it("asks the sides one after the other, with the same plan", async () => {
    const { session, host, started } = lab();
    await started();
    const [left, right] = [await host("development"), await host("production")];
    const ended = session.runLoadTest();
    expect([left.runs.length, right.runs.length]).toEqual([1, 0]);
    expect(session.load.phase.value).toMatchObject({ turns: { development: "asked", production: "waiting" } });
    const tick = {
      at: 100,
      warmingUp: false,
      done: 9,
      failed: 0,
      failedBy: {},
      dropped: 0,
      inFlight: 1,
      rate: 90,
      offeredRate: 91,
      failureRate: 0,
      latency: { count: 9 },
    };
    left.runs[0]?.tick(tick);
    expect(session.load.ticks.development.value).toEqual([{ ...tick, waiting: 0 }]);
    left.runs[0]?.finish({ done: 100, achievedRate: 90 });
    await settle();
    expect(session.load.result.value).toMatchObject({
      complete: false,
      sides: { development: { report: { done: 100 } } },
    });
    right.runs[0]?.finish({ done: 300, achievedRate: 270 });
    await ended;
    expect(left.runs[0]?.plan).toEqual(right.runs[0]?.plan);
    expect([left.runs[0]?.port, right.runs[0]?.port]).toEqual([5000, 8000]);
    expect(session.load.phase.value.kind).toBe("idle");
    expect(endings(session.load.result.value)).toEqual(["complete", "complete", true]);
    expect(session.load.result.value?.together).toBe(false);
  });

  it("asks both at once when the handlers only wait", async () => {
    const { session, host, started } = lab();
    await started();
    session.load.planName.value = "slow";
    const ended = session.runLoadTest();
    const [left, right] = [await host("development"), await host("production")];
    expect([left.runs.length, right.runs.length]).toEqual([1, 1]);
    session.load.pageHidden();
    left.runs[0]?.finish({});
    right.runs[0]?.finish({});
    await ended;
    expect(session.load.result.value).toMatchObject({ together: true, hidden: true });
  });

  it("is stopped in the middle, and keeps what it saw", async () => {
    const { session, host, started } = lab();
    await started();
    const ended = session.runLoadTest();
    session.load.stop();
    await ended;
    expect((await host("production")).runs).toEqual([]);
    expect(endings(session.load.result.value)).toEqual(["stopped", undefined, true]);
    expect(session.load.running.value).toBe(false);
  });

  it("ends with the servers, and with the machine", async () => {
    const { session, host, machines, started } = lab();
    await started();
    const first = session.runLoadTest();
    await session.stopBoth();
    await first;
    expect((await host("development")).runs[0]?.stopped).toBe(true);
    await started();
    const second = session.runLoadTest();
    machines[0]?.crash(new MachineError("crash", { message: "It died.", remedy: "Try again." }));
    await second;
    expect(session.load.running.value).toBe(false);
  });

  it("refuses a plan that asks for too much, and says what is too much and why", async () => {
    const arrivals = { kind: "constant", rate: 5000 } as const;
    const greedy = { name: "flood", label: "A flood", requests: [{ path: "/" }], arrivals, seconds: 120, timeout: 10 };
    const { session, host, started } = lab(undefined, [{ ...greedy, waitsOnly: false }]);
    await started();
    await session.runLoadTest();
    expect(session.load.phase.value).toMatchObject({
      kind: "too much",
      plan: { label: "A flood" },
      problem: { field: "model", asked: 600_000, limit: 500_000 },
    });
    expect((await host("development")).runs).toEqual([]);
  });

  it("reports what was seen when the machine dies, and marks it", async () => {
    const { session, host, machines, started } = lab();
    await started();
    const ended = session.runLoadTest();
    const [run] = (await host("development")).runs;
    const seen = { warmingUp: false, dropped: 0, inFlight: 10, rate: 80, offeredRate: 90, failureRate: 2 };
    const latency = { count: 80, p50: 100 };
    run?.tick({ ...seen, at: 1000, done: 80, failed: 2, failedBy: { reset: 2 }, latency });
    machines[0]?.crash(new MachineError("crash", { message: "It died.", remedy: "Try again." }));
    await ended;
    const result = session.load.result.value;
    expect(endings(result)).toEqual(["machine died", undefined, true]);
    expect(result?.sides.development?.report).toMatchObject({
      done: 80,
      failed: { reset: 2 },
      unfinished: 10,
      achievedRate: 80,
    });
    expect(session.load.running.value).toBe(false);
    expect(session.load.history.runs.value).toHaveLength(1);
  });

  it("keeps the last runs, with the commands that ran, until everything is reset", async () => {
    const { session, host, started } = lab();
    await started();
    const [left, right] = [await host("development"), await host("production")];
    for (const turn of [0, 1]) {
      const ended = session.runLoadTest();
      left.runs[turn]?.finish({ done: 10 });
      await settle();
      right.runs[turn]?.finish({ done: 20 });
      await ended;
      // What stands in the command line and was not started did not run.
      session.sides.development.line.edit("flask run --port 1");
      await session.submitCommand("production", "gunicorn -w 1 app:app");
    }
    const { history } = session.load;
    expect(
      history.runs.value.map(({ number, commands }) => [number, commands.development, commands.production]),
    ).toEqual([
      [1, definition.sides.development.command, definition.sides.production.command],
      [2, definition.sides.development.command, "gunicorn -w 1 app:app"],
    ]);
    history.compare(1);
    expect(history.compared.value).toBe(history.runs.value[0]);
    await session.reset();
    expect([history.runs.value, history.compared.value]).toEqual([[], undefined]);
  });

  it("says why a run could not go on", async () => {
    const { session, host, started } = lab();
    await started();
    const ended = session.runLoadTest();
    (await host("development")).runs[0]?.fail(new Error("the plan has no requests"));
    await ended;
    expect(session.load.phase.value).toEqual({ kind: "failed", message: "the plan has no requests" });
  });

  it("tells what was seen of the requests, for the sentence", async () => {
    const { session, host, machines, started } = lab();
    await started();
    const ended = session.runLoadTest();
    const [left, right] = [await host("development"), await host("production")];
    const now = machines[0]?.now() ?? 0;
    left.emit([{ id: 1, port: 5000, pid: 41, queued: now, accepted: now, end: now + 5, outcome: "answered" }]);
    left.runs[0]?.finish({ done: 1 });
    await settle();
    right.runs[0]?.finish({ done: 1 });
    await ended;
    expect(session.load.result.value?.sides.development?.work).toMatchObject({ taken: 1, processes: 1 });
  });
});
