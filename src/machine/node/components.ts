import { nodeMachineStrings } from "../../strings/strings.ts";
import type { Component } from "../machine.ts";

const words = nodeMachineStrings.components;

/** The parts of the Node machine with the labels that they wear on screen. */
export function nodeComponents(version: string): readonly Component[] {
  return [
    {
      name: "Node",
      version,
      fidelity: "replaced",
      note: words.node,
    },
    { ...words.servers, fidelity: "real" },
    { ...words.processTable, fidelity: "replaced" },
  ];
}
