/** A server's life, from start to end: a pure function from what was and what happened to what is. */
import type { ExitStatus, Pid } from "../../machine/machine.ts";

/** Where a side's server is in its life. */
export type SidePhase =
  /** Not started since the lab was opened or reset. */
  | { readonly kind: "idle" }
  | { readonly kind: "starting"; readonly expectedWorkers: number | undefined; readonly slow: boolean }
  /**
   * It listens on a port and its workers are up. `successor`: the process that the started one has left the port to.
   */
  | { readonly kind: "running"; readonly successor?: Pid }
  | { readonly kind: "stopping" }
  /** Stopped by the reader. */
  | { readonly kind: "stopped" }
  /** It ended by itself, or was killed. */
  | { readonly kind: "exited"; readonly status: ExitStatus; readonly wasRunning: boolean }
  /** The process that had taken over has ended; how is not known here. */
  | { readonly kind: "successorExited"; readonly successor: Pid }
  /** The machine could not start it. */
  | { readonly kind: "failed"; readonly message: string };

/** All that is known of a server's life. */
export interface ServerState {
  readonly phase: SidePhase;
  /** Counts starts and ends: what belongs to an earlier life comes too late. */
  readonly life: number;
  /** The process that was started in this life, as long as it is there. */
  readonly started?: Pid;
  /** The started process, if its program is known to leave the work to children. */
  readonly mainPid?: Pid;
  /** This life's server has listened on a port. */
  readonly listened: boolean;
}

/** Processes that hold the port though another was started: masters, and processes without children. */
export interface PortHolders {
  readonly mains: readonly Pid[];
  readonly workers: readonly Pid[];
}

/** What happens to a server. */
export type ServerEvent =
  /** The machine is being opened for it. */
  | { readonly kind: "prepare" }
  /** The machine did not open. */
  | { readonly kind: "giveUp" }
  | { readonly kind: "start"; readonly expectedWorkers: number | undefined }
  | { readonly kind: "spawned"; readonly pid: Pid }
  | { readonly kind: "failed"; readonly message: string }
  /** It has been starting for longer than usual. */
  | { readonly kind: "slow" }
  /** What is seen of a server now: it listens, or not; it has so many workers, of which so many have booted. */
  | { readonly kind: "seen"; readonly listening: boolean; readonly workers: number; readonly booted: number }
  /** It still forks, long after it listened. */
  | { readonly kind: "bootTimeout"; readonly listening: boolean }
  /** The started process has ended, and left the port to `holders`, if any. */
  | { readonly kind: "exited"; readonly status: ExitStatus; readonly holders: PortHolders }
  /** The process that had taken over has ended. */
  | { readonly kind: "successorExited"; readonly holders: PortHolders }
  /** What comes of the life so far comes too late. */
  | { readonly kind: "abandon" }
  | { readonly kind: "stopping" }
  | { readonly kind: "stopped" }
  /** The machine is gone. */
  | { readonly kind: "detached" }
  /** As at the beginning. */
  | { readonly kind: "forget" };

/** A server that was never started. */
export const neverStarted: ServerState = { phase: { kind: "idle" }, life: 0, listened: false };

/** Whether a server is there or on its way. */
export function isAlive({ kind }: SidePhase): boolean {
  return kind === "starting" || kind === "running" || kind === "stopping";
}

/** What is after `event`. */
export function next(state: ServerState, event: ServerEvent): ServerState {
  const { phase } = state;
  const alive = isAlive(phase);
  switch (event.kind) {
    case "prepare":
      return alive ? state : { ...state, phase: starting(undefined) };
    case "giveUp":
      return phase.kind === "starting" ? { ...state, phase: { kind: "idle" } } : state;
    case "start":
      return { ...ended(state), phase: starting(event.expectedWorkers) };
    case "spawned": {
      const prefork = phase.kind === "starting" && phase.expectedWorkers !== undefined;
      return { ...state, started: event.pid, ...(prefork && { mainPid: event.pid }) };
    }
    case "failed":
      return { ...state, phase: { kind: "failed", message: event.message } };
    case "slow":
      return phase.kind === "starting" ? { ...state, phase: { ...phase, slow: true } } : state;
    case "seen":
      return seen(state, event);
    case "bootTimeout":
      return phase.kind === "starting" && event.listening ? { ...state, phase: { kind: "running" } } : state;
    case "exited":
      return exited(state, event.status, event.holders);
    case "successorExited":
      return successorExited(state, event.holders);
    case "abandon":
      return ended(state);
    case "stopping":
      return alive ? { ...state, phase: { kind: "stopping" } } : state;
    case "stopped":
      return { ...state, phase: { kind: "stopped" } };
    case "detached":
      return alive ? { ...state, phase: { kind: "stopped" } } : state;
    case "forget":
      return { ...state, phase: { kind: "idle" } };
  }
}

function starting(expectedWorkers: number | undefined): SidePhase {
  return { kind: "starting", expectedWorkers, slow: false };
}

/** What came before belongs to an earlier life. */
function ended({ phase, life }: ServerState): ServerState {
  return { phase, life: life + 1, listened: false };
}

/** A server is up when it listens and every worker that it was asked for has booted. */
function seen(
  state: ServerState,
  { listening, workers, booted }: { readonly listening: boolean; readonly workers: number; readonly booted: number },
): ServerState {
  const { phase, started } = state;
  if (phase.kind !== "starting" || started === undefined || !listening) return state;
  const up = booted > 0 && booted === workers && booted >= (phase.expectedWorkers ?? 1);
  return up ? { ...state, phase: { kind: "running" } } : { ...state, listened: true };
}

/**
 * What is ended in order takes its children along, a moment later perhaps; only a master's successor is one by intent.
 */
function exited(state: ServerState, status: ExitStatus, holders: PortHolders): ServerState {
  const wasRunning = state.phase.kind === "running";
  const prefork = state.mainPid !== undefined;
  const after = ended(state);
  const leavesSuccessor = wasRunning && (prefork || status.kind === "killed");
  const successor = leavesSuccessor ? successorAmong(holders, prefork) : undefined;
  if (successor !== undefined) return takenOver(after, successor, prefork);
  return { ...after, phase: { kind: "exited", status, wasRunning } };
}

/** The successor has left, to another one or to nobody. */
function successorExited(state: ServerState, holders: PortHolders): ServerState {
  const { phase } = state;
  if (phase.kind !== "running" || phase.successor === undefined) return state;
  const prefork = state.mainPid !== undefined;
  const successor = successorAmong(holders, prefork);
  if (successor !== undefined) return takenOver(state, successor, prefork);
  return { ...ended(state), phase: { kind: "successorExited", successor: phase.successor } };
}

/**
 * Who holds the port after a process has left: gunicorn's second master after USR2, or what a reloader had started.
 * Workers of a master that was killed hold it, too, but leave by themselves.
 */
function successorAmong({ mains, workers }: PortHolders, prefork: boolean): Pid | undefined {
  return prefork ? mains[0] : (mains[0] ?? workers[0]);
}

function takenOver({ life, listened }: ServerState, successor: Pid, prefork: boolean): ServerState {
  return { phase: { kind: "running", successor }, life, listened, ...(prefork && { mainPid: successor }) };
}
