import { describe, expect, it } from "vitest";
import { pypiAllowed } from "./pypi-allowed.ts";

describe("whether PyPI may be asked", () => {
  it("is so only where the host says so", () => {
    expect([undefined, "", "off", "on"].map(pypiAllowed)).toEqual([false, false, false, true]);
  });

  it.each(["yes", "On", "https://pypi.org"])("is not said by %s", (setting) => {
    expect(() => pypiAllowed(setting)).toThrow("Write e.g.: PUBLIC_PYPI=off");
  });
});
