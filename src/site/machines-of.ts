import type { LabDefinition } from "../lab-definition/schema.ts";

/** The machines that a lab can be run on in this build, the author's first. */
export function machinesOf({ machine, node }: LabDefinition): readonly LabDefinition["machine"][] {
  return node === undefined || import.meta.env.PUBLIC_NODE_MACHINE === "off" ? [machine] : [machine, "node"];
}
