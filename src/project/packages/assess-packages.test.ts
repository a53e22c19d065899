import { describe, expect, it } from "vitest";
import { readPython } from "../../tools/audit/python/python-file.ts";
import type { ProjectFile } from "../files/project-file.ts";
import { type AvailablePackage, assessPackages, installLine } from "./assess-packages.ts";
import { requirementsOf } from "./requirements.ts";
import { fits } from "./version.ts";

const text = (path: string, content: string): ProjectFile => ({ kind: "text", path, text: content });
const here: readonly AvailablePackage[] = [
  { name: "flask", version: "3.1.2", builtIn: true },
  { name: "flask-login", version: "0.6.3", builtIn: false },
];
const assessed = (files: readonly ProjectFile[]) =>
  assessPackages(
    files,
    files.flatMap((file) =>
      file.kind === "text" && file.path.endsWith(".py") ? [{ path: file.path, file: readPython(file.text) }] : [],
    ),
    here,
  );
const states = (files: readonly ProjectFile[]) => assessed(files).map(({ name, state }) => [name, state.kind]);

describe("requirementsOf", () => {
  const read = (path: string, content: string) =>
    requirementsOf([text(path, content)]).map(({ name, wanted }) => `${name}${wanted}`);

  it("reads a requirements file as pip does", () => {
    const lines = [
      "# ours",
      "Flask == 3.0.1  # pinned",
      "flask_login>=0.6,<1",
      "fastapi[standard]",
      "shop @ https://example.org/shop.whl",
      "pywin32; sys_platform == 'win32'",
      'tomli==2.0; python_version < "3.11"',
      "gunicorn==23.0.0 \\",
      "    --hash=sha256:abc",
      "-r other.txt",
      "--index-url https://example.org",
      "-e .",
      "./local",
    ];
    expect(read("requirements.txt", lines.join("\n"))).toEqual([
      "flask==3.0.1",
      "flask-login>=0.6,<1",
      "fastapi",
      "shop",
      "tomli==2.0",
      "gunicorn==23.0.0",
    ]);
  });

  it("reads pyproject.toml and Pipfile, and nothing where they are broken", () => {
    expect(read("pyproject.toml", '[project]\ndependencies = ["flask>=3", "x[y]==1"]\n')).toEqual(["flask>=3", "x==1"]);
    const poetry =
      '[tool.poetry.dependencies]\npython = "^3.12"\nflask = "^3.0"\na = { version = "1.0", extras = [] }\n';
    expect(read("pyproject.toml", poetry)).toEqual(["flask^3.0", "a1.0"]);
    expect(read("Pipfile", '[packages]\nflask = "*"\n[dev-packages]\npytest = "*"\n')).toEqual(["flask"]);
    expect(read("pyproject.toml", "[project\n")).toEqual([]);
  });
});

describe("fits", () => {
  it.each([
    ["3.1.2", "", true],
    ["3.1.2", "==3.1.2", true],
    ["3.1.2", "==3.1", false],
    ["3.1.2", "==3.1.*", true],
    ["3.1.0", "==3.1", true],
    ["3.1.2", ">=3.0,<4", true],
    ["3.1.2", "<3", false],
    ["3.1.2", "~=3.0", true],
    ["3.1.2", "~=3.0.1", false],
    ["3.1.2", "^3.0", true],
    ["0.6.3", "^0.5", false],
    ["3.1.2", "!=3.1.2", false],
    ["3.1.2", ">=three", true],
  ])("%s fits %j: %j", (version, wanted, is) => {
    expect(fits(version, wanted)).toBe(is);
  });
});

describe("assessPackages", () => {
  it("tells what is here, what is another version, what is absent, and what is native", () => {
    const requirements = text("requirements.txt", "flask==2.0.1\nFlask-Login\nnumpy\nleft-pad\nblack\n");
    expect(assessed([requirements]).map(({ name, state }) => [name, state])).toEqual([
      ["flask", { kind: "other version", version: "3.1.2", wanted: "==2.0.1", builtIn: true }],
      ["flask-login", { kind: "here", version: "0.6.3", builtIn: false }],
      ["numpy", { kind: "native", instead: "csv and statistics" }],
      ["left-pad", { kind: "absent" }],
    ]);
    expect(installLine(assessed([requirements]))).toBe("pip install flask-login");
  });

  it("does not ask for what a marker leaves out here", () => {
    const lines = 'tomli==2.0; python_version < "3.11"\nleft-pad[wide]~=1.2; sys_platform != "win32"\n';
    expect(
      assessed([text("requirements.txt", lines)]).map(({ name, wanted, extras, guessed }) => [
        name,
        wanted,
        extras,
        guessed,
      ]),
    ).toEqual([["left-pad", "~=1.2", ["wide"], false]]);
  });

  it("takes a reader's own wheel, if it runs on any computer", () => {
    const wheel = (path: string): ProjectFile => ({ kind: "bytes", path, bytes: new Uint8Array([80, 75]) });
    const files = [
      text("requirements.txt", "left-pad\nnumpy\n"),
      wheel("wheels/left_pad-1.2-py3-none-any.whl"),
      wheel("numpy-2.0.0-cp312-cp312-manylinux_2_17_x86_64.whl"),
      wheel("extra-0.1-py2.py3-none-any.whl"),
    ];
    expect(states(files)).toEqual([
      ["left-pad", "here"],
      ["numpy", "native"],
      ["extra", "here"],
    ]);
    expect(installLine(assessed(files))).toBe(
      "pip install ./wheels/left_pad-1.2-py3-none-any.whl ./extra-0.1-py2.py3-none-any.whl",
    );
  });

  it("finds what is imported and not asked for, and neither Python's own nor the project's", () => {
    const source =
      "import os, json\nimport flask_login\nfrom shop import models\nfrom . import views\nimport yaml as y\n";
    expect(
      states([text("app.py", source), text("shop/__init__.py", ""), text("shop/models.py", "import redis\n")]),
    ).toEqual([
      ["flask-login", "here"],
      ["pyyaml", "absent"],
      ["redis", "absent"],
    ]);
    expect(states([text("tests/test_app.py", "import pytest\n")])).toEqual([]);
  });
});
