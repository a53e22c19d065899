import { planLimits } from "../../../../load/check-plan.ts";
import type { System } from "../../native/system.ts";
import { LoadConnection, type LoadRequest, type LoadSample } from "./load-connection.ts";

/** How much a load tool asks. Times are in milliseconds. */
export interface LoadOrder {
  readonly request: LoadRequest;
  readonly clients: number;
  /** So many requests, all together. */
  readonly requests: number;
  /** The run ends after this, whatever is under way. */
  readonly duration: number;
  /** An answer after that has failed. */
  readonly timeout: number;
  /** Requests a second of each client, at most. */
  readonly rate?: number | undefined;
  /** Called after each answer, with how many there are. */
  readonly onSample?: (count: number) => void;
}

/** What a load came to. */
export interface LoadToolOutcome {
  readonly samples: readonly LoadSample[];
  /** In milliseconds. */
  readonly elapsed: number;
}

/** A client that nobody answered asks again after this, in milliseconds, or it would knock as fast as this computer can. */
const pauseAfterFailure = 100;

/** Why an order is too large for this computer; undefined if it is not. */
export function tooLarge({ clients, requests, duration }: Pick<LoadOrder, "clients" | "requests" | "duration">) {
  if (clients > planLimits.connections)
    return `more than ${planLimits.connections} connections would keep this computer too busy to run the server`;
  if (requests !== Number.POSITIVE_INFINITY && requests > planLimits.arrivals)
    return `more than ${planLimits.arrivals} requests are too many for this computer`;
  if (duration !== Number.POSITIVE_INFINITY && duration > planLimits.duration)
    return `a run lasts ${planLimits.duration / 1000} seconds at most`;
  return undefined;
}

/** Asks until all is asked, the time is over, or ^C. Every client waits for its answer before it asks again. */
export async function runLoad(system: System, order: LoadOrder): Promise<LoadToolOutcome> {
  const { clients, duration, rate, request, requests, timeout } = order;
  const began = performance.now();
  const samples: LoadSample[] = [];
  const end = new AbortController();
  system.onSignal("SIGINT", () => end.abort());
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A timer may be a moment early.
  const endInTime = () => {
    const left = began + duration - performance.now();
    if (left > 0) timer = setTimeout(endInTime, left);
    else end.abort();
  };
  if (Number.isFinite(duration)) endInTime();
  let asked = 0;
  const client = async () => {
    const connection = new LoadConnection(system, request, began);
    for (let turn = 0; asked < requests && !end.signal.aborted; turn += 1) {
      if (rate !== undefined) await pause(began + (turn * 1000) / rate - performance.now());
      if (end.signal.aborted) break;
      asked += 1;
      const sample = await inTime(connection, timeout, end.signal);
      // What the end of the run has cut off says nothing of the server.
      if (end.signal.aborted && sample.failure !== undefined) break;
      samples.push(sample);
      order.onSample?.(samples.length);
      if (sample.failure !== undefined && Number.isFinite(duration)) await pause(pauseAfterFailure);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: Math.min(clients, requests) }, client));
  clearTimeout(timer);
  return { samples, elapsed: performance.now() - began };
}

async function inTime(connection: LoadConnection, timeout: number, end: AbortSignal): Promise<LoadSample> {
  const late = new AbortController();
  const giveUp = () => late.abort();
  const timer = setTimeout(giveUp, timeout);
  end.addEventListener("abort", giveUp);
  try {
    return await connection.ask(late.signal);
  } finally {
    clearTimeout(timer);
    end.removeEventListener("abort", giveUp);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
