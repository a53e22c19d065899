import { describe, expect, test } from "vitest";
import { settled } from "../../../testing/virtual-clock.ts";
import { decoded, encoded, ScriptedComputer } from "./testing/computer.ts";

describe("a server on a host", () => {
  test("gets a connection with its first bytes in one answer, and answers it", async () => {
    const { host, launch } = bound();
    const { process } = launch();
    await process.listen(3, 8000);
    expect(host.ports.get()).toEqual([8000]);
    const accepting = process.accept(3, 4);
    const client = host.connect(8000);
    void client.write(encoded("GET /"));
    const accepted = await accepting;
    expect(decoded(accepted?.bytes)).toBe("GET /");
    expect(accepted?.peer).toEqual(client.local);
    process.say({ op: "send", fd: 4, tid: process.pid, bytes: encoded("hello") }, { op: "close", fd: 4 });
    expect(decoded(await client.read())).toBe("hello");
    expect(await client.read()).toBeNull();
  });

  test("gets the first bytes, too, of a client that awaits its connection first", async () => {
    const { host, launch } = bound();
    const { process } = launch();
    await process.listen(3, 8000);
    const accepting = process.accept(3, 4);
    const open = async () => host.connect(8000);
    const client = await (async () => await open())();
    await Promise.resolve();
    void client.write(encoded("GET /"));
    expect(decoded((await accepting)?.bytes)).toBe("GET /");
  });

  test("forks workers, each of which gets its turn, and reaps them", async () => {
    const computer = new ScriptedComputer();
    const { process: master, launched } = computer.launch("gunicorn");
    await master.listen(3, 8000);
    master.say({ op: "sigaction", signal: 17, disposition: "handle" });
    const one = await computer.fork(master);
    const other = await computer.fork(master);
    expect(one.start.descriptors.map(({ fd }) => fd)).toEqual([0, 1, 2, 3]);
    const first = one.accept(3, 4);
    const second = other.accept(3, 4);
    computer.host.connect(8000);
    computer.host.connect(8000);
    expect((await first)?.connection).toBe(1);
    expect((await second)?.connection).toBe(2);

    computer.host.kill(one.pid, "SIGKILL");
    await settled();
    expect(one.terminated).toBe(true);
    expect(master.signals).toEqual([17]);
    expect(await master.call("waitpid", { pid: -1, noHang: true })).toEqual({ pid: one.pid, status: 9 });
    expect(await master.call("waitpid", { pid: -1, noHang: true })).toBeNull();
    other.say({ op: "exit", code: 3 });
    expect(await master.call("waitpid", { pid: -1, noHang: false })).toEqual({ pid: other.pid, status: 3 << 8 });
    await expect(master.call("waitpid", { pid: -1, noHang: false })).rejects.toMatchObject({ errno: "ECHILD" });
    master.say({ op: "exit", code: 0 });
    expect(await launched.exit).toEqual({ kind: "exited", code: 0 });
    expect(computer.host.processes.get()).toEqual([]);
    expect(computer.host.ports.get()).toEqual([]);
  });

  test("prints on its terminal, for those who come late, too", async () => {
    const computer = new ScriptedComputer();
    const { process, launched, shown } = computer.launch();
    process.say({ op: "send", fd: 1, tid: process.pid, bytes: encoded("one\ntwo\n") });
    await settled();
    expect(shown()).toBe("one\r\ntwo\r\n");
    let late = "";
    launched.terminal.onOutput((output) => {
      late += decoded(output);
    });
    expect(late).toBe("one\r\ntwo\r\n");
  });

  test("tells what it holds, and holds nothing when it is stopped", async () => {
    const computer = new ScriptedComputer();
    const before = computer.host.usage();
    const { process } = computer.launch();
    await process.listen(3, 8000);
    const client = computer.host.connect(8000);
    await process.accept(3, 4);
    expect(computer.host.usage()).toEqual({ ...before, processes: 1, descriptors: 5, connections: 1 });
    process.say({ op: "close", fd: 4 });
    client.close();
    expect(computer.host.usage()).toEqual({ ...before, processes: 1, descriptors: 4, connections: 0 });
    await computer.fork(process);
    computer.host.stop();
    await settled();
    expect(computer.host.usage()).toEqual(before);
  });

  test("dies of ^C, or hears of it", async () => {
    const computer = new ScriptedComputer();
    const { launched } = computer.launch();
    launched.terminal.input(encoded("\x03"));
    expect(await launched.exit).toEqual({ kind: "killed", signal: "SIGINT" });
    const handling = computer.launch();
    handling.process.say({ op: "sigaction", signal: 2, disposition: "handle" });
    handling.launched.terminal.input(encoded("\x03"));
    await settled();
    expect(handling.process.signals).toEqual([2]);
  });
});

function bound() {
  const computer = new ScriptedComputer();
  return { host: computer.host, launch: () => computer.launch() };
}
