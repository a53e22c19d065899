import { describe, expect, it } from "vitest";
import type { ProcessInfo } from "../../machine/machine.ts";
import { type ProgramLife, ScriptedMachine } from "../testing/scripted-machine.ts";
import { outsideShell, ShellSession, stopOutsideShell } from "./shell-session.ts";

const info = (pid: number, parent: number): ProcessInfo => ({
  pid,
  parent,
  title: "x",
  state: "waiting",
  started: 0,
  requests: 0,
});
const bytes = (text: string) => new TextEncoder().encode(text);
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

function shown(session: ShellSession): string {
  let text = "";
  session.output.subscribe({
    write: (chunk) => {
      text += new TextDecoder().decode(chunk);
    },
    clear: () => {},
  });
  return text;
}

describe("a shell beside a server", () => {
  it("is started once, gets what is typed, and another comes with Enter", async () => {
    const machine = new ScriptedMachine({ sh: ({ print }) => print("~ $ ") });
    const host = await machine.host("development");
    const shell = new ShellSession("/home/student", "It ended. Press Enter.");
    await shell.open();
    expect(shell.phase.value.kind).toBe("closed");
    shell.attach(host);
    await Promise.all([shell.open(), shell.open()]);
    expect(host.processes.get()).toHaveLength(1);
    shell.type(bytes("ls\r"));
    expect(host.typed).toEqual(["ls\r"]);
    await host.stop();
    await settle();
    expect(shell.phase.value.kind).toBe("ended");
    expect(shown(shell)).toMatch(/~ \$ .*Press Enter/s);
    shell.type(bytes("x"));
    expect(shell.pid).toBeUndefined();
    shell.type(bytes("\r"));
    await settle();
    expect(shell.pid).toBeDefined();
  });

  it("gets what is typed while it opens", async () => {
    const machine = new ScriptedMachine({ sh: () => {} });
    const host = await machine.host("development");
    const shell = new ShellSession("/home/student", "");
    shell.attach(host);
    const opening = shell.open();
    for (const key of "ls\r") shell.type(bytes(key));
    await opening;
    expect(host.typed).toEqual(["ls\r"]);
    await host.stop();
    await settle();
    // The first line ends the wait for Enter, the second is the new shell's.
    shell.type(bytes("\rpwd\r"));
    await settle();
    shell.type(bytes("id\r"));
    expect(host.typed).toEqual(["ls\r", "pwd\r", "id\r"]);
  });

  it("survives when the others are stopped", async () => {
    const machine = new ScriptedMachine({ sh: () => {}, flask: ({ listen }) => listen(5000) });
    const host = await machine.host("development");
    const shell = new ShellSession("/home/student", "");
    shell.attach(host);
    await shell.open();
    await host.spawn(["flask"]);
    await stopOutsideShell(host, shell.pid);
    expect(host.processes.get().map(({ title }) => title)).toEqual(["sh"]);
    await stopOutsideShell(host, undefined);
    expect(host.processes.get()).toEqual([]);
  });

  it("stays with whoever else is to stay, and what they have started", async () => {
    const programs = { sh: () => {}, flask: () => {}, huey: ({ fork }: ProgramLife) => void fork("huey: child") };
    const machine = new ScriptedMachine(programs);
    const host = await machine.host("development");
    const [sh, , huey] = [await host.spawn(["sh"]), await host.spawn(["flask"]), await host.spawn(["huey"])];
    const titles = () => host.processes.get().map(({ title }) => title);
    await stopOutsideShell(host, sh.pid, () => [huey.pid]);
    expect(titles()).toEqual(["sh", "huey", "huey: child"]);
    await stopOutsideShell(host, undefined, () => [huey.pid]);
    expect(titles()).toEqual(["huey", "huey: child"]);
    await stopOutsideShell(host, undefined, () => []);
    expect(titles()).toEqual([]);
  });

  it("keeps its own processes apart from the server's", () => {
    const processes = [info(40, 1), info(41, 40), info(50, 1), info(51, 50), info(52, 51)];
    expect(outsideShell(processes, 50).map(({ pid }) => pid)).toEqual([40, 41]);
    expect(outsideShell(processes, undefined)).toHaveLength(5);
    expect(outsideShell(processes, 51, [40]).map(({ pid }) => pid)).toEqual([50]);
  });
});
