import { expect, it } from "vitest";
import { lastError } from "./last-error.ts";

const traceback = (error: string) =>
  `Traceback (most recent call last):\r\n  File "/home/student/app.py", line 1, in <module>\r\n    import numpy\r\n${error}\r\n`;

it("finds what follows the last traceback, whatever is printed after it", () => {
  const gunicorn = `[2026-11-30 10:00:00 +0000] [5] [ERROR] Exception in worker process\r\n${traceback(
    "ModuleNotFoundError: No module named 'numpy'",
  )}[2026-11-30 10:00:00 +0000] [5] [INFO] Worker exiting (pid: 5)\r\n`;
  expect(lastError(gunicorn)).toBe("ModuleNotFoundError: No module named 'numpy'");
  // The master's own, which follows from it.
  expect(lastError(gunicorn + traceback("gunicorn.errors.HaltServer: <HaltServer 'Worker failed to boot.' 3>"))).toBe(
    "ModuleNotFoundError: No module named 'numpy'",
  );
  const chained = `${traceback("KeyError: 'a'")}\r\nDuring handling of the above exception, another exception occurred:\r\n\r\n${traceback("ValueError: b")}`;
  expect(lastError(chained)).toBe("ValueError: b");
  const syntax = `Traceback (most recent call last):\n  File "app.py", line 3\n    def broken(:\n               ^\nSyntaxError: invalid syntax\n`;
  expect(lastError(syntax)).toBe("SyntaxError: invalid syntax");
});

it("finds what a command calls an error, where nothing was raised", () => {
  const flask =
    "Usage: flask run [OPTIONS]\r\nTry 'flask run --help' for help.\r\n\r\nError: Could not import 'app'.\r\n";
  expect(lastError(flask)).toBe("Error: Could not import 'app'.");
});

it("says nothing of an earlier command, of a traceback that is not whole, or of an output without errors", () => {
  expect(
    lastError(`$ flask run\r\n${traceback("KeyError: 'a'")}$ flask run\r\n * Running on port 5000\r\n`),
  ).toBeUndefined();
  expect(lastError("Traceback (most recent call last):\r\n  File")).toBeUndefined();
  expect(lastError("")).toBeUndefined();
});

it("cuts off what would fill the screen", () => {
  expect(lastError(traceback(`ValueError: ${"x".repeat(500)}`))).toHaveLength(201);
});
