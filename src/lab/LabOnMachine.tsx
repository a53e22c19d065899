/** A lab on the machine that the reader has chosen. */
import { useEffect, useMemo } from "preact/hooks";
import { onNode } from "../lab-definition/on-node.ts";
import type { LabDefinition, LabFile } from "../lab-definition/schema.ts";
import { siteRoot } from "../site-root.ts";
import { Lab } from "./Lab.tsx";
import { isolatePage } from "./session/isolation.ts";
import { addressWith, chosenMachine, type MachineChoice } from "./session/machine-choice.ts";
import type { MakeBeside } from "./side/beside-program.ts";
import { MachineSwitch } from "./view/MachineSwitch.tsx";

/** What a page gives to a lab that may be offered on several machines. */
export interface LabOnMachineProps {
  /** Name of the lab's folder. */
  readonly name: string;
  readonly definition: LabDefinition;
  readonly files: readonly LabFile[];
  readonly nodeFiles: readonly LabFile[];
  /** Makes the programs beside its servers. Left out: there are none. */
  readonly makeBeside?: MakeBeside;
  /** Names of the plans that were recorded, on the machine that its author chose. */
  readonly recorded?: readonly string[];
  /** The plan whose recorded run plays in the lanes until something starts, on that machine. */
  readonly plays?: string;
}

/**
 * The lab as its author wrote it, or its variant for Node. Without a variant there is no choice, and nothing else
 * differs.
 */
export function LabOnMachine({
  name,
  definition,
  files,
  nodeFiles,
  makeBeside,
  recorded = [],
  plays,
}: LabOnMachineProps) {
  const { node, machine: own } = definition;
  const { choice, inAddress } = useMemo(() => chosenMachine(own), [own]);
  const chosen = node === undefined ? own : choice;
  const given = { ...(makeBeside && { makeBeside }), ...(plays !== undefined && chosen === own && { plays }) };
  const ofNode = useMemo(() => onNode(definition), [definition]);
  useIsolation(chosen, inAddress);
  if (node === undefined)
    return <Lab name={name} definition={definition} files={files} recorded={recorded} {...given} />;
  return (
    <Lab
      key={chosen}
      name={name}
      definition={chosen === "node" ? ofNode : definition}
      files={chosen === "node" ? nodeFiles : files}
      recorded={chosen === "node" ? [] : recorded}
      {...given}
      tools={<MachineSwitch own={own} chosen={chosen} />}
    />
  );
}
export default LabOnMachine;

/** A page on Node says so in its address, by which the service worker and hosts know it. */
function useIsolation(chosen: MachineChoice, inAddress: boolean): void {
  useEffect(() => {
    if (chosen !== "node") return;
    if (inAddress) void isolatePage(siteRoot());
    else location.replace(addressWith("node"));
  }, [chosen, inAddress]);
}
