import { describe, expect, it } from "vitest";
import {
  belongsInBundle,
  belongsInWheel,
  headersOf,
  licenceOf,
  modulesOf,
  packageOfMetadata,
  readWheelName,
} from "./wheel.ts";

describe("belongsInBundle", () => {
  it.each([
    "flask/app.py",
    "flask/testing.py",
    "werkzeug/debug/shared/style.css",
    "flask-3.1.3.dist-info/METADATA",
    "gunicorn-27.0.1.dist-info/entry_points.txt",
    "gunicorn-27.0.1.dist-info/licenses/LICENSE",
  ])("keeps %s", (path) => expect(belongsInBundle(path)).toBe(true));

  it.each([
    "markupsafe/_speedups.c",
    "markupsafe/_speedups.cpython-314-x86_64-linux-gnu.so",
    "markupsafe/_speedups.pyi",
    "markupsafe/",
    "flask/py.typed",
    "a/tests/test_b.py",
    "a/__pycache__/b.pyc",
    "flask-3.1.3.dist-info/RECORD",
    "flask-3.1.3.dist-info/WHEEL",
  ])("leaves out %s", (path) => expect(belongsInBundle(path)).toBe(false));
});

describe("names and versions", () => {
  it("reads a wheel's file name", () => {
    expect(readWheelName("markupsafe-3.0.4-cp314-cp314-any.whl")).toEqual({ name: "markupsafe", version: "3.0.4" });
  });

  it("reads METADATA", () => {
    expect(packageOfMetadata("Metadata-Version: 2.4\nName: Flask\nVersion: 3.1.3\n\nVersion: no\n")).toEqual({
      name: "Flask",
      version: "3.1.3",
    });
  });
});

it("keeps the headers of a description, and not the page below them", () => {
  expect(headersOf("Name: flask\nVersion: 3.1.3\n\n# Flask\n\nName: other\n")).toBe("Name: flask\nVersion: 3.1.3\n\n");
});

describe("a wheel of the archive", () => {
  it.each([
    "django/test/client.py",
    "pydantic_core/_core.so",
    "a/tests/data.json",
    "a-1.dist-info/RECORD",
    "de/django.mo",
  ])("keeps %s", (path) => expect(belongsInWheel(path)).toBe(true));

  it.each(["a/", "a/_speedups.c", "a/b.pyi", "a/py.typed", "a/__pycache__/b.cpython-312.pyc", "de/django.po"])(
    "leaves out %s",
    (path) => expect(belongsInWheel(path)).toBe(false),
  );
});

it.each([
  ["License-Expression: MIT\nLicense: no\n", "MIT"],
  ["License: BSD-3-Clause\n", "BSD-3-Clause"],
  [`License: ${"whole text ".repeat(20)}\nClassifier: License :: OSI Approved :: MIT License\n`, "MIT License"],
  ["Name: a\n", "in the package"],
])("the licence in %j is %s", (metadata, licence) => expect(licenceOf(metadata)).toBe(licence));

it("names the modules that a package is imported by", () => {
  const paths = [
    "flask_login/__init__.py",
    "flask_login-1.dist-info/METADATA",
    "bottle.py",
    "bottle-1.data/scripts/bottle.py",
    "_native.cpython-314-wasm32-emscripten.so",
    "docs/index.rst",
  ];
  expect(modulesOf(paths)).toEqual(["_native", "bottle", "flask_login"]);
});
