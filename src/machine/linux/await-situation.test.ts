import { afterEach, describe, expect, it, vi } from "vitest";
import type { OpeningProgress } from "../machine.ts";
import { awaitSituation } from "./await-situation.ts";

const siteRoot = new URL("https://site.example/course/");
const nginx = { snapshot: { file: "nginx.zst", size: 1 }, size: 1, touched: [] };

/** Answers each path with its answers in turn, the last one again and again; nothing is a 404. */
function site(answers: Readonly<Record<string, readonly (object | undefined)[]>>): { asked: string[] } {
  const asked: string[] = [];
  const turns = new Map<string, number>();
  vi.stubGlobal("fetch", async (url: URL) => {
    const path = url.pathname.replace("/course/machine/linux/", "");
    asked.push(`${path}${url.search}`);
    const turn = turns.get(path) ?? 0;
    turns.set(path, turn + 1);
    const answer = answers[path]?.at(Math.min(turn, (answers[path]?.length ?? 0) - 1));
    return answer ? Response.json(answer) : new Response("", { status: 404 });
  });
  return { asked };
}

function look(seen: OpeningProgress[] = [], signal?: AbortSignal) {
  return awaitSituation({ siteRoot, name: "nginx", onProgress: (progress) => seen.push(progress), signal });
}

describe("what a lab begins with", () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is taken at once where it is there", async () => {
    const { asked } = site({ "manifest.json": [{ situations: { nginx } }] });
    expect((await look()).situation).toEqual(nginx);
    expect(asked).toEqual(["manifest.json"]);
  });

  it("is missing where no server makes it", async () => {
    site({ "manifest.json": [undefined] });
    await expect(look()).rejects.toMatchObject({ cause: "image-missing" });
    site({ "manifest.json": [{ situations: {} }] });
    await expect(look()).rejects.toMatchObject({ cause: "situation-missing" });
  });

  it("is waited for while the server makes it, past a cached list", async () => {
    vi.useFakeTimers();
    const { asked } = site({
      "manifest.json": [undefined, { situations: {} }, { situations: { nginx } }],
      "preparation.json": [{ state: "preparing", step: "setting the packages up", fraction: 0.42 }],
    });
    const seen: OpeningProgress[] = [];
    const found = look(seen);
    await vi.runAllTimersAsync();
    expect((await found).situation).toEqual(nginx);
    expect(seen[0]).toEqual({ step: "Preparing Debian, 42 %: setting the packages up", fraction: 0.42 });
    expect(asked.filter((path) => path.startsWith("manifest"))).toEqual([
      "manifest.json",
      "manifest.json?look=1",
      "manifest.json?look=2",
    ]);
  });

  it("says why the server could not make it", async () => {
    site({ "manifest.json": [undefined], "preparation.json": [{ state: "failed", reason: "the disk is full." }] });
    await expect(look()).rejects.toThrow("the disk is full.");
  });

  it("looks once more when the server is done, and no longer", async () => {
    site({ "manifest.json": [undefined, { situations: { nginx } }], "preparation.json": [{ state: "done" }] });
    expect((await look()).situation).toEqual(nginx);
    site({ "manifest.json": [undefined], "preparation.json": [{ state: "done" }] });
    await expect(look()).rejects.toMatchObject({ cause: "image-missing" });
  });

  it("is given up when the lab is closed", async () => {
    site({
      "manifest.json": [undefined],
      "preparation.json": [{ state: "preparing", step: "fetching", fraction: 0 }],
    });
    const closed = new AbortController();
    const found = awaitSituation({
      siteRoot,
      name: "nginx",
      onProgress: () => closed.abort(new Error("closed")),
      signal: closed.signal,
    });
    await expect(found).rejects.toThrow("closed");
  });
});
