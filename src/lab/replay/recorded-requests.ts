/**
 * The single requests of a side's run as text: what its lanes are drawn from. Moments are milliseconds since the run
 * began. Of many requests only every so-many-th is kept, and how many that are is written down with them.
 */
import type { Milliseconds, Pid, ProcessInfo, RequestEvent } from "../../machine/machine.ts";
import type { Block } from "../side/request-log.ts";

/** A process that answered. */
export interface RecordedWorker {
  readonly pid: Pid;
  /** Its command line, as `ps` showed it. */
  readonly title: string;
}

/** Requests of one side. */
export interface RecordedRequests {
  /** One request in so many is here. */
  readonly every: number;
  /** In the order of their rows. */
  readonly workers: readonly RecordedWorker[];
  /** CSV, a line a request, in the order in which they came. */
  readonly csv: string;
}

/** More requests of a side than this are not kept. */
export const mostRequests = 1500;

const columns = ["queued", "accepted", "first_byte", "end", "released", "pid", "tid", "failed"] as const;

/**
 * Writes requests down.
 *
 * @param from when the run began, on the machine's clock
 */
export function recordRequests(
  blocks: Iterable<Readonly<Block>>,
  workers: readonly ProcessInfo[],
  from: Milliseconds,
): RecordedRequests {
  const all = [...blocks].filter(({ localPort }) => localPort === undefined).sort((a, b) => a.queued - b.queued);
  const every = Math.max(1, Math.ceil(all.length / mostRequests));
  const kept = all.filter((_, index) => index % every === 0);
  const since = (moment: Milliseconds | undefined) => moment && Math.round((moment - from) * 10) / 10;
  const lines = kept.map(({ queued, accepted, answering, end, workedUntil, pid, tid, failed }) =>
    [since(queued), since(accepted), since(answering), since(end), since(workedUntil), pid, tid, failed ? 1 : undefined]
      .map((cell) => cell ?? "")
      .join(","),
  );
  const answered = new Set(kept.map(({ pid }) => pid));
  return {
    every,
    workers: workers.filter(({ pid }) => answered.has(pid)).map(({ pid, title }) => ({ pid, title })),
    csv: `${[columns.join(","), ...lines].join("\n")}\n`,
  };
}

/** What a machine would have told of these requests, when it would have told it: in the order of time. */
export function readRequests({ csv }: RecordedRequests): readonly (readonly [at: Milliseconds, event: RequestEvent])[] {
  const [head = "", ...lines] = csv.trim().split(/\r?\n/);
  const names = head.split(",");
  return lines
    .flatMap((line, id) => {
      const cells = line.split(",");
      const known = (column: (typeof columns)[number]) => {
        const cell = cells[names.indexOf(column)];
        return cell === undefined || cell === "" ? undefined : Number(cell);
      };
      const came = { id, port: 0, queued: known("queued") ?? 0 } satisfies RequestEvent;
      const [accepted, firstByte, end, released, pid, tid] = [
        known("accepted"),
        known("first_byte"),
        known("end"),
        known("released"),
        known("pid"),
        known("tid"),
      ];
      const taken = {
        ...came,
        ...(accepted !== undefined && { accepted }),
        ...(pid !== undefined && { pid }),
        ...(tid !== undefined && { tid }),
      } satisfies RequestEvent;
      const over = {
        ...taken,
        ...(firstByte !== undefined && { firstByte }),
        ...(end !== undefined && { end }),
        outcome: known("failed") === 1 ? "failed" : "answered",
      } satisfies RequestEvent;
      const heldBy = end !== undefined && released !== undefined && released > end;
      const told: (readonly [Milliseconds, RequestEvent])[] = [[came.queued, came]];
      if (accepted !== undefined) told.push([accepted, taken]);
      if (end !== undefined) told.push([end, heldBy ? { ...over, held: true } : over]);
      if (heldBy) told.push([released, { ...over, released }]);
      return told;
    })
    .sort(([a], [b]) => a - b);
}
