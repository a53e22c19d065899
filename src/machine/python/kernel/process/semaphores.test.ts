import { describe, expect, test } from "vitest";
import { ScriptedComputer } from "../testing/computer.ts";
import type { ScriptedProcess } from "../testing/scripted-process.ts";

function start(limits = {}): { computer: ScriptedComputer; process: ScriptedProcess } {
  const computer = new ScriptedComputer(limits);
  return { computer, process: computer.launch("server").process };
}

function take(process: ScriptedProcess, handle: number, noBlock = false): Promise<null> {
  return process.call("semaphoreWait", { handle, noBlock });
}

describe("a semaphore", () => {
  test("is taken and given back, by the longest waiting first", async () => {
    const { computer, process } = start();
    const handle = await process.call("semaphoreOpen", { name: "/one", value: 1 });
    const child = await computer.fork(process);
    await take(process, handle);
    await expect(take(process, handle, true)).rejects.toThrow("Resource temporarily unavailable");
    const order: string[] = [];
    const waits = [
      take(child, handle).then(() => order.push("child")),
      take(process, handle).then(() => order.push("parent")),
    ];
    await process.call("semaphorePost", { handle, most: 1 });
    await waits[0];
    expect(order).toEqual(["child"]);
    await child.call("semaphorePost", { handle, most: 1 });
    await Promise.all(waits);
    expect(order).toEqual(["child", "parent"]);
    expect(await process.call("semaphoreValue", { handle })).toBe(0);
    await process.call("semaphorePost", { handle, most: 1 });
    await expect(process.call("semaphorePost", { handle, most: 1 })).rejects.toThrow("Value too large");
  });

  test("that nobody waits for any more is not taken", async () => {
    const { computer, process } = start();
    const handle = await process.call("semaphoreOpen", { name: "/one", value: 0 });
    const child = await computer.fork(process);
    const { id } = child.begin("semaphoreWait", { handle, noBlock: false });
    child.say({ op: "cancel", call: id });
    const dying = await computer.fork(process);
    dying.begin("semaphoreWait", { handle, noBlock: false });
    dying.say({ op: "exit", code: 0 });
    await process.call("semaphorePost", { handle, most: 9 });
    expect(await process.call("semaphoreValue", { handle })).toBe(1);
  });

  test("has a name until it is unlinked, and is there as long as somebody holds it", async () => {
    const { computer, process } = start({ semaphores: 1 });
    const other = computer.launch("other").process;
    const handle = await process.call("semaphoreOpen", { name: "/one", value: 2 });
    await expect(process.call("semaphoreOpen", { name: "/one", value: 2 })).rejects.toThrow("File exists");
    await expect(other.call("semaphoreOpen", { name: "/none" })).rejects.toThrow("No such file");
    await expect(take(other, handle)).rejects.toThrow("Invalid argument");
    expect(await other.call("semaphoreOpen", { name: "/one" })).toBe(handle);
    process.say({ op: "exit", code: 0 });
    await take(other, handle);
    await other.call("semaphoreUnlink", { name: "/one" });
    await take(other, handle);
    await expect(other.call("semaphoreOpen", { name: "/two", value: 1 })).rejects.toThrow("No space left");
    other.say({ op: "semaphoreClose", handle });
    await other.call("semaphoreOpen", { name: "/two", value: 1 });
  });
});
