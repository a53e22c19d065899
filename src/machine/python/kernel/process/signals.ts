import type { SignalNumber } from "../protocol.ts";

/** The signals the kernel knows, numbered as on Linux. */
export const signals = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGWINCH: 28,
} as const;

/** The name of a signal. */
export type SignalName = keyof typeof signals;

/** What a signal does to a process that neither ignores nor handles it. */
export type DefaultAction = "terminate" | "ignore" | "stop" | "continue";

const names = new Map<SignalNumber, SignalName>();
for (const name in signals) if (isName(name)) names.set(signals[name], name);

function isName(name: string): name is SignalName {
  return Object.hasOwn(signals, name);
}

const otherActions: ReadonlyMap<SignalNumber, DefaultAction> = new Map([
  [signals.SIGCHLD, "ignore"],
  [signals.SIGWINCH, "ignore"],
  [signals.SIGCONT, "continue"],
  [signals.SIGSTOP, "stop"],
  [signals.SIGTSTP, "stop"],
  [signals.SIGTTIN, "stop"],
  [signals.SIGTTOU, "stop"],
]);

/** The name of a signal's number; undefined for a number that the kernel does not know. */
export function signalName(signal: SignalNumber): SignalName | undefined {
  return names.get(signal);
}

/** What the signal does by default. */
export function defaultAction(signal: SignalNumber): DefaultAction {
  return otherActions.get(signal) ?? "terminate";
}
