/** A side's state as a sentence. */

import type { Port } from "../../machine/machine.ts";
import { labStrings } from "../../strings/strings.ts";
import { countUp, type Workforce } from "../command/workforce.ts";
import type { SidePhase } from "./server-phase.ts";

/** What a side's sentence is about. */
export interface SideState {
  readonly phase: SidePhase;
  readonly port: Port | undefined;
  /** All ports on which something listens. Left out: no other than `port`. */
  readonly ports?: readonly Port[];
  /** The port on which the command has its server listen. Left out: that cannot be told. */
  readonly named?: Port;
  /** How many workers the command asks for. Left out: it does not say. */
  readonly expected?: number;
  readonly workforce: Workforce;
  readonly commandChanged: boolean;
  readonly edited: boolean;
  /** The last error that the terminal shows. Left out: there is none. */
  readonly error?: string;
  /** The lanes show a recorded run. Left out: they do not. */
  readonly replayed?: boolean;
}

const words = labStrings.side;

/** One or two sentences. */
export function sideSentence(state: SideState): string {
  const { phase, port, workforce } = state;
  // What listens although the command line has no server was started in the shell.
  if (port !== undefined && (phase.kind === "idle" || phase.kind === "stopped")) return words.fromShell(port);
  switch (phase.kind) {
    case "idle":
      return state.replayed ? words.lanesRecorded(words.idle) : words.idle;
    case "starting":
      // What was started may live on, to show what a service writes; what could answer has ended, or never began.
      if (phase.slow && workforce.workers.length === 0 && port === undefined) return words.nothingToAnswer;
      return [
        starting(phase.expectedWorkers, state),
        // An import that is under way may open a port and go on.
        ...(phase.slow ? [...ownPort(state), words.slow, ...lastError(state)] : []),
      ].join(" ");
    case "running":
      return [
        running(port, workforce),
        ...(port === state.named && !fewerThanAsked(state) ? [] : ownPort(state)),
        ...(phase.successor === undefined ? [] : [words.tookOver(phase.successor)]),
        ...outdated(state),
      ].join(" ");
    case "stopping":
      return words.stopping;
    case "stopped":
      return state.replayed ? words.lanesRecorded(words.stopped) : words.stopped;
    case "exited":
      if (phase.status.kind === "killed") return words.killed(phase.status.signal);
      return phase.wasRunning
        ? words.exited(phase.status.code)
        : [words.exitedBeforeAnswering(phase.status.code), ...lastError(state)].join(" ");
    case "successorExited":
      return words.successorExited(phase.successor);
    case "failed":
      return `${words.failed(phase.message)} ${words.failedRemedy}`;
  }
}

function starting(expected: number | undefined, { workforce: { mains, workers }, port }: SideState): string {
  if (mains.length + workers.length === 0) return words.startingSoon;
  if (expected !== undefined) return words.startingWorkers(Math.min(countUp(workers), expected), expected);
  if (countUp(workers) === 0) return words.startingProgram;
  return port === undefined ? words.startingPort : words.startingWorkers(countUp(workers), workers.length);
}

function running(port: Port | undefined, { mains, workers }: Workforce): string {
  if (port === undefined) return words.runningWithoutPort;
  return words.running(port, mains.length === 0 ? undefined : countUp(workers));
}

/**
 * A port that is not the command's, of a server that is not up, or not on its own port, or lacks workers: the app itself
 * starts a server, in the place where it is only imported.
 */
function ownPort({ named, ports = [] }: SideState): readonly string[] {
  const own = named === undefined ? undefined : ports.find((port) => port !== named);
  return named === undefined || own === undefined ? [] : [words.ownPort(own, named)];
}

function fewerThanAsked({ expected = 0, workforce: { workers } }: SideState): boolean {
  return countUp(workers) < expected;
}

function lastError({ error }: SideState): readonly string[] {
  return error === undefined ? [] : [words.lastError(error)];
}

function outdated({ commandChanged, edited }: SideState): readonly string[] {
  if (commandChanged) return [words.commandChanged];
  return edited ? [words.edited] : [];
}
