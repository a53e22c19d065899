/** Floods that come from a process, and what of them the page hears. */
import { describe, expect, test } from "vitest";
import { settled } from "../../../testing/virtual-clock.ts";
import { encoded, ScriptedComputer } from "./testing/computer.ts";

/** A page that is slow: it has heard what it was told when `take` is called. */
function slowPage() {
  const heard: unknown[] = [];
  let taken = Promise.withResolvers<void>();
  const listener = (value: unknown): Promise<void> => {
    heard.push(value);
    return taken.promise;
  };
  const take = async () => {
    const before = taken;
    taken = Promise.withResolvers();
    before.resolve();
    await settled();
  };
  return { heard, listener, take };
}

describe("a page", () => {
  // [threat: app-code-freeze]
  test("hears of a flood of titles twenty times a second, and of the last", async () => {
    const computer = new ScriptedComputer();
    const titles: (string | undefined)[] = [];
    computer.host.processes.subscribe((list) => titles.push(list[0]?.title));
    const { process } = computer.launch();
    for (let count = 0; count < 2000; count += 1) {
      process.say({ op: "title", title: `title ${count}` });
      await computer.clock.pass(1);
    }
    expect(titles.length).toBeLessThan(70);
    await computer.clock.pass(100);
    expect(titles.at(-1)).toBe("title 1999");
  });

  test("that is slow hears the next when it has heard the last", async () => {
    const computer = new ScriptedComputer();
    const page = slowPage();
    const { process } = computer.launch("server");
    computer.host.processes.subscribe(page.listener);
    for (const title of ["one", "two", "three"]) {
      process.say({ op: "title", title });
      await settled();
    }
    // The first value is told at once, before anything has changed.
    expect(page.heard.map((list) => Reflect.get(Object(list), 0).title)).toEqual(["server", "one"]);
    await page.take();
    expect(page.heard.map((list) => Reflect.get(Object(list), 0).title)).toEqual(["server", "one", "three"]);
  });

  test("hears of a flood of files in parts, of each in the end, and of at most so many", async () => {
    const computer = new ScriptedComputer();
    const paths: string[] = [];
    computer.host.onFileChange((path) => paths.push(path));
    const { process } = computer.launch();
    const create = (count: number) => {
      const change = {
        kind: "create",
        inode: 1e8 + count,
        path: `/tmp/${count}`,
        type: "file",
        mode: 0,
        time: 1,
      } as const;
      process.say({ op: "file", change });
    };
    for (let count = 0; count < 1500; count += 1) create(count);
    await settled();
    expect(paths.length).toBeLessThanOrEqual(20 * 50);
    await computer.clock.pass(2000);
    expect(new Set(paths).size).toBe(1500);
    for (let count = 1500; count < 25_000; count += 1) create(count);
    // What is refused counts as little as what was never told.
    expect(computer.host.usage().files).toBe(20_000);
    await computer.clock.pass(60_000);
    expect(paths.length).toBeLessThan(15_000);
  });

  test("that is slow is sent so much output, and the rest later; who prints on is ended", async () => {
    const computer = new ScriptedComputer({ outputBacklog: 1000, outputHeld: 1e6 });
    const page = slowPage();
    const { launched, process, shown } = computer.launch("printer");
    launched.terminal.onOutput(async (value) => page.listener(value));
    const before = page.heard.length;
    const piece = new Uint8Array(600_000).fill(65);
    process.say({ op: "send", fd: 1, tid: process.pid, bytes: piece.slice() });
    await settled();
    const told = () =>
      page.heard.slice(before).reduce<number>((sum, each) => sum + (each instanceof Uint8Array ? each.length : 0), 0);
    expect(told()).toBeLessThanOrEqual(256 * 1024);
    process.say({ op: "send", fd: 1, tid: process.pid, bytes: piece.slice() });
    await settled();
    process.say({ op: "send", fd: 1, tid: process.pid, bytes: encoded("one more") });
    expect(process.terminated).toBe(true);
    for (let count = 0; count < 10; count += 1) await page.take();
    expect(shown()).toMatch(
      /^A{1200000}printer \(pid \d+\) printed more than its terminal can hold, .* was ended\r\n$/,
    );
    expect(told()).toBe(shown().length);
  });

  test("hears of a flood of requests in parts, when it has heard those before", async () => {
    const computer = new ScriptedComputer();
    const page = slowPage();
    computer.host.onRequestEvent(page.listener);
    const { process } = computer.launch();
    await process.listen(3, 8000, 4096);
    for (let count = 0; count < 3000; count += 1) computer.host.connect(8000);
    await computer.clock.pass(1000);
    expect(page.heard).toHaveLength(1);
    await page.take();
    await computer.clock.pass(50);
    expect(page.heard.map((events) => Reflect.get(Object(events), "length"))).toEqual([2000, 1000]);
  });
});

describe("a host", () => {
  test("starts many processes at once, and others one after the other", async () => {
    const computer = new ScriptedComputer({ processes: 200 });
    for (let count = 0; count < 150; count += 1) computer.host.spawn(["x"]);
    expect(computer.executor.started).toHaveLength(100);
    await computer.clock.pass(400);
    expect(computer.executor.started).toHaveLength(120);
    computer.host.stop();
    await computer.clock.pass(2000);
    expect(computer.executor.started).toHaveLength(120);
  });

  test("has only so many ports taken", async () => {
    const computer = new ScriptedComputer({ ports: 2 });
    const { process } = computer.launch();
    await process.listen(3, 8000);
    await process.listen(4, 8001);
    await expect(process.listen(5, 8002)).rejects.toMatchObject({ errno: "ENOBUFS" });
    process.say({ op: "close", fd: 4 });
    await process.listen(6, 8002);
  });

  test("keeps every path within what Linux allows, also where folders move", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    const folder = (path: string, inode: number) =>
      process.say({ op: "file", change: { kind: "create", inode, path, type: "directory", mode: 0o755, time: 1 } });
    folder("/tmp/a", 1e8);
    folder("/tmp/b", 2e8);
    let [below, beside] = ["/tmp/a", "/tmp/b"];
    for (let count = 1; count <= 20; count += 1) {
      const name = "x".repeat(150);
      below = `${below}/${name}`;
      beside = `${beside}/${name}`;
      folder(below, 1e8 + count);
      folder(beside, 2e8 + count);
    }
    process.say({ op: "file", change: { kind: "rename", from: "/tmp/a", to: `${beside}/a`, time: 1 } });
    await settled();
    expect(process.messages.at(-1)).toMatchObject({ op: "file", refused: "ENAMETOOLONG" });
    expect(computer.host.usage().files).toBeGreaterThan(42);
  });
});
