/** What a teacher may write in `plans` of a lab.yaml. Times are in seconds, rates in requests a second. */
import { z } from "zod";
import { correctedLines, words } from "./corrected-lines.ts";
import { generalPlanNames } from "./general-plans.ts";

/** Requests a second. The limits of numbers here are those that `src/load/check-plan.ts` gives reasons for. */
const rate = () => z.number().nonnegative().max(5000);
const connections = z.int().positive().max(1000).register(correctedLines, { line: "connections: 100" }).optional();

/**
 * Readers who come by a schedule, whatever the server does (the open model). All kinds may have `connections`: at most
 * this many requests under way at once; who comes while all are taken waits for a place, and is dropped after
 * `timeout`.
 */
const arrivals = z.discriminatedUnion("kind", [
  /** One reader every so often. */
  z.strictObject({ kind: z.literal("constant"), rate: rate(), connections }),
  /** Readers who know nothing of each other: gaps at random, `rate` a second on average. */
  z.strictObject({ kind: z.literal("poisson"), rate: rate(), connections }),
  /** A rate that changes in a straight line over the run. */
  z.strictObject({ kind: z.literal("ramp"), from: rate(), to: rate(), connections }),
  /** The run divided into equal parts with a rate each. */
  z.strictObject({ kind: z.literal("steps"), rates: z.array(rate()).min(1).max(100), connections }),
  /**
   * `rate` a second, and `size` more at one moment: after `first` seconds (left out: `every`), and each time `every`
   * have passed again.
   */
  z.strictObject({
    kind: z.literal("burst"),
    rate: rate(),
    size: z.int().positive().max(5000),
    every: z.number().positive().max(120),
    first: z.number().nonnegative().max(120).register(correctedLines, { line: "first: 0.5" }).optional(),
    connections,
  }),
]);

/** One kind of request of a plan. */
const plannedRequest = z.strictObject({
  /** Path and query, e.g. `/io?x=1`. */
  path: z.string().startsWith("/").register(correctedLines, { line: "path: /" }),
  /** Left out: `GET`. */
  method: z
    .string()
    .regex(/^[A-Z]+$/, "must be a method of HTTP, in capitals")
    .register(correctedLines, { line: "method: POST" })
    .optional(),
  /** Header fields, e.g. `{ Accept: text/html }`. */
  headers: z
    .record(
      z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "must be the name of a header field"),
      z.string().regex(/^[^\0\r\n]*$/, "must be one line"),
    )
    .register(correctedLines, { line: "headers: { Accept: text/html }" })
    .optional(),
  /** What is sent with it. */
  body: z.string().register(correctedLines, { line: "body: name=Ada" }).optional(),
  /** Share of this request among the plan's others. Left out: 1. */
  weight: z.number().positive().register(correctedLines, { line: "weight: 1" }).optional(),
  /** Send it just this many times, at the start of the run, each by a reader of its own. It then has no weight. */
  once: z.int().positive().max(1000).register(correctedLines, { line: "once: 1" }).optional(),
  /**
   * What the first number in its answers must not do (`src/load/consistency.ts`): an answer that does it counts as
   * wrong. `never-falls`: none of the `users` sees a lower one than before. `never-repeats`: nobody is given one that
   * somebody was given already. Left out: nobody looks at it.
   */
  number: z.enum(["never-falls", "never-repeats"]).register(correctedLines, { line: "number: never-falls" }).optional(),
});

/** What a reader is asked before a plan's first run, and how the run answers it. */
const prediction = z.strictObject({
  /** The question. It asks which side has more of what is measured. */
  question: words().register(correctedLines, { line: "question: Which side answers more requests a second?" }),
  /**
   * What decides: `rate`, requests a second; `median`, the median latency; `failed`, how many requests fail;
   * `contradictory`, how many responses contradict an earlier one. Left out: `rate`.
   */
  measure: z
    .enum(["rate", "median", "failed", "contradictory"])
    .register(correctedLines, { line: "measure: rate" })
    .default("rate"),
  /** What the choices are called. Left out: by the titles of the sides, and “about the same”. */
  choices: z
    .strictObject({ development: words().optional(), production: words().optional(), alike: words().optional() })
    .register(correctedLines, { line: "choices: { alike: About the same on both }" })
    .optional(),
});

const seconds = (line: string) => z.number().positive().max(120).register(correctedLines, { line });

