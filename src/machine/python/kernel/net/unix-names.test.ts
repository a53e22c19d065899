import { describe, expect, test } from "vitest";
import { decoded, encoded, ScriptedComputer } from "../testing/computer.ts";
import type { ScriptedProcess } from "../testing/scripted-process.ts";

const path = "/srv/app.sock";
const named = { address: "app.sock", port: 0 };

function launch(): { computer: ScriptedComputer; process: ScriptedProcess } {
  const computer = new ScriptedComputer();
  computer.host.writeFile("/srv/readme", "");
  return { computer, process: computer.launch().process };
}

async function listen(process: ScriptedProcess, fd: number, at = path, backlog = 8): Promise<void> {
  process.say({ op: "socket", fd });
  await process.call("bind", { fd, address: "app.sock", port: 0, path: at });
  await process.call("listen", { fd, backlog });
}

function connect(process: ScriptedProcess, fd: number, at = path, noBlock = false) {
  process.say({ op: "socket", fd });
  return process.call("connect", { fd, address: "app.sock", port: 0, path: at, noBlock });
}

describe("a Unix socket", () => {
  test("has a file, with the mode that the umask leaves, in every replica", async () => {
    const { computer, process } = launch();
    process.say({ op: "umask", mask: 0o007 });
    const other = computer.launch().process;
    await listen(process, 3);
    const created = { kind: "create", path, type: "socket", mode: 0o770 };
    for (const replica of [process, other]) {
      const changes = replica.messages.filter((message) => message.op === "file");
      expect(changes).toMatchObject([{ change: created }]);
    }
    expect(computer.host.ports.get()).toEqual([]);
  });

  test("carries bytes both ways, under the name that it was given", async () => {
    const { process } = launch();
    await listen(process, 3);
    expect(await connect(process, 4)).toMatchObject({ local: { address: "", port: 0 }, peer: named });
    expect(await process.accept(3, 5)).toMatchObject({ local: named, peer: { address: "", port: 0 } });
    process.say({ op: "send", fd: 4, tid: process.pid, bytes: encoded("there") });
    expect(decoded((await process.read(5))?.bytes)).toBe("there");
    process.say({ op: "send", fd: 5, tid: process.pid, bytes: encoded("and back") });
    expect(decoded((await process.read(4))?.bytes)).toBe("and back");
  });

  test("is none of the files that the page lists, and cannot be read", async () => {
    const { computer, process } = launch();
    await listen(process, 3);
    expect(computer.host.listFiles("/srv")).toEqual(["/srv/readme"]);
    expect(() => computer.host.readFile(path)).toThrow("No such device or address");
    expect(() => computer.host.writeFile(path, "text")).toThrow("No such device or address");
  });

  test("cannot be bound where something stands, nor where there is no folder", async () => {
    const { process } = launch();
    process.say({ op: "socket", fd: 3 });
    const bind = (at: string) => process.call("bind", { fd: 3, address: at, port: 0, path: at });
    await expect(bind("/srv/readme")).rejects.toMatchObject({ errno: "EADDRINUSE" });
    await expect(bind("/nowhere/app.sock")).rejects.toMatchObject({ errno: "ENOENT" });
    await expect(bind("/srv/readme/app.sock")).rejects.toMatchObject({ errno: "ENOTDIR" });
    await bind(path);
    await expect(bind("/srv/second.sock")).rejects.toMatchObject({ errno: "EINVAL" });
  });

  test("leaves its file behind, which refuses connections and stands in the next one's way", async () => {
    const { process } = launch();
    await listen(process, 3);
    process.say({ op: "close", fd: 3 });
    await expect(connect(process, 4)).rejects.toMatchObject({ errno: "ECONNREFUSED" });
    await expect(listen(process, 5)).rejects.toMatchObject({ errno: "EADDRINUSE" });
    process.say({ op: "file", change: { kind: "unlink", path, time: 0 } });
    await expect(connect(process, 6)).rejects.toMatchObject({ errno: "ENOENT" });
    await listen(process, 7);
    expect(await connect(process, 8)).toMatchObject({ peer: named });
  });

  test("is reached by its inode, wherever its file has moved", async () => {
    const { process } = launch();
    await listen(process, 3);
    process.say({ op: "file", change: { kind: "rename", from: path, to: "/srv/moved", time: 0 } });
    await expect(connect(process, 4)).rejects.toMatchObject({ errno: "ENOENT" });
    expect(await connect(process, 5, "/srv/moved")).toMatchObject({ peer: named });
  });

  test("refuses those who may not write to it, and whoever takes a file for one", async () => {
    const { process } = launch();
    process.say({ op: "umask", mask: 0o777 });
    await listen(process, 3);
    await expect(connect(process, 4)).rejects.toMatchObject({ errno: "EACCES" });
    await expect(connect(process, 5, "/srv/readme")).rejects.toMatchObject({ errno: "ECONNREFUSED" });
  });

  test("that is bound and does not listen refuses", async () => {
    const { process } = launch();
    process.say({ op: "socket", fd: 3 });
    await process.call("bind", { fd: 3, address: "app.sock", port: 0, path });
    await expect(connect(process, 4)).rejects.toMatchObject({ errno: "ECONNREFUSED" });
  });

  test("whose backlog is full lets others wait until it has room, or is closed", async () => {
    const { process } = launch();
    await listen(process, 3, path, 0);
    await connect(process, 4);
    await expect(connect(process, 5, path, true)).rejects.toMatchObject({ errno: "EAGAIN" });
    const second = connect(process, 6);
    const third = connect(process, 7);
    await process.accept(3, 8);
    expect(await second).toMatchObject({ peer: named });
    process.say({ op: "close", fd: 3 });
    await expect(third).rejects.toMatchObject({ errno: "ECONNREFUSED" });
  });

  test("may have an abstract name, which no file shows and which is free once it is closed", async () => {
    const { process } = launch();
    await listen(process, 3, "\0name");
    await expect(listen(process, 4, "\0name")).rejects.toMatchObject({ errno: "EADDRINUSE" });
    await connect(process, 5, "\0name");
    expect(process.messages.filter((message) => message.op === "file")).toEqual([]);
    process.say({ op: "close", fd: 3 });
    await expect(connect(process, 6, "\0name")).rejects.toMatchObject({ errno: "ECONNREFUSED" });
    await listen(process, 7, "\0name");
  });
});
