import { MachineError } from "../../machine/machine.ts";
import { labStrings } from "../../strings/strings.ts";
import type { OpenMachine } from "./machine-lifecycle.ts";

/** Opens a machine, whose code is loaded at the first time: a page that nobody starts stays small. */
export const openMachine: OpenMachine = async (kind, options) => {
  const { open } = await loadCode();
  return open(kind, options);
};

async function loadCode(): Promise<{ open: OpenMachine }> {
  try {
    return await import("../../machine/open.ts");
  } catch {
    throw new MachineError("code-failed", {
      message: labStrings.machine.codeFailed,
      remedy: labStrings.machine.codeFailedRemedy,
    });
  }
}
