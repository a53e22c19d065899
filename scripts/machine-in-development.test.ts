import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { haveChanged, type MadeMachine } from "./machine-image.ts";
import { NewestMachine } from "./machine-in-development.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "newest-machine-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A machine of one source, with a manifest and a part that say how often it was made. */
async function newestOf(source: string) {
  const path = join(folder, source);
  await writeFile(path, "");
  await setTime(path, -60);
  await setTime(folder, -60);
  let times = 0;
  let mistake: string | undefined;
  const makeMachine = async (): Promise<MadeMachine> => {
    times += 1;
    if (mistake !== undefined) throw new Error(mistake);
    const files = new Map([
      ["python/manifest.json", new Uint8Array([times])],
      [`python/part.${times}.zst.bin`, new Uint8Array([times])],
    ]);
    return { files, sources: new Set([path]), summary: "" };
  };
  const newest = new NewestMachine({ makeMachine, posixFolder: folder, haveChanged });
  return {
    path,
    newest,
    manifest: () => newest.file("python/manifest.json"),
    fail: (message: string | undefined) => {
      mistake = message;
    },
  };
}

/** Says when a file was written, in seconds from now. */
async function setTime(path: string, seconds: number): Promise<void> {
  const at = Date.now() / 1000 + seconds;
  await utimes(path, at, at);
}

describe("the newest machine", () => {
  test("is made once as long as nothing changes", async () => {
    const { manifest } = await newestOf("kernel.ts");
    expect(await manifest()).toEqual(new Uint8Array([1]));
    expect(await manifest()).toEqual(new Uint8Array([1]));
  });

  test("is made again when a source was written, and only when its manifest is asked for", async () => {
    const { manifest, newest, path } = await newestOf("kernel.ts");
    await manifest();
    await setTime(path, 1);
    expect(await newest.file("python/part.1.zst.bin")).toEqual(new Uint8Array([1]));
    expect(await manifest()).toEqual(new Uint8Array([2]));
    expect(await newest.file("python/part.2.zst.bin")).toEqual(new Uint8Array([2]));
  });

  test("is made again when a module has come into the layer's folder, or gone", async () => {
    const { manifest } = await newestOf("_socket.py");
    await manifest();
    await writeFile(join(folder, "_new.py"), "");
    expect(await manifest()).toEqual(new Uint8Array([2]));
  });

  test("says a mistake until it is mended", async () => {
    const { manifest, path, fail } = await newestOf("kernel.ts");
    await manifest();
    fail("line 1: no such name");
    await setTime(path, 1);
    await expect(manifest()).rejects.toThrow("line 1: no such name");
    await expect(manifest()).rejects.toThrow("line 1: no such name");
    fail(undefined);
    expect(await manifest()).toEqual(new Uint8Array([4]));
  });

  test("knows what it is made of", async () => {
    const { manifest, newest, path } = await newestOf("kernel.ts");
    await manifest();
    expect(newest.isMadeOf(path)).toBe(true);
    expect(newest.isMadeOf(join(folder, "_new.py"))).toBe(true);
    expect(newest.isMadeOf(join(folder, "README.md"))).toBe(false);
  });
});
