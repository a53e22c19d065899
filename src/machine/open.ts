import { type Machine, MachineError, type MachineKind, type OpenOptions } from "./machine";

/** Opens a machine of the kind that a lab names. The kind's code is loaded only now. Rejects with `MachineError`. */
export async function open(kind: MachineKind, options: OpenOptions): Promise<Machine> {
  switch (kind) {
    case "python": {
      const { openPythonMachine } = await import("./python/python-machine");
      return openPythonMachine(options);
    }
    case "node": {
      const { openNodeMachine } = await import("./node/node-machine");
      return openNodeMachine(options);
    }
    case "linux":
      throw new MachineError(
        "kind-missing",
        "This build of the site has no Linux machine.",
        "Choose Python, which always works.",
      );
  }
}
