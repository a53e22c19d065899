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

const files = [
  text("/home/student/tool", "#!/usr/bin/env python3\nprint()\n"),
  text("/home/student/notes", "#!/bin/sh\necho\n"),
];
const env = { PWD: "/home/student" };

describe("a command line", () => {
  test.each(["gunicorn", "/usr/local/bin/gunicorn"])("%s starts the installed script with its arguments", (name) => {
    expect(commandLine([name, "-w", "4", "app:app"], env, [])).toEqual({
      kind: "python",
      argv: ["/usr/local/bin/gunicorn", "-w", "4", "app:app"],
      run: { kind: "file", target: "/usr/local/bin/gunicorn" },
    });
  });

  test.each(["python", "python3", "python3.14", "/usr/bin/python3"])("%s is the interpreter", (name) => {
    expect(commandLine([name, "-c", "1"], env, [])).toEqual({
      kind: "python",
      argv: ["-c"],
      run: { kind: "command", target: "1" },
    });
  });

  test("./tool runs the script that its first line gives to Python, from the working directory", () => {
    expect(commandLine(["./tool", "x"], env, files)).toEqual({
      kind: "python",
      argv: ["./tool", "x"],
      run: { kind: "file", target: "/home/student/tool" },
    });
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