/** Who asks what, how often, how long: one choice of the lab's radio group `Plan`. */
export const planSchema = z
  .strictObject({
    /**
     * Takes one of the general plans (`general-plans.ts`); what else is written takes the place of what stands there.
     * Where a lab has plans of its own, those that it uses stand behind `More plans`.
     */
    use: z.enum(generalPlanNames).register(correctedLines, { line: "use: rush-hour" }).optional(),
    /** Short name, for links. Lower case, with hyphens. With `use`, left out: the name of what is used. */
    name: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower case words joined by hyphens")
      .register(correctedLines, { line: "name: quick" }),
    /** What the reader reads. */
    label: words().register(correctedLines, { line: "label: A quick page" }),
    /** What is asked. Several requests are mixed by their weights. */
    requests: z
      .array(plannedRequest)
      .min(1)
      .max(50)
      .register(correctedLines, { line: "requests: [{ path: / }]" })
      .refine((requests) => requests.some(({ once }) => once === undefined), "must have a request without `once`")
      .refine(
        (requests) => requests.every(({ once, weight }) => once === undefined || weight === undefined),
        "must not have `weight` and `once` on one request",
      ),
    /** Readers who each wait for their answer before they ask again (the closed model). Either this or `arrivals`. */
    users: z.int().min(1).max(500).register(correctedLines, { line: "users: 10" }).optional(),
    /** How long each of the `users` pauses between an answer and the next request. Left out: not at all. */
    thinkTime: z.number().nonnegative().max(120).register(correctedLines, { line: "thinkTime: 1" }).optional(),
    /** Readers who come by a schedule (the open model). Either this or `users`. */
    arrivals: arrivals.register(correctedLines, { line: "arrivals: { kind: constant, rate: 20 }" }).optional(),
    /** How long the run lasts. */
    seconds: seconds("seconds: 8"),
    /** The first part of the run, in which nothing is counted. Left out: none. */
    warmup: seconds("warmup: 1").optional(),
    /** A request without an answer after this long has failed. Left out: 10. */
    timeout: seconds("timeout: 10").default(10),
    /**
     * Readers give up waiting, each after a time of its own, on average this long. Left out: they wait until the
     * time-out.
     */
    patience: seconds("patience: 1").optional(),
    /** Readers keep their connection for the next request. Left out: each request has one of its own. */
    keepAlive: z.boolean().register(correctedLines, { line: "keepAlive: true" }).optional(),
    /**
     * Each of the `users` keeps the cookies that the server sets, and sends them back, as a browser does. Left out:
     * nobody does.
     */
    keepCookies: z.boolean().register(correctedLines, { line: "keepCookies: true" }).optional(),
    /** The same seed, the same schedule and mix. Left out: 1. */
    seed: z
      .int()
      .nonnegative()
      .max(2 ** 32 - 1)
      .register(correctedLines, { line: "seed: 1" })
      .optional(),
    /** The handlers only wait. Both sides then run at the same time, because they take no time from each other. */
    waitsOnly: z.boolean().register(correctedLines, { line: "waitsOnly: true" }).default(false),
    /** Both sides run at the same time, or one after the other. Left out: as `waitsOnly` says. */
    together: z.boolean().register(correctedLines, { line: "together: true" }).optional(),
    /** What the reader predicts first. A lesson shows it with `<Predict>`. Left out: nothing is asked. */
    predict: prediction
      .register(correctedLines, { line: "predict: { question: Which side answers more requests a second? }" })
      .optional(),
  })
  .refine(
    ({ users, arrivals }) => (users === undefined) !== (arrivals === undefined),
    "must have either users or arrivals",
  )
  .refine(({ users, thinkTime }) => thinkTime === undefined || users !== undefined, {
    path: ["thinkTime"],
    message: "belongs to users: those who come by a schedule ask once",
  })
  .refine(({ users, keepCookies }) => !keepCookies || users !== undefined, {
    path: ["keepCookies"],
    message: "belongs to users: those who come by a schedule ask once",
  })
  .refine(
    ({ users, requests }) =>
      users !== undefined || requests.every(({ number, once }) => number !== "never-falls" || once !== undefined),
    { path: ["requests"], message: "must not have never-falls without users: those who come by a schedule ask once" },
  )
  .refine(({ warmup, seconds }) => warmup === undefined || warmup < seconds, {
    path: ["warmup"],
    message: "must be shorter than seconds",
  });
