import { describe, expect, test } from "vitest";
import { interpreterOptions, pythonCommandLine } from "./python.ts";

describe("python's own arguments", () => {
  test.each<[string[], string, string | boolean, string[]]>([
    [["app.py", "-x", "--y=1"], "file", "app.py", ["app.py", "-x", "--y=1"]],
    [["-u", "app.py"], "file", "app.py", ["app.py"]],
    [["-c", "print(1)", "-x"], "command", "print(1)", ["-c", "-x"]],
    [["-cprint(1)", "a"], "command", "print(1)", ["-c", "a"]],
    [["-uc", "print(1)"], "command", "print(1)", ["-c"]],
    [["-m", "http.server", "8000"], "module", "http.server", ["-m", "8000"]],
    [["-umhttp.server"], "module", "http.server", ["-m"]],
    [["-W", "ignore", "app.py"], "file", "app.py", ["app.py"]],
    [["-Wignore", "app.py"], "file", "app.py", ["app.py"]],
    [["-X", "dev", "-m", "flask"], "module", "flask", ["-m"]],
    [["-", "a"], "stdin", "", ["-", "a"]],
    [[], "stdin", "", [""]],
    [["-i"], "stdin", "", [""]],
    [["--version"], "version", false, []],
    [["-V"], "version", false, []],
    [["-VV"], "version", true, []],
  ])("%j runs a %s", (args, kind, target, argv) => {
    expect(pythonCommandLine(args)).toEqual({ kind: "python", argv, run: { kind, target } });
  });

  test.each<[string[], string[]]>([
    [
      ["-uBc", "print(1)", "-x"],
      ["u", "B"],
    ],
    [
      ["-W", "error", "-Xdev", "-O", "-m", "flask", "-X", "y"],
      ["Werror", "Xdev", "O"],
    ],
    [["app.py", "-u"], []],
    [["-Wignore", "app.py", "-W", "x"], ["Wignore"]],
    [
      ["-W", "error", "-uW", "default::UserWarning", "-c", "1"],
      ["Werror", "u", "Wdefault::UserWarning"],
    ],
  ])("%j has options %j", (args, options) => {
    expect(interpreterOptions(args)).toEqual(options);
  });

  test.each<[string[], RegExp]>([
    [["-Z"], /^Unknown option: -Z\nusage: python /],
    [["--wat"], /^unknown option --wat\nusage: python /],
    [["-c"], /^Argument expected for the -c option\nusage: python /],
    [["-um"], /^Argument expected for the -m option\nusage: python /],
  ])("%j is refused with the usage and exit code 2", (args, message) => {
    expect(pythonCommandLine(args)).toEqual({ kind: "unknown", message: expect.stringMatching(message), exitCode: 2 });
  });
});
