import type { Machine, MachineKind, OpenOptions } from "./machine.ts";

/** Opens a machine of the kind that a lab names. The kind's code is loaded only now. Rejects with `MachineError`. */
export async function open(kind: MachineKind, options: OpenOptions): Promise<Machine> {
  switch (kind) {
    case "python": {
      const { openPythonMachine } = await import("./python/page/python-machine.ts");
      return openPythonMachine(options);
    }
    case "node": {
      const { openNodeMachine } = await import("./node/node-machine.ts");
      return openNodeMachine(options);
    }
    case "linux": {
      const { openLinuxMachine } = await import("./linux/linux-machine.ts");
      return openLinuxMachine(options);
    }
  }
}
