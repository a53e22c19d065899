/** What the page and its agent in the guest (`linux/guest/agent.py`) say to each other. */
import type { Pid, Port, ProcessState } from "../machine.ts";

/** What the page asks of the agent; bytes go beside it. */
export type GuestTask =
  /** Sets the time of day, in seconds since 1970. The answer is the monotonic clock, in seconds. */
  | { readonly task: "clock"; readonly now?: number }
  /** Makes a host; the answer is its number. `debian`: the machine's own. */
  | { readonly task: "host"; readonly host: string; readonly debian: boolean }
  | { readonly task: "write" | "read" | "remove" | "list"; readonly host: string; readonly path: string }
  | { readonly task: "stop" | "restore"; readonly host: string }
  /** The answer is its pid, and whether it ran already when the snapshot was taken. `id` names it from then on. */
  | {
      readonly task: "spawn";
      readonly host: string;
      readonly id: number;
      readonly argv: readonly string[];
      readonly cwd?: string;
      readonly env: Readonly<Record<string, string>>;
      readonly columns: number;
      readonly rows: number;
    }
  | { readonly task: "input"; readonly id: number }
  | { readonly task: "resize"; readonly id: number; readonly columns: number; readonly rows: number }
  | { readonly task: "kill"; readonly host: string; readonly pid: Pid; readonly signal: number }
  /** Something is about to happen: look at the process tables more often. */
  | { readonly task: "wake" };

/** A process: number, parent, title, state, and when it began, in seconds on the guest's clock. */
export type GuestProcess = readonly [pid: Pid, parent: Pid, title: string, state: ProcessState, started: number];

/** A connection that a process accepted. Seconds on the guest's clock. */
export type Acceptance = readonly [pid: Pid, address: string, port: Port, localPort: Port, at: number];

/** A connection from the same host that the process which had accepted it closed. Seconds on the guest's clock. */
export type Closing = readonly [pid: Pid, port: Port, at: number];

/** What the agent tells without being asked. */
export type GuestEvent =
  | { readonly news: "output"; readonly id: number }
  | { readonly news: "exit"; readonly id: number; readonly code?: number; readonly signal?: number }
  | {
      readonly news: "host";
      readonly host: string;
      readonly processes: readonly GuestProcess[];
      readonly ports: readonly Port[];
    }
  | {
      readonly news: "accepted";
      readonly host: string;
      readonly accepted: readonly Acceptance[];
      readonly closed: readonly Closing[];
    }
  | { readonly news: "file"; readonly host: string; readonly path: string };

/** What the agent answers. */
export type AgentAnswer =
  | { readonly answer: number; readonly value: unknown }
  | { readonly failure: number; readonly errno: string; readonly message: string };
