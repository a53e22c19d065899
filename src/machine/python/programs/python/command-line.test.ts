import { describe, expect, test } from "vitest";
import type { FileEntry } from "../../kernel/protocol.ts";
import { commandLine } from "./command-line.ts";

const text = (path: string, content: string): FileEntry => ({
  inode: 1,
  path,
  type: "file",
  mode: 0o755,
  mtime: 0,
  atime: 0,
  content: new TextEncoder().encode(content),
});

const link = (path: string, target: string): FileEntry => ({
  inode: 2,
  path,
  type: "symlink",
  mode: 0o777,
  mtime: 0,
  atime: 0,
  target,
});

const files = [
  text("/home/student/tool", "#!/usr/bin/env python3\nprint()\n"),
  text("/home/student/notes", "#!/bin/sh\necho\n"),
];
const env = { PWD: "/home/student" };

describe("a command line", () => {
  test.each(["gunicorn", "/usr/local/bin/gunicorn"])("%s starts the installed script with its arguments", (name) => {
    expect(commandLine([name, "-w", "4", "app:app"], env, [])).toEqual({
      kind: "python",
      executable: "/usr/local/bin/python",
      argv: ["/usr/local/bin/gunicorn", "-w", "4", "app:app"],
      run: { kind: "file", target: "/usr/local/bin/gunicorn" },
    });
  });

  test.each(["python", "python3", "python3.14", "/usr/bin/python3"])("%s is the interpreter", (name) => {
    expect(commandLine([name, "-c", "1"], env, [])).toEqual({
      kind: "python",
      executable: "/usr/local/bin/python",
      argv: ["-c"],
      run: { kind: "command", target: "1" },
    });
  });

  test("./tool runs the script that its first line gives to Python, from the working directory", () => {
    expect(commandLine(["./tool", "x"], env, files)).toEqual({
      kind: "python",
      executable: "/usr/local/bin/python",
      argv: ["./tool", "x"],
      run: { kind: "file", target: "/home/student/tool" },
    });
  });

  test("a script that pip has installed is found on PATH, and run by the interpreter that its first line names", () => {
    const installed = [
      text("/usr/local/bin/uvicorn", "#!/usr/local/bin/python3.14\nimport sys\n"),
      text("/home/student/.venv/bin/uvicorn", "#!/home/student/.venv/bin/python\nimport sys\n"),
      link("/home/student/.venv/bin/python", "/usr/local/bin/python"),
      link("/home/student/.venv/bin/python3", "python"),
    ];
    expect(commandLine(["uvicorn", "app:app"], env, installed)).toEqual({
      kind: "python",
      executable: "/usr/local/bin/python",
      argv: ["/usr/local/bin/uvicorn", "app:app"],
      run: { kind: "file", target: "/usr/local/bin/uvicorn" },
    });
    const activated = { ...env, PATH: "/home/student/.venv/bin:/usr/local/bin" };
    const venv = { executable: "/home/student/.venv/bin/python" };
    expect(commandLine(["uvicorn"], activated, installed)).toMatchObject(venv);
    expect(commandLine(["python", "x.py"], activated, installed)).toMatchObject(venv);
    expect(commandLine([".venv/bin/python3"], env, installed)).toMatchObject({ executable: `${venv.executable}3` });
    expect(commandLine(["flask"], activated, installed)).toMatchObject({ executable: "/usr/local/bin/python" });
  });

  test("links that lead in a circle, and an interpreter that is gone, end with an error", () => {
    const circle = [
      link("/home/student/a", "b"),
      link("/home/student/b", "a"),
      text("/home/student/c", "#!/gone/python\n"),
    ];
    expect(commandLine(["./a"], env, circle)).toMatchObject({ kind: "unknown", exitCode: 127 });
    expect(commandLine(["./c"], env, circle)).toMatchObject({ message: expect.stringContaining("bad interpreter") });
  });

  test.each([
    [["nonesuch"], "nonesuch: command not found", 127],
    [["tool"], "tool: command not found", 127],
    [["python2"], "python2: command not found", 127],
    [["./none"], "./none: No such file or directory", 127],
    [["/opt/bin/gunicorn"], "/opt/bin/gunicorn: No such file or directory", 127],
  ])("%j is said to be missing", (argv, message, exitCode) => {
    expect(commandLine(argv, env, files)).toEqual({ kind: "unknown", message, exitCode });
  });

  test("a script of another language is refused", () => {
    expect(commandLine(["./notes"], env, files)).toMatchObject({ kind: "unknown", exitCode: 126 });
  });
});
