import type { Component } from "../machine.ts";

/** The parts of the Node machine with the labels that they wear on screen. */
export function nodeComponents(version: string): readonly Component[] {
  return [
    {
      name: "Node",
      version,
      truth: "replaced",
      note: "StackBlitz's WebContainer: Node's own library on an operating system and network written for the page.",
    },
    { name: "The lab's servers", truth: "real", note: "Plain Node programs: the same files run on any computer." },
    {
      name: "Process table",
      truth: "replaced",
      note: "WebContainer has none. A script of ours, loaded before each program with --require, reports its process.",
    },
  ];
}
