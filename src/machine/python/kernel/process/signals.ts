import { type Signal, signalNumbers } from "../../../host-types.ts";
import type { SignalNumber } from "../protocol.ts";

/** What a signal does to a process that neither ignores nor handles it. */
export type DefaultAction = "terminate" | "ignore" | "stop" | "continue";

const names = new Map<SignalNumber, Signal>();
for (const name in signalNumbers) if (isName(name)) names.set(signalNumbers[name], name);

function isName(name: string): name is Signal {
  return Object.hasOwn(signalNumbers, name);
}

const otherActions: ReadonlyMap<SignalNumber, DefaultAction> = new Map([
  [signalNumbers.SIGCHLD, "ignore"],
  [signalNumbers.SIGWINCH, "ignore"],
  [signalNumbers.SIGCONT, "continue"],
  [signalNumbers.SIGSTOP, "stop"],
  [signalNumbers.SIGTSTP, "stop"],
  [signalNumbers.SIGTTIN, "stop"],
  [signalNumbers.SIGTTOU, "stop"],
]);

/** The name of a signal's number; undefined for a number that the kernel does not know. */
export function signalName(signal: SignalNumber): Signal | undefined {
  return names.get(signal);
}

/** What the signal does by default. */
export function defaultAction(signal: SignalNumber): DefaultAction {
  return otherActions.get(signal) ?? "terminate";
}
