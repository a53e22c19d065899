/** A side's state as a sentence. */

import type { Port } from "../../machine/machine.ts";
import { labStrings } from "../../strings/strings.ts";
import { countUp, type Workforce } from "../command/workforce.ts";
import type { SidePhase } from "./server-phase.ts";

/** What a side's sentence is about. */
export interface SideState {
  readonly phase: SidePhase;
  readonly port: Port | undefined;
  readonly workforce: Workforce;
  readonly commandChanged: boolean;
  readonly edited: boolean;
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
      if (!phase.slow) return starting(phase.expectedWorkers, state);
      // What was started may live on, to show what a service writes; what could answer has ended, or never began.
      if (workforce.workers.length === 0 && port === undefined) return words.nothingToAnswer;
      return `${starting(phase.expectedWorkers, state)} ${words.slow}`;
    case "running":
      return [
        running(port, workforce),
        ...(phase.successor === undefined ? [] : [words.tookOver(phase.successor)]),
        ...outdated(state),
      ].join(" ");
    case "stopping":
      return words.stopping;
    case "stopped":
      return state.replayed ? words.lanesRecorded(words.stopped) : words.stopped;
    case "exited":
      if (phase.status.kind === "killed") return words.killed(phase.status.signal);
      return phase.wasRunning ? words.exited(phase.status.code) : words.exitedBeforeAnswering(phase.status.code);
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

function outdated({ commandChanged, edited }: SideState): readonly string[] {
  if (commandChanged) return [words.commandChanged];
  return edited ? [words.edited] : [];
}
