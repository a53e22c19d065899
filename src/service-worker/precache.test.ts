import { describe, expect, it } from "vitest";
import { addressOf, cachePolicyOf, isHashed } from "./precache.ts";

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
    ["index.html", "precache"],
    ["hosting/index.html", "precache"],
    ["machine/linux/manifest.json", "precache"],
    ["machine/linux/root.0123456789ab.img.zst", "runtime"],
    ["machine/python/process-worker.js.40ade6022c93.zst.bin", "precache"],
    ["hosting/nginx.conf", "never"],
    ["_headers", "never"],
    [".htaccess", "never"],
    ["service-worker.js", "never"],
  ])("%s: %s", (path, policy) => expect(cachePolicyOf(path)).toBe(policy));
});

describe("addressOf", () => {
  it.each([
    ["index.html", "./"],
    ["lessons/01-two-servers/index.html", "lessons/01-two-servers/"],
    ["machine/frame.html", "machine/frame.html"],
  ])("%s: %s", (path, address) => expect(addressOf(path)).toBe(address));
});
