import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { withLinuxErrors } from "./linux-errors-in-wasm.ts";

const interpreter = readFileSync(new URL("../node_modules/pyodide/pyodide.asm.wasm", import.meta.url));

it("changes the interpreter in two functions, and it stays valid", () => {
  const changed = withLinuxErrors(interpreter);
  expect(WebAssembly.validate(changed)).toBe(true);
  expect(Math.abs(changed.length - interpreter.length)).toBeLessThan(200);
});

it("refuses what is not as expected", () => {
  expect(() => withLinuxErrors(withLinuxErrors(interpreter))).toThrow("reads errno in 0 places");
  expect(() => withLinuxErrors(interpreter.subarray(0, 5000))).toThrow("ends too early");
});
