import { describe, expect, it } from "vitest";
import { SideSession } from "../side/side-session.ts";
import { type ProgramLife, ScriptedMachine } from "../testing/scripted-machine.ts";
import { SideFaults } from "./side-faults.ts";

/** A side with a server, and its faults. */
async function serving(command: string, program: (life: ProgramLife) => void) {
  const machine = new ScriptedMachine({ gunicorn: program, uwsgi: program, flask: program });
  const host = await machine.host("production");
  const side = new SideSession("production", { title: "Production server", command });
  side.attach(
    host,
    () => machine.now(),
    () => {},
  );
  const restarts: string[] = [];
  const faults = new SideFaults({
    side,
    paths: { hang: "/hang", leak: "/leak" },
    now: () => machine.now(),
    writeVersion: async () => 2,
    restart: async () => {
      restarts.push(command);
      await side.start([]);
    },
    progress: () => undefined,
    runBegan: () => undefined,
    onManualRequest: () => {},
  });
  return { host, side, faults, restarts };
}

/** A master with two workers; those that die are not replaced. */
const prefork = ({ fork, set, listen, pid }: ProgramLife): void => {
  listen(8000);
  for (const child of [fork("worker"), fork("worker")]) set(child, { state: "waiting" });
  set(pid, { state: "waiting" });
};

const alone = ({ listen, set, pid }: ProgramLife): void => {
  listen(5000);
  set(pid, { state: "waiting" });
};

describe("faults", () => {
  it("say why they do nothing while no server runs", async () => {
    const { faults } = await serving("flask run", alone);
    for (const kind of ["hang", "slow-client", "leak", "deploy"] as const) {
      await faults.cause(kind);
      expect(faults.refusal.value).toBe("The production server does not listen on a port. Start it first.");
    }
    await faults.cause("kill");
    expect(faults.refusal.value).toBe(
      "No process of the production server runs, so there is none to kill. Start it first.",
    );
    expect(faults.marks.value).toEqual([]);
  });

  it("kill the worker that has most in hand", async () => {
    const { faults, host, side } = await serving("gunicorn -w 2 app:app", prefork);
    await side.start([]);
    const [idle, busy] = side.workforce.value.workers.map(({ pid }) => pid);
    host.emit([{ id: 1, port: 8000, queued: 1, accepted: 1, pid: busy ?? 0 }]);
    void faults.cause("kill");
    await expect
      .poll(() => faults.notes.value[0]?.text)
      .toBe(`Worker ${busy} was sent SIGKILL with 1 request in hand.`);
    expect(side.workforce.value.workers.map(({ pid }) => pid)).toEqual([idle]);
    expect(faults.marks.value.map(({ word }) => word)).toEqual(["kill"]);
  });

  it("kill a worker behind a proxy, though the proxy has more in hand", async () => {
    const { faults, host, side } = await serving("uwsgi --http :8000 -p 1", prefork);
    await side.start([]);
    const [worker = 0, proxy = 0] = side.workforce.value.workers.map(({ pid }) => pid);
    host.emit([
      { id: 1, port: 8000, queued: 1, accepted: 1, pid: proxy },
      { id: 2, port: 8000, queued: 1, accepted: 1, pid: proxy },
      { id: 3, port: 41000, queued: 2, accepted: 2, pid: worker, local: true },
    ]);
    void faults.cause("kill");
    await expect
      .poll(() => faults.notes.value[0]?.text)
      .toBe(`Worker ${worker} was sent SIGKILL with 1 request in hand.`);
  });

  it("end a server that is its own worker", async () => {
    const { faults, side } = await serving("flask run", alone);
    await side.start([]);
    await faults.cause("kill");
    expect(faults.notes.value[0]?.text).toMatch(
      /^The server, process \d+, was sent SIGKILL with 0 requests in hand\.$/,
    );
    expect(side.phase.value).toMatchObject({ kind: "exited", status: { kind: "killed", signal: "SIGKILL" } });
  });

  it("hang a handler, and say nothing of how: here it computes for ever, there it waits for a silent server", async () => {
    const { faults, host, side } = await serving("flask run", alone);
    await side.start([]);
    host.answer = () => new Promise(() => {});
    void faults.cause("hang");
    await expect
      .poll(() => faults.notes.value[0]?.text)
      .toMatch(/^\/hang was requested once: its handler never returns\./);
    expect(faults.notes.value[0]?.text).not.toMatch(/loop|server that|computes/);
  });

  it("deploy by stopping and starting where a server has no way of its own", async () => {
    const { faults, side, restarts } = await serving("flask run", alone);
    await side.start([]);
    await faults.cause("deploy");
    expect(restarts).toHaveLength(1);
    expect(faults.notes.value[0]?.text).toMatch(
      /^Version 2 of the app was written\. The server was stopped and started\. Live in every worker after /,
    );
    expect(faults.marks.value.map(({ word }) => word)).toEqual(["deploy", "version 2"]);
  });

  it("say of a leak what those processes took that were there before and after", async () => {
    const { faults, side, host } = await serving("gunicorn -w 2 app:app", prefork);
    await side.start([]);
    const told = (memory: (pid: number, index: number) => number) =>
      host.processes.set(host.processes.get().map((info, index) => ({ ...info, memory: memory(info.pid, index) })));
    told(() => 60e6);
    let asked = 0;
    host.answer = async () => {
      asked += 1;
      // A worker comes meanwhile, as during a deployment.
      if (asked === 5) {
        host.processes.set([
          ...host.processes.get().map((info) => ({ ...info, memory: 70e6 })),
          { pid: 99, parent: 41, title: "worker", state: "waiting", started: 1, requests: 0, memory: 150e6 },
        ]);
      }
      return { version: "HTTP/1.1", status: 200, reason: "OK", headers: [], body: new Uint8Array() };
    };
    await faults.cause("leak");
    expect(faults.notes.value.at(-1)?.text).toMatch(/180.MB.* 210.MB/);
  });

  it("leave no word that a restart is due once a change is deployed", async () => {
    const { faults, side } = await serving("flask run", alone);
    await side.start([]);
    await side.writeFile({ path: "app.py", text: "VERSION = 2\n" });
    expect(side.line.edited.value).toBe(true);
    await faults.cause("deploy");
    expect(side.line.edited.value).toBe(false);
  });

  it("leave no slow client behind when the server stops", async () => {
    const { faults, side, host } = await serving("flask run", alone);
    let open = 0;
    host.connect = async () => {
      open += 1;
      const end = Promise.withResolvers<null>();
      return {
        read: () => end.promise,
        write: async () => {},
        end: () => {},
        close: () => {
          open -= 1;
          end.resolve(null);
        },
      };
    };
    await side.start([]);
    void faults.cause("slow-client");
    await expect.poll(() => faults.slow.value.length).toBe(4);
    expect(open).toBe(4);
    await side.stop();
    await expect.poll(() => faults.slow.value.length).toBe(0);
    expect(open).toBe(0);
  });
});
