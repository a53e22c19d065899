import { describe, expect, it } from "vitest";
import type { ProcessInfo } from "../../machine/machine.ts";
import { type SideState, sideSentence } from "./side-sentence.ts";

const process = (pid: number, state: ProcessInfo["state"]): ProcessInfo => ({
  pid,
  parent: 1,
  title: "",
  state,
  started: 0,
  requests: 0,
});
const say = (rest: Partial<SideState>) =>
  sideSentence({
    phase: { kind: "idle" },
    port: undefined,
    workforce: { mains: [], workers: [] },
    commandChanged: false,
    edited: false,
    ...rest,
  });
const master = { mains: [process(51, "waiting")], workers: [process(52, "waiting"), process(53, "starting")] };

describe("sideSentence", () => {
  it("says whose lanes are shown beside a server that does not run", () => {
    expect(say({})).toBe("Not started.");
    expect(say({ replayed: true })).toBe("Not started. The lanes show a recorded run.");
    expect(say({ replayed: true, phase: { kind: "stopped" } })).toBe("Stopped. The lanes show a recorded run.");
  });

  it("counts workers while they start", () => {
    const phase = { kind: "starting", expectedWorkers: 4, slow: false } as const;
    expect(say({ phase })).toBe("Starting.");
    expect(say({ phase, workforce: master })).toBe("Starting: 1 of 4 workers are up.");
    expect(say({ phase: { ...phase, slow: true }, workforce: master })).toContain("longer than usual");
  });

  it("does not call starting what nobody is left to start", () => {
    const phase = { kind: "starting", expectedWorkers: undefined, slow: true } as const;
    expect(say({ phase, workforce: { mains: [process(51, "waiting")], workers: [] } })).toMatch(
      /^Not running: no process/,
    );
  });

  it("tells of a server that the shell started, where the command line has none", () => {
    const fromShell = "A server that was started in the shell listens on port 8000.";
    expect(say({ port: 8000 })).toBe(fromShell);
    expect(say({ phase: { kind: "stopped" }, port: 8000 })).toBe(fromShell);
    expect(say({ phase: { kind: "running" }, port: 8000 })).toBe("Running on port 8000.");
  });

  it("names the process that has taken over, until that ends", () => {
    expect(say({ phase: { kind: "running", successor: 51 }, port: 8000, workforce: master })).toBe(
      "Running on port 8000 with 1 worker. Process 51 has taken over: the one that was started here has ended.",
    );
    expect(say({ phase: { kind: "successorExited", successor: 51 } })).toMatch(
      /^Process 51, which had taken over, has ended, too\./,
    );
  });

  it("follows a server of one process", () => {
    const phase = { kind: "starting", expectedWorkers: undefined, slow: false } as const;
    expect(say({ phase, workforce: { mains: [], workers: [process(41, "starting")] } })).toBe(
      "Starting: the program is being loaded.",
    );
    expect(say({ phase, workforce: { mains: [], workers: [process(41, "waiting")] } })).toBe(
      "Starting: no port is open yet.",
    );
  });

  it("says where a server runs and with how many workers", () => {
    const phase = { kind: "running" } as const;
    expect(say({ phase, port: 5000, workforce: { mains: [], workers: [process(41, "running")] } })).toBe(
      "Running on port 5000.",
    );
    expect(say({ phase, port: 8000, workforce: master })).toBe("Running on port 8000 with 1 worker.");
    expect(say({ phase, port: 8000, commandChanged: true })).toContain("Restart");
    expect(say({ phase, port: 8000, edited: true })).toContain("A file has changed");
    expect(say({ phase })).toBe("Running, but nothing listens on a port.");
  });

  it("names a port that the app has opened itself, where the command names another", () => {
    const phase = { kind: "starting", expectedWorkers: 4, slow: true } as const;
    const own = "The app itself listens on port 9000, while the command’s port is 8000";
    const booting = { mains: [process(51, "waiting")], workers: [process(52, "starting")] };
    // app.run(port=9000) at import: gunicorn's master listens, and no worker gets past its import.
    const atImport = say({ phase, port: 8000, ports: [8000, 9000], named: 8000, workforce: booting });
    expect(atImport).toContain("0 of 4 workers are up");
    expect(atImport).toContain(own);
    expect(atImport).toContain('behind if __name__ == "__main__":');
    const soon = { ...phase, slow: false };
    expect(say({ phase: soon, port: 8000, ports: [8000, 9000], named: 8000, workforce: booting })).not.toContain(
      "9000",
    );
    // flask run -p 8000, whose app serves by itself while it is imported.
    const single = { mains: [], workers: [process(41, "waiting")] };
    const running = { phase: { kind: "running" }, workforce: single } as const;
    expect(say({ ...running, port: 9000, ports: [9000], named: 8000 })).toMatch(
      /^Running on port 9000\. The app itself listens/,
    );
    // Or that goes on without workers whose port the first one has taken.
    const few = { ...running, port: 8000, ports: [8000, 9000], named: 8000, workforce: single };
    expect(say({ ...few, expected: 4 })).toContain(own);
    expect(say({ ...few, expected: 1 })).toBe("Running on port 8000.");
    // A second port beside the one that was asked for is the app's own affair.
    expect(say({ ...running, port: 8000, ports: [9000, 8000], named: 8000 })).toBe("Running on port 8000.");
    expect(say({ ...running, port: 9000, ports: [9000, 8000] })).toBe("Running on port 9000.");
  });

  it("says how it ended and what to do", () => {
    const exited = (code: number, wasRunning: boolean) =>
      say({ phase: { kind: "exited", status: { kind: "exited", code }, wasRunning } });
    expect(exited(3, false)).toContain("exited with code 3 before it listened");
    const status = { kind: "exited", code: 1 } as const;
    const error = "ModuleNotFoundError: No module named 'numpy'";
    expect(say({ phase: { kind: "exited", status, wasRunning: false }, error })).toMatch(
      /The last error there: “Module/,
    );
    expect(say({ phase: { kind: "exited", status, wasRunning: true }, error })).not.toContain("numpy");
    expect(exited(0, true)).toContain("exited with code 0. Start it again");
    expect(
      say({ phase: { kind: "exited", status: { kind: "killed", signal: "SIGKILL" }, wasRunning: true } }),
    ).toContain("ended by SIGKILL");
    expect(say({ phase: { kind: "failed", message: "no memory" } })).toContain("no memory");
  });
});
