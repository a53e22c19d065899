/** The labs that run in this page, for islands that stand beside one in the text. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Unsubscribe } from "../../machine/machine.ts";
import type { LabSession } from "./lab-session.ts";

const labs = new Map<string, Signal<LabSession | undefined>>();

/** The session of the lab of that name, as soon as the page has one. */
export function labSession(lab: string): ReadonlySignal<LabSession | undefined> {
  return slot(lab);
}

/** A lab has come into the page. The result takes it out again. */
export function registerLab(lab: string, session: LabSession): Unsubscribe {
  slot(lab).value = session;
  return () => {
    if (slot(lab).peek() === session) slot(lab).value = undefined;
  };
}

function slot(lab: string): Signal<LabSession | undefined> {
  const known = labs.get(lab) ?? signal(undefined);
  labs.set(lab, known);
  return known;
}
