import { expect, test } from "vitest";
import { ScriptedComputer } from "./testing/computer.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("every host has its own system files, also after it was put back, and the page's list does not name them", () => {
  const { host } = new ScriptedComputer();
  expect(text(host.readFile("/etc/passwd"))).toMatch(
    /^root:x:0:0:.*\nstudent:x:1000:1000:.*:\/home\/student:\/bin\/sh\n$/,
  );
  expect(text(host.readFile("/etc/hostname"))).toBe(`${host.name}\n`);
  host.writeFile("/etc/motd", "hello");
  host.writeFile("/etc/hosts", "");
  expect(host.listFiles("/etc")).toEqual(["/etc/motd"]);
  host.restoreFiles();
  expect(host.listFiles("/etc")).toEqual(["/etc/motd"]);
  expect(text(host.readFile("/etc/group"))).toContain("student:x:1000:");
});
