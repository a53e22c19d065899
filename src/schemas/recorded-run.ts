/**
 * A load test that was run in a browser and written down: `content/runs/<lab>-<plan>.json`. `npm run record` makes it.
 */
import { z } from "zod";

/** Figures of one side, as the result table had them. A percentile is left out where too few requests carry it. */
const side = z.strictObject({
  /** The command line that ran. */
  command: z.string().min(1),
  /** The server and its version, as the lab shows them. */
  server: z.string().min(1),
  /** Answers a second. */
  rate: z.number(),
  /** Milliseconds, as all that follow but for the errors. */
  median: z.number().optional(),
  p95: z.number().optional(),
  p99: z.number().optional(),
  errors: z.int(),
  /** The program that ran beside the server. */
  beside: z.strictObject({ command: z.string().min(1) }).optional(),
});

/** Single requests, for the lanes (`src/lab/replay/recorded-requests.ts`). Runs recorded before version 2 have none. */
const requests = z.strictObject({
  /** One request in so many was kept. */
  every: z.int().positive(),
  /** None where the server had ended. */
  workers: z.array(z.strictObject({ pid: z.int().positive(), title: z.string().min(1) })),
  csv: z.string().startsWith("queued,"),
});

/** The whole run, to be shown again: what the lab exports (`src/lab/replay/recorded-run.ts`), as it came. */
const course = z.strictObject({
  result: z.record(z.string(), z.unknown()),
  sides: z.partialRecord(
    z.enum(["development", "production"]),
    z.strictObject({
      outcome: z.record(z.string(), z.unknown()),
      series: z.string().min(1),
      requests: requests.optional(),
    }),
  ),
});

/** What `content/runs/<lab>-<plan>.json` holds. */
export const recordedRunSchema = z.strictObject({
  /** Of this format: 2 has single requests. */
  version: z.union([z.literal(1), z.literal(2)]),
  lab: z.string().min(1),
  /** Name of the plan in the lab's `lab.yaml`. */
  plan: z.string().min(1),
  /** Its label on screen. */
  label: z.string().min(1),
  date: z.iso.date(),
  /** The computer that it ran on. */
  machine: z.strictObject({
    processor: z.string().min(1),
    cores: z.int().positive(),
    browser: z.string().min(1),
  }),
  sides: z.strictObject({ development: side, production: side }),
  /** Its course over time. Left out in runs that were only recorded for their figures. */
  course: course.optional(),
});

/** A load test that was written down. */
export type RecordedRun = z.infer<typeof recordedRunSchema>;
/** What a text may name of a recorded run. */
export const recordedFigures = ["rate", "median", "p95", "p99", "errors"] as const;
/** One of them. */
export type RecordedFigure = (typeof recordedFigures)[number];
