import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockBuilds } from "./build-lock.ts";

let folder = "";
let said: string[] = [];
const say = (line: string) => {
  said.push(line);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process that has ended. */
function endedPid(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

/** As a build writes it. */
function leaveLock(pid: number): void {
  writeFileSync(join(folder, "building"), JSON.stringify({ pid, host: hostname() }));
}

describe("two builds at once", () => {
  it("wait for each other", async () => {
    leaveLock(process.ppid);
    const waiting = lockBuilds(folder, say);
    await expect.poll(() => said).toEqual([`another build is at work (process ${process.ppid}); waiting for it`]);
    rmSync(join(folder, "building"));
    const unlock = await waiting;
    expect(existsSync(join(folder, "building"))).toBe(true);
    unlock();
    expect(existsSync(join(folder, "building"))).toBe(false);
  });

  it("do not wait for one that was killed, and say so", async () => {
    leaveLock(endedPid());
    const unlock = await lockBuilds(folder, say);
    expect(said).toEqual(["a build before this one was interrupted; going on where it was"]);
    unlock();
  });
});
