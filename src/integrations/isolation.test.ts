import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { hostFiles, isolationHeaders, needsIsolation } from "./isolation.ts";

const cases = [
  ["/lessons/01-two-servers/?machine=node", true],
  ["/some/course/embed/first-load/?a=1&machine=node#x", true],
  ["/check/node/", true],
  ["/some/course/check/node/", true],
  ["/lessons/01-two-servers/", false],
  ["/lessons/01-two-servers/?machine=python", false],
  ["/?notmachine=node", false],
] as const;

describe("needsIsolation", () => {
  it.each(cases)("%s: %s", (address, needed) => expect(needsIsolation(address)).toBe(needed));
});

describe("the service worker", () => {
  /** Runs the script in a scope of its own, and asks it for a page. */
  async function serviceWorker(address: string, mode = "navigate"): Promise<Response | undefined> {
    const listeners = new Map<string, (event: object) => void>();
    const scope = { addEventListener: (name: string, hear: (event: object) => void) => listeners.set(name, hear) };
    new Function("self", readFileSync("public/service-worker.js", "utf8"))(scope);
    vi.stubGlobal("fetch", async () => new Response("page", { headers: { "Content-Type": "text/html" } }));
    let answer: Promise<Response> | undefined;
    listeners.get("fetch")?.({
      request: { url: `https://course.example${address}`, mode },
      respondWith: (response: Promise<Response>) => {
        answer = response;
      },
    });
    return answer;
  }

  it.each(cases)("follows the same rule for %s", async (address, needed) => {
    const response = await serviceWorker(address);
    expect(response !== undefined).toBe(needed);
    if (!response) return;
    for (const [name, value] of Object.entries(isolationHeaders)) expect(response.headers.get(name)).toBe(value);
    expect(response.headers.get("Content-Type")).toBe("text/html");
    expect(await response.text()).toBe("page");
  });

  it("touches nothing but pages", async () => {
    expect(await serviceWorker("/a.js?machine=node", "no-cors")).toBeUndefined();
  });
});

describe("hostFiles", () => {
  it("names both headers for every host", () => {
    for (const text of Object.values(hostFiles())) {
      expect(text).toMatch(/Cross-Origin-Opener-Policy.*\n?.*/);
      expect(text).toContain("require-corp");
    }
  });
});
