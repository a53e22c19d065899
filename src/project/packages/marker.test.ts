import { describe, expect, it } from "vitest";
import { LayeredPython } from "../../../testing/posix-layer/interpreter.ts";
import { readDependency, specifierOf } from "./dependency.ts";
import { machineEnvironment, markerHolds } from "./marker.ts";

describe("markerHolds", () => {
  it.each([
    ["", true],
    ['python_version >= "3.9"', true],
    ['python_version < "3.11"', false],
    ["python_full_version<'3.14.1' and python_version=='3.14'", true],
    ['sys_platform == "win32"', false],
    ["sys_platform != 'win32' and (os_name == 'nt' or implementation_name == 'cpython')", true],
    ['platform_python_implementation == "PyPy" or python_version < "3"', false],
    ['"win" in sys_platform', false],
    ['sys_platform not in "linux darwin"', true],
    ["python_implementation == 'CPython'", true],
    ['extra == "cache"', false],
    ["python_version ~= '3.10'", true],
    ["python_version == '3.*'", true],
  ])("%j: %j", (marker, holds) => expect(markerHolds(marker)).toBe(holds));

  it("asks for what an extra needs, by any of its spellings", () => {
    expect(markerHolds('extra == "Socks_Proxy" and python_version >= "3"', ["other", "socks-proxy"])).toBe(true);
    expect(markerHolds('extra == "cache"', ["other"])).toBe(false);
  });

  it.each([
    ["python_version"],
    ['python_version >= "3" or'],
    ['(python_version >= "3"'],
    ['colour == "red"'],
    ['python_version => "3"'],
    ["os_name == `posix`"],
    ["(".repeat(3000)],
  ])("does not guess what %j says", (marker) => expect(markerHolds(marker)).toBeUndefined());

  it("knows of the machine what its Python says", async () => {
    const python = await LayeredPython.start();
    const said = python.run(`
import os, platform, sys
{"python_version": "%d.%d" % sys.version_info[:2], "os_name": os.name, "sys_platform": sys.platform, "platform_system": platform.system(), "platform_machine": platform.machine(), "platform_python_implementation": platform.python_implementation(), "implementation_name": sys.implementation.name}`);
    expect(Object.keys(said ?? {})).toHaveLength(7);
    expect(Object.fromEntries(machineEnvironment)).toMatchObject(said ?? {});
  }, 60_000);
});

describe("readDependency", () => {
  it.each([
    ["requests", "requests", [], "", ""],
    ["Flask_Login (>=0.6,<1)", "flask-login", [], ">=0.6,<1", ""],
    [
      "uvicorn[standard, Http.Tools] >= 0.20 ; extra == 'all'",
      "uvicorn",
      ["standard", "http-tools"],
      ">=0.20",
      " extra == 'all'",
    ],
  ])("%s", (line, name, extras, specifier, marker) => {
    expect(readDependency(line)).toEqual({ name, extras, specifier, marker });
  });

  it("tells what comes from an address of its own", () => {
    expect(readDependency('shop @ https://example.org/shop.zip ; python_version > "3"')).toEqual({
      name: "shop",
      extras: [],
      specifier: "",
      marker: ' python_version > "3"',
      address: "https://example.org/shop.zip",
    });
  });

  it.each(["", "-e .", "a>=b", "name-", "a b", `a${"b".repeat(5000)}`])("takes %j for none", (line) => {
    expect(readDependency(line)).toBeUndefined();
  });
});

describe("specifierOf", () => {
  it.each([
    ["", ""],
    ["*", ""],
    [">=3,<4", ">=3,<4"],
    ["==1.0.*", "==1.0.*"],
    ["1.0", "==1.0"],
    ["1.*", "==1.*"],
    ["^1.2.3", ">=1.2.3,<2"],
    ["^0.2.3", ">=0.2.3,<0.3"],
    ["^0.0.3", ">=0.0.3,<0.0.4"],
    ["^0", ">=0,<1"],
    ["~1.2.3", ">=1.2.3,<1.3"],
    ["~1", ">=1,<2"],
    ["three", undefined],
    ["^1 || ^2", undefined],
  ])("%j: %j", (wanted, specifier) => expect(specifierOf(wanted)).toBe(specifier));
});
