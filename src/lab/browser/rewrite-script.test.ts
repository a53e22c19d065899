import { describe, expect, it } from "vitest";
import { rewriteScript } from "./rewrite-script.ts";

describe("a script for the pane", () => {
  it.each([
    ["location = '/a'", "paneLocation = '/a'"],
    [
      "window.location.href = x; document.location.reload()",
      "window.paneLocation.href = x; document.paneLocation.reload()",
    ],
    ["self.location.replace(location.pathname + `a`)", "self.paneLocation.replace(paneLocation.pathname + `a`)"],
    ["go({ location: 1 }).location; // location", "go({ location: 1 }).location; // location"],
    ["'location'; /location/; user.location = 2", "'location'; /location/; user.location = 2"],
    ["const f = (location) => location + window.location", "const f = (location) => location + window.paneLocation"],
    [
      "class A { location = 1; b() { return this.location } }",
      "class A { location = 1; b() { return this.location } }",
    ],
    [
      "if (typeof location === 'object') new URL('/x', location)",
      "if (typeof paneLocation === 'object') new URL('/x', paneLocation)",
    ],
    ["location.href = 'a' +", "paneLocation.href = 'a' +"],
    ["relocation.allocation()", "relocation.allocation()"],
  ])("%s", async (code, expected) => {
    expect(await rewriteScript(code)).toBe(expected);
  });
});
