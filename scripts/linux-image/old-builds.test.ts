import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { forgetOldBuilds } from "./old-builds.ts";

let cache = "";
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "builds-"));
});
afterEach(() => rmSync(cache, { recursive: true }));

/** A build that was last used so many days ago. */
function build(kind: string, letter: string, days: number): string {
  const folder = join(cache, `${kind}-${letter.repeat(16)}`);
  mkdirSync(folder);
  const used = new Date(Date.now() - days * 86_400_000);
  utimesSync(folder, used, used);
  return folder;
}

it("keeps what is in use and one of each kind to go back to", () => {
  const oldButInUse = build("disc", "a", 30);
  const newer = build("disc", "b", 2);
  const between = build("disc", "c", 10);
  const kernel = build("kernel", "d", 90);
  const situations = [build("situation-nginx", "e", 50), build("situation-uwsgi", "f", 50)];
  expect(forgetOldBuilds(cache, [oldButInUse, join(cache, `disc-${"9".repeat(16)}`)])).toEqual([
    between.slice(cache.length + 1),
  ]);
  for (const folder of [oldButInUse, newer, kernel, ...situations]) expect(existsSync(folder)).toBe(true);
  expect(existsSync(between)).toBe(false);
});

it("leaves alone what is no build", () => {
  mkdirSync(join(cache, "notes"));
  for (const [at, letter] of [..."abc"].entries()) build("kernel", letter, at);
  forgetOldBuilds(cache, []);
  expect(readdirSync(cache).sort()).toEqual([`kernel-${"a".repeat(16)}`, `kernel-${"b".repeat(16)}`, "notes"]);
});
