import type { Machine, MachineKind, OpenOptions } from "./machine";
import { openPythonMachine } from "./python/python-machine";

/**
 * Opens a machine of the kind that a lab names. Rejects with `MachineError`. The Python machine's code, which is small and what most labs want, comes
 * along with this; that of the others is loaded only now.
 */
export async function open(kind: MachineKind, options: OpenOptions): Promise<Machine> {
  switch (kind) {
    case "python":
      return openPythonMachine(options);
    case "node": {
      const { openNodeMachine } = await import("./node/node-machine");
      return openNodeMachine(options);
    }
    case "linux": {
      const { openLinuxMachine } = await import("./linux/linux-machine");
      return openLinuxMachine(options);
    }
  }
}
