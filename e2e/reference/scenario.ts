/** What is run natively and in the page, and what is compared. */
import type { Signal } from "../../src/machine/machine.ts";
import type { Part } from "../../testing/browser/conversation.ts";

/** Something that is done while a server runs, or without one. `{port}` in arguments stands for the server's port. */
export type Scenario =
  | { readonly name: string; readonly says: readonly Part[] }
  | { readonly name: string; readonly runs: readonly string[]; readonly env?: Readonly<Record<string, string>> };

/** A server, and what is asked of it, in order. Its first and last words are compared too. */
export interface Course {
  readonly name: string;
  /** What the page's pip installs first, of the archive; natively it is there (`scripts/native-python.ts`). */
  readonly installs?: readonly string[];
  /** Absent: the scenarios only run commands. */
  readonly server?: {
    readonly argv: readonly string[];
    /** It prints this when it can be asked. */
    readonly ready: RegExp;
    /** It prints this after `ready`, so many times, and is only then at rest. */
    readonly thenPrints?: { readonly text: string; readonly times: number };
    /**
     * It logs each request, one after the other: after each scenario a request for a path of its own is sent, and when
     * that is logged so is all that came before.
     */
    readonly logsRequests?: boolean;
    readonly stop: Signal;
  };
  readonly scenarios: readonly Scenario[];
}

/** What was observed of a scenario, by the names of fields; `answer` is what the server sent, one character a byte. */
export type Observed = Readonly<Record<string, string>>;

/** A request whose line in the log ends that of a scenario. */
export function markerRequest(scenario: number): readonly Part[] {
  return [{ send: `GET /marker-${scenario}/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n` }];
}

/** Its line, whole. */
export function markerLogged(scenario: number): RegExp {
  return new RegExp(`/marker-${scenario}/[^\\n]*\\n`);
}

/** A log without what the marker put there. */
export function withoutMarkers(log: string): string {
  return log.replace(/^.*\/marker-\d+\/.*\r?\n/gm, "");
}

/** Both sides can do this. */
export interface ScenarioSide {
  /** Runs a course; what was observed, by the scenarios' names. */
  run(course: Course, port: number): Promise<ReadonlyMap<string, Observed>>;
}
