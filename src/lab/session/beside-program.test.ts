import { beforeEach, describe, expect, it } from "vitest";
import type { LabDefinition, LabFile } from "../../lab-definition/schema.ts";
import { Predictions } from "../runs/predictions.ts";
import { makeBeside } from "../side/beside-program.ts";
import type { OutputLog } from "../side/output-log.ts";
import { firstLab } from "../testing/first-lab.ts";
import { type ProgramLife, type ScriptedHost, ScriptedMachine } from "../testing/scripted-machine.ts";
import { LabSession } from "./lab-session.ts";

const { development, production } = firstLab.sides;
const definition: LabDefinition = {
  ...firstLab,
  sides: { development, production: { ...production, beside: { title: "Worker", command: "huey -w 1" } } },
};
const files: readonly LabFile[] = [{ path: "app.py", text: "app = 1\n" }];

const started: string[] = [];
let life: ProgramLife | undefined;
const serve =
  (port: number, workers: number) =>
  ({ argv, pid, set, listen, fork }: ProgramLife) => {
    started.push(argv.join(" "));
    set(pid, { state: "waiting" });
    for (let worker = 0; worker < workers; worker += 1) set(fork("gunicorn: worker"), { state: "waiting" });
    listen(port);
  };
const huey = (program: ProgramLife) => {
  started.push(program.argv.join(" "));
  life = program;
  program.print("Huey consumer started\n");
  program.set(program.fork("huey: child"), { state: "waiting" });
  program.set(program.pid, { state: "waiting" });
};
/** Ends the installations under way. */
const installing: (() => void)[] = [];
const pip = ({ argv, exit }: ProgramLife) => {
  started.push(argv.join(" "));
  installing.push(() => exit(0));
};

function lab(labFiles = files, installs = true) {
  const install = (program: ProgramLife) => {
    pip(program);
    if (installs) for (const end of installing.splice(0)) end();
  };
  const machine = new ScriptedMachine({ flask: serve(5000, 0), gunicorn: serve(8000, 2), huey, pip: install });
  const session = new LabSession({
    definition,
    files: labFiles,
    siteRoot: () => new URL("https://example.org/"),
    makeBeside,
    predictions: new Predictions("first-load"),
    open: async () => machine,
  });
  const { production: side } = session.sides;
  const { beside } = side;
  if (beside === undefined) throw new Error("The side has no program beside its server");
  return { session, side, beside, host: (): Promise<ScriptedHost> => machine.host("production") };
}

const pidsOf = (host: ScriptedHost, title: string) =>
  host.processes.get().flatMap((process) => (process.title.startsWith(title) ? [process.pid] : []));

function shown(output: OutputLog): string {
  let text = "";
  output.subscribe({
    write: (bytes) => {
      text += new TextDecoder().decode(bytes);
    },
    clear: () => {},
  });
  return text;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  started.length = 0;
});

