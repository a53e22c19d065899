import { constants } from "node:os";
import { getSystemErrorMap } from "node:util";
import { describe, expect, it } from "vitest";
import { type Errno, isErrno, errnoNumber as kernelNumber, errnoText as kernelText } from "../kernel/errno.ts";
import { emscriptenErrno, linuxErrno, linuxErrorText, linuxNumberOf } from "./errno-numbers.ts";
import { type ErrnoName, errnoTable } from "./errno-table.ts";

const isName = (name: string): name is ErrnoName => Object.hasOwn(errnoTable, name);
const names = Object.keys(errnoTable).filter(isName);

describe("errors", () => {
  it.runIf(process.platform === "linux")("have the numbers of this Linux", () => {
    const common = names.filter((name) => Object.hasOwn(constants.errno, name));
    expect(common.length).toBeGreaterThan(70);
    expect(Object.fromEntries(common.map((name) => [name, linuxNumberOf(name)]))).toMatchObject(
      Object.fromEntries(common.map((name) => [name, Reflect.get(constants.errno, name)])),
    );
    for (const [number, [name]] of getSystemErrorMap()) {
      if (isName(name)) expect([name, linuxNumberOf(name)]).toEqual([name, -number]);
    }
  });

  it("agree with the kernel's", () => {
    const kernels: Errno[] = names.filter(isErrno);
    expect(kernels.length).toBeGreaterThan(35);
    for (const name of kernels) {
      expect([name, linuxNumberOf(name), linuxErrorText(linuxNumberOf(name))]).toEqual([
        name,
        kernelNumber(name),
        kernelText(name),
      ]);
    }
  });

  it("come from Emscripten under their own name", () => {
    for (const name of names) expect(linuxErrno(emscriptenErrno(name))).toBe(linuxNumberOf(name));
    expect(linuxErrno(9999)).toBe(linuxNumberOf("EIO"));
    expect(linuxErrorText(9999)).toBe("Unknown error 9999");
  });
});
