import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, it } from "vitest";
import { runOnWebAssembly } from "./package-archive.ts";

const wheel = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));

it("a wheel with native code for another platform goes on without it, for any platform", () => {
  const { name, bytes } = runOnWebAssembly(
    "markupsafe-3.0.4-cp314-cp314-manylinux_2_17_x86_64.whl",
    wheel({
      "markupsafe/__init__.py": "x = 1\n",
      "markupsafe/_speedups.so": "code",
      "markupsafe-3.0.4.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp314-cp314-linux\n",
      "markupsafe-3.0.4.dist-info/METADATA": "Name: MarkupSafe\nVersion: 3.0.4\n\nA page.\n",
    }),
  );
  expect(name).toBe("markupsafe-3.0.4-py3-none-any.whl");
  const files = unzipSync(bytes);
  expect(Object.keys(files).sort()).toEqual([
    "markupsafe-3.0.4.dist-info/METADATA",
    "markupsafe-3.0.4.dist-info/WHEEL",
    "markupsafe/__init__.py",
  ]);
  expect(strFromU8(files["markupsafe-3.0.4.dist-info/WHEEL"] ?? new Uint8Array())).toBe(
    "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
  );
});

it("native code for WebAssembly stays, and the wheel's name", () => {
  const file = "core-1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl";
  const { name, bytes } = runOnWebAssembly(file, wheel({ "core/_core.so": "code", "core/py.typed": "" }));
  expect([name, Object.keys(unzipSync(bytes))]).toEqual([file, ["core/_core.so"]]);
});

it("the same wheel makes the same bytes", () => {
  const bytes = wheel({ "b.py": "1", "a.py": "2" });
  const twice = [1, 2].map(() => runOnWebAssembly("a-1-py3-none-any.whl", bytes).bytes);
  expect(twice[0]).toEqual(twice[1]);
});
