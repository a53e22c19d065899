/**
 * Which machine a lab runs on: the reader's choice, in the page's address (`?machine=node`), so that it can be linked
 * to. What the reader has chosen with the switch is remembered for the next lab. An address is not remembered: anybody
 * can have written it.
 */

import { keptName } from "../../kept-names.ts";
import { siteRoot } from "../../site-root.ts";
import { isFramed } from "./isolation.ts";

/** The machines that a reader can choose from. */
export const machineChoices = ["python", "node", "linux"] as const;

/** One of them. */
export type MachineChoice = (typeof machineChoices)[number];

const parameter = "machine";
const storageName = "two-servers:machine";
/** Under this name older versions kept choices that came from addresses as well. */
const unsureKey = "two-servers: machine";

/** The address of this page with that machine chosen. */
export function addressWith(choice: MachineChoice, page = location.href): string {
  const url = new URL(page);
  url.searchParams.set(parameter, choice);
  return url.href;
}

/**
 * What the address says, and what was remembered where it says nothing: Node, or the machine that the lab is written
 * for. In a frame of another page nothing is remembered: Node could not run there.
 */
export function chosenMachine(own: MachineChoice): { readonly choice: MachineChoice; readonly inAddress: boolean } {
  const asked = choiceOf(new URL(location.href).searchParams.get(parameter));
  const wanted = asked ?? (isFramed() ? undefined : choiceOf(remembered()));
  return { choice: wanted === "node" ? "node" : own, inAddress: asked !== undefined };
}

/**
 * Remembers a choice that the reader has made with the switch. Where nothing can be stored, it holds for this address
 * only.
 */
export function remember(choice: MachineChoice): void {
  try {
    localStorage.setItem(keptName(storageName, siteRoot()), choice);
  } catch {
    // Storage is blocked, e.g. in a frame of another site.
  }
}

function remembered(): string | null {
  try {
    localStorage.removeItem(unsureKey);
    return localStorage.getItem(keptName(storageName, siteRoot()));
  } catch {
    return null;
  }
}

function choiceOf(text: string | null): MachineChoice | undefined {
  return machineChoices.find((choice) => choice === text);
}
