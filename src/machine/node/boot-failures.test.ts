import { describe, expect, it } from "vitest";
import { bootFailure, explainBootError, webContainerHosts } from "./boot-failures.ts";

describe("explainBootError", () => {
  it.each([
    ["Only a single WebContainer instance can be booted", "second-instance"],
    ["Unable to create more instances", "second-instance"],
    ["WebAssembly.instantiate(): Out of memory: wasm memory", "out-of-memory"],
    ["The user denied permission to use Service Worker", "cookies-blocked"],
    ["SharedArrayBuffer transfer requires self.crossOriginIsolated", "not-isolated"],
    ["Invalid client_id", "api-key-refused"],
    ["Failed to fetch", "network-blocked"],
    ["Something else", "unknown"],
  ])("takes “%s” for %s, and repeats it", (text, cause) => {
    const failure = explainBootError(new Error(text));
    expect(failure.cause).toBe(cause);
    expect(failure.message).toContain(text);
  });

  it("takes what is no error, too", () => expect(explainBootError("odd").message).toContain("odd"));
});

it("names every host to allow", () => {
  for (const host of webContainerHosts) expect(bootFailure("network-blocked").remedy).toContain(host);
});
