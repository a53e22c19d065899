import { describe, expect, it } from "vitest";
import { addressOf, isHashed, keepingOf } from "./precache.ts";

describe("isHashed", () => {
  it.each([
    ["_astro/Lab.D1GEs9sn.js", true],
    ["_astro/print.ehPL0gv-.css", true],
    ["machine/python/pyodide.asm.wasm.cc36e3cab04f.zst.bin", true],
    ["machine/python/manifest.json", false],
    ["machine/frame.html", false],
    ["favicon.svg", false],
    ["pagefind/pagefind.js", false],
  ])("%s: %s", (path, hashed) => expect(isHashed(path)).toBe(hashed));
});

describe("keepingOf", () => {
  it.each([
    ["index.html", "before use"],
    ["hosting/index.html", "before use"],
    ["machine/linux/manifest.json", "before use"],
    ["machine/linux/root.0123456789ab.img.zst", "on use"],
    ["machine/python/process-worker.js.40ade6022c93.zst.bin", "before use"],
    ["hosting/nginx.conf", "never"],
    ["_headers", "never"],
    [".htaccess", "never"],
    ["service-worker.js", "never"],
  ])("%s: %s", (path, keeping) => expect(keepingOf(path)).toBe(keeping));
});

describe("addressOf", () => {
  it.each([
    ["index.html", "./"],
    ["lessons/01-two-servers/index.html", "lessons/01-two-servers/"],
    ["machine/frame.html", "machine/frame.html"],
  ])("%s: %s", (path, address) => expect(addressOf(path)).toBe(address));
});
