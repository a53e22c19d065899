import { constants } from "node:os";
import { expect, test } from "vitest";
import { signalNumbers } from "../../host-types.ts";
import { errnoNumber, errnoText, SyscallError } from "./errno.ts";
import { signalName } from "./process/signals.ts";

test("errors are numbered and named as on Linux", () => {
  expect(errnoNumber("EADDRINUSE")).toBe(98);
  expect(errnoText("EADDRINUSE")).toBe("Address already in use");
  expect(new SyscallError("ECHILD").message).toBe("No child processes");
  if (process.platform === "linux") {
    for (const name of ["EAGAIN", "EPIPE", "ECONNRESET", "ETIMEDOUT", "ENOTSOCK", "EDEADLK", "ELOOP"] as const) {
      expect(errnoNumber(name)).toBe(constants.errno[name]);
    }
  }
});

test("signals are numbered as on Linux", () => {
  for (const [name, number] of Object.entries(signalNumbers)) expect(signalName(number)).toBe(name);
  expect(signalName(99)).toBeUndefined();
  if (process.platform === "linux") expect(constants.signals).toMatchObject(signalNumbers);
});
