/**
 * What a teacher may write in `exercises` of a lab.yaml: a task that the lab checks. Its files lie beside lab.yaml, in
 * `exercises/<name>/start/` and `exercises/<name>/solution/`, under the names that they have in the lab.
 */
import { z } from "zod";
import { correctedLines, words } from "./corrected-lines.ts";
import { programNames } from "./programs.ts";

/** One of a lab's halves. */
export const sideName = z.enum(["development", "production"]);

/** A regular expression, as JavaScript writes it. `.` matches line ends, too. */
const pattern = () =>
  words().refine((source) => {
    try {
      new RegExp(source, "s");
      return true;
    } catch {
      return false;
    }
  }, "must be a regular expression");

/** The command line of a side. */
const commandCheck = z.strictObject({
  side: sideName.default("production"),
  /** That of the program beside the side's server. Left out: that of the server. */
  beside: z.boolean().optional(),
  /** What must occur in it. */
  matches: pattern().register(correctedLines, { line: "matches: --threads [2-9]" }),
});

/** The text of a file. */
const fileCheck = z
  .strictObject({
    path: words().register(correctedLines, { line: "path: app.py" }),
    /** What must occur in it. */
    matches: pattern().optional(),
    /** What must not. */
    lacks: pattern().optional(),
  })
  .refine(({ matches, lacks }) => matches !== undefined || lacks !== undefined, "needs matches or lacks");

/** One request to a side's server, and what its answer must be. */
export const requestCheck = z.strictObject({
  side: sideName.default("production"),
  path: z.string().startsWith("/").register(correctedLines, { line: "path: /" }),
  method: z
    .string()
    .regex(/^[A-Z]+$/, "must be a method of HTTP, in capitals")
    .default("GET"),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  /** The answer's status. Left out: 200. */
  status: z.int().min(100).max(599).register(correctedLines, { line: "status: 200" }).default(200),
  /** Header fields that the answer must have, and what must occur in each. */
  answerHeaders: z.record(z.string(), pattern()).default({}),
  /** What must occur in its body. */
  answer: pattern().optional(),
  /** What must not. */
  answerLacks: pattern().optional(),
});

const figure = z.strictObject({
  /** Requests a second, latency in milliseconds, or the number of requests that failed. */
  figure: z.enum(["rate", "median", "p95", "failed"]),
  side: sideName.default("production"),
  /** Divides by the same figure of the other side. */
  timesTheOther: z.boolean().default(false),
  atLeast: z.number().nonnegative().optional(),
  atMost: z.number().nonnegative().optional(),
});

const bounded = ({ atLeast, atMost }: z.infer<typeof figure>) => atLeast !== undefined || atMost !== undefined;
const unbounded = "needs atLeast or atMost";

/** A figure that a run must show: of one side, or as so many times the other's. */
export const figureCheck = figure.refine(bounded, unbounded);

/** A run of one of the lab's plans, and a figure that it must show. */
const runCheck = figure
  .extend({
    /** Name of the plan. */
    plan: words().register(correctedLines, { line: "plan: slow" }),
  })
  .refine(bounded, unbounded);

/** One thing that must be so. */
const check = z
  .strictObject({
    /** What must be so, as a sentence. */
    wants: words().register(correctedLines, { line: "wants: /hello/Ada answers with a greeting." }),
    /** What to think of where it is not so. */
    hint: words().register(correctedLines, { line: "hint: Look at environ['PATH_INFO']." }),
    command: commandCheck.optional(),
    file: fileCheck.optional(),
    request: requestCheck.optional(),
    run: runCheck.optional(),
  })
  .refine(
    ({ command, file, request, run }) =>
      [command, file, request, run].filter((kind) => kind !== undefined).length === 1,
    "needs exactly one of command, file, request and run",
  );

/**
 * How the lab stands at the beginning of an exercise, or at its end. What is left out is as the lab's author wrote it.
 */
export const stand = () =>
  z.strictObject({
    /** Files that differ. */
    files: z.array(words()).register(correctedLines, { line: "files: [app.py]" }).default([]),
    /** Command lines that differ: of `development` or `production`, of `developmentBeside` or `productionBeside`. */
    commands: z.partialRecord(z.enum(programNames), words()).default({}),
  });

/** A task that the lab checks. */
export const exerciseSchema = z.strictObject({
  /** Names its folder and stands in `<Try lab="…" exercise="…">`. */
  name: z
    .string()
    .regex(/^[a-z0-9-]+$/, "must be lower-case words with hyphens")
    .register(correctedLines, { line: "name: by-hand" }),
  title: words().register(correctedLines, { line: "title: Answer without a framework" }),
  /** Left out: the lab as it is. */
  start: stand().prefault({}),
  solution: stand()
    .refine(({ files, commands }) => files.length + Object.keys(commands).length > 0, "must change a file or a command")
    .register(correctedLines, { line: "solution: { files: [app.py] }" }),
  /** Looked at in this order, up to the first that is not so. Those that need no server come first. */
  checks: z
    .array(check)
    .min(1)
    .register(correctedLines, { line: "checks: [{ wants: …, hint: …, request: { path: / } }]" }),
});

/** An exercise as lab.yaml describes it. */
export type ExerciseDefinition = z.infer<typeof exerciseSchema>;
/** One thing that must be so. */
export type ExerciseCheck = ExerciseDefinition["checks"][number];
/** One request, and what its answer must be. */
export type RequestCheck = z.infer<typeof requestCheck>;
/** A figure that a run must show. */
export type FigureCheck = z.infer<typeof figureCheck>;