describe("a program beside a server", () => {
  it("starts with it, after the same preparation, and writes on a terminal of its own", async () => {
    const { session, side, beside } = lab([...files, { path: "requirements.txt", text: "huey\n" }]);
    expect(beside.phase.value).toEqual({ kind: "idle" });
    await session.startBoth();
    expect(started.filter((line) => line.startsWith("pip"))).toHaveLength(2);
    expect(started.indexOf("huey -w 1")).toBeGreaterThan(started.indexOf("pip install -r requirements.txt"));
    expect(beside.phase.value).toMatchObject({ kind: "running" });
    expect(shown(beside.output)).toBe("\x1b[1m$ huey -w 1\x1b[0m\r\nHuey consumer started\r\n");
    expect(shown(side.output)).not.toContain("Huey");
    expect(session.sides.development.beside).toBeUndefined();
  });

  it("is none of the server's workers, and neither is what it starts", async () => {
    const { session, side } = lab();
    await session.startBoth();
    expect(side.workforce.value.workers.map(({ title }) => title)).toEqual(["gunicorn: worker", "gunicorn: worker"]);
    expect(side.slots.value).toHaveLength(2);
    life?.fork("huey: another child");
    expect(side.slots.value).toHaveLength(2);
    await session.restart("production", "beside");
    expect(side.slots.value.map(({ ended }) => ended)).toEqual([undefined, undefined]);
    expect(side.phase.value).toEqual({ kind: "running" });
  });

  it("is restarted alone, goes on when the server is, and is restarted with it", async () => {
    const { session, side, beside, host } = lab();
    await session.startBoth();
    const computer = await host();
    const all = () => [pidsOf(computer, "gunicorn -w")[0], pidsOf(computer, "huey -w")[0]] as const;
    const [server, worker] = all();
    await session.restart("production", "beside");
    expect(all()[0]).toBe(server);
    expect(all()[1]).not.toBe(worker);
    expect(pidsOf(computer, "huey: child")).toHaveLength(1);
    const second = all()[1];
    await session.restart("production");
    expect(all()[0]).not.toBe(server);
    expect(all()[1]).toBe(second);
    expect(beside.phase.value).toEqual({ kind: "running", pid: second });
    expect(side.phase.value).toEqual({ kind: "running" });
    const third = all()[0];
    await session.restart("production", "both");
    expect(all()[0]).not.toBe(third);
    expect(all()[1]).not.toBe(second);
    expect(pidsOf(computer, "huey: child")).toHaveLength(1);
  });

  it("says how it ended, and the server goes on; and the other way round", async () => {
    const { session, side, beside, host } = lab();
    await session.startBoth();
    life?.exit(3);
    await settle();
    expect(beside.phase.value).toEqual({ kind: "exited", status: { kind: "exited", code: 3 } });
    expect(side.phase.value).toEqual({ kind: "running" });
    expect(session.allAlive.value).toBe(false);
    await session.startBoth();
    expect(started).toEqual(["flask --app app run", "gunicorn -w 2 -b 0.0.0.0:8000 app:app", "huey -w 1", "huey -w 1"]);
    const { value: phase } = beside.phase;
    if (phase.kind !== "running") throw new Error(`It is ${phase.kind}`);
    await session.kill("production", phase.pid);
    await settle();
    expect(beside.phase.value).toEqual({ kind: "exited", status: { kind: "killed", signal: "SIGKILL" } });
    await session.restart("production", "beside");
    await session.kill("production", pidsOf(await host(), "gunicorn -w")[0] ?? 0);
    await settle();
    expect(side.phase.value.kind).toBe("exited");
    expect(beside.phase.value.kind).toBe("running");
    await session.startBoth();
    expect(side.phase.value).toEqual({ kind: "running" });
    expect(started.filter((line) => line.startsWith("huey"))).toHaveLength(3);
  });

  it("stops with its side, also if it is the only one that runs, and is forgotten with a reset", async () => {
    const { session, side, beside, host } = lab();
    await session.restart("production", "beside");
    expect(side.phase.value).toEqual({ kind: "idle" });
    expect(session.someAlive.value).toBe(true);
    await session.stopBoth();
    expect(beside.phase.value).toEqual({ kind: "stopped" });
    expect(side.phase.value).toEqual({ kind: "idle" });
    expect((await host()).processes.get()).toEqual([]);
    await session.startBoth();
    beside.line.edit("huey -w 2");
    await session.stopBoth();
    expect([side.phase.value.kind, beside.phase.value.kind]).toEqual(["stopped", "stopped"]);
    await session.reset();
    expect(beside.phase.value).toEqual({ kind: "idle" });
    expect(beside.line.text.value).toBe("huey -w 1");
    expect(shown(beside.output)).toBe("");
  });

  it("keeps no server from starting whose own command line is right, and says what is wrong with its own", async () => {
    const { session, side, beside } = lab();
    beside.line.edit("huey 'w");
    await session.startBoth();
    expect(side.phase.value).toEqual({ kind: "running" });
    expect(beside.phase.value).toEqual({ kind: "stopped" });
    expect(beside.line.problem.value?.kind).toBe("unclosed-quote");
    await session.restart("production", "beside");
    expect(started).not.toContain("huey");
  });

  it("that does not exist ends at once", async () => {
    const { session, beside } = lab();
    beside.line.edit("celery worker");
    await session.startBoth();
    await settle();
    expect(beside.phase.value).toEqual({ kind: "exited", status: { kind: "exited", code: 127 } });
  });

  it("is brought to a load test that is asked for before anything runs", async () => {
    const { session, beside } = lab();
    const run = session.startAndRun();
    await settle();
    expect(beside.phase.value.kind).toBe("running");
    session.load.stop();
    await run;
  });

  it("is older than a file that was changed, until it is restarted, whatever the server does", async () => {
    const { session, side, beside } = lab();
    await session.startBoth();
    session.editFile("app.py", "app = 2\n");
    await session.startAsTheyStand([]);
    expect([side.line.edited.value, beside.line.edited.value]).toEqual([true, true]);
    await session.restart("production");
    expect([side.line.edited.value, beside.line.edited.value]).toEqual([false, true]);
    await session.startAsTheyStand(["production"]);
    expect(beside.line.edited.value).toBe(false);
  });

  it("keeps a child whose parent was killed from the server's lanes, and ends it at its restart", async () => {
    const { session, side, beside, host } = lab();
    await session.startBoth();
    const computer = await host();
    const [child] = pidsOf(computer, "huey: child");
    const orphan = computer.processes.get().find(({ pid }) => pid === child);
    if (orphan === undefined) throw new Error("It has no child");
    // The double ends children with their parent; a computer hands them to process 1.
    computer.processes.set(computer.processes.get().map((each) => (each === orphan ? { ...orphan, parent: 1 } : each)));
    expect(beside.pids).toContain(child);
    expect(side.slots.value).toHaveLength(2);
    await session.restart("production", "beside");
    expect(computer.processes.get().map(({ pid }) => pid)).not.toContain(child);
  });

  it("travels with what the reader changed", async () => {
    const { session, beside } = lab();
    beside.line.edit("huey -w 4");
    expect(session.state()).toEqual({ version: 1, commands: { productionBeside: "huey -w 4" } });
    const { session: other, beside: received } = lab();
    other.restore(session.state());
    expect(received.line.text.value).toBe("huey -w 4");
    other.restore({ version: 1 });
    expect(received.line.text.value).toBe("huey -w 1");
  });

  it("is still started if its server is asked for again while the computer is being prepared", async () => {
    const { session, side, beside } = lab([...files, { path: "requirements.txt", text: "huey\n" }], false);
    const first = session.startBoth();
    await settle();
    expect(beside.phase.value).toEqual({ kind: "starting" });
    const second = session.restart("production");
    await settle();
    for (const exit of installing.splice(0)) exit();
    await Promise.all([first, second]);
    expect(side.phase.value).toEqual({ kind: "running" });
    expect(beside.phase.value.kind).toBe("running");
    expect(started.filter((line) => line.startsWith("huey"))).toHaveLength(1);
  });

  it("is not started by what was asked before a stop", async () => {
    const { session, beside, host } = lab();
    const starting = session.startBoth();
    await session.stopBoth();
    await starting;
    await settle();
    expect(beside.alive.value).toBe(false);
    expect(pidsOf(await host(), "huey")).toEqual([]);
  });
});
