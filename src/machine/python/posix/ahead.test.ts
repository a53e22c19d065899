import { expect, it } from "vitest";
import { LayeredPython } from "../../../../testing/posix-layer/interpreter.ts";

it("among a program's modules is no object of JavaScript, and js can be imported", async () => {
  const python = await LayeredPython.start();
  python.attach({});
  const seen = python.run(`
import sys
from posix_layer import ahead
def strangers():
    return [name for name, module in sys.modules.items() if not isinstance(module, type(sys))]
before = strangers()
ahead.put_aside()
between = strangers()
import js
greatest = js.Math.max(1, 2)
ahead.put_aside()
[before, between, greatest, strangers()]`);
  // The first is what Pyodide has there: without it the test would show nothing.
  expect(seen).toEqual([expect.arrayContaining(["pyodide_js"]), [], 2, []]);
}, 60_000);
