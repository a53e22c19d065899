// @vitest-environment happy-dom
import { expect, it } from "vitest";

it("charts can be drawn in a browser whose language is none, as WebKitGTK says where the locale is C", async () => {
  Object.defineProperty(navigator, "language", { value: "C", configurable: true });
  expect(() => new Intl.NumberFormat(navigator.language)).toThrow(RangeError);
  const { RunChart } = await import("./run-chart.ts");
  expect(RunChart).toBeTypeOf("function");
  expect(navigator.language).toBe("en");
});
