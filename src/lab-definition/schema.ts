/**
 * What a teacher may write in `content/labs/<name>/lab.yaml`.
 *
 * Plain Zod, without the site: the lab in the page takes only the types from here.
 */
import { z } from "zod";
import { correctedLines, words } from "./corrected-lines.ts";
import { exerciseSchema } from "./exercise-schema.ts";
import { planSchema } from "./plan-schema.ts";
import { repairSchema } from "./repair-schema.ts";

const fileName = () => z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, "must be a path inside the lab's folder");

const path = (usual: string) => z.string().startsWith("/").default(usual);

/** A program that runs beside a side's server on the same computer: a queue's worker, a scheduler. */
const beside = z.strictObject({
  /** Its name on screen: of its part of the side, and of its terminal. */
  title: words().register(correctedLines, { line: "title: Worker" }).default("Worker"),
  /** The command line as one would type it in the folder of the files. It listens on no port that readers ask. */
  command: words().register(correctedLines, { line: "command: huey_consumer tasks.huey" }),
});

/** One half of a lab: what it is called and which command starts it. */
const side = (title: string, command: string) =>
  z.strictObject({
    /** Name of the side on screen, and of its region for screen readers. */
    title: words()
      .register(correctedLines, { line: `title: ${title}` })
      .default(title),
    /** The command line as one would type it in the folder of the files. It runs as it stands. */
    command: words().register(correctedLines, { line: `command: ${command}` }),
    /** The port that load tests and requests by hand go to. Left out: the one that opens first. */
    port: z.int().min(1).max(65535).register(correctedLines, { line: "port: 80" }).optional(),
    /** Starts with the server, and has a command line and a terminal of its own. Left out: there is none. */
    beside: beside.register(correctedLines, { line: "beside: { command: huey_consumer tasks.huey }" }).optional(),
  });

const uniquePlans = (plans: readonly { readonly name: string }[]) =>
  new Set(plans.map(({ name }) => name)).size === plans.length;
const twice = "must not use the name of a plan twice";

/**
 * What the lab runs where the reader chooses the Node machine: other files and commands. Plans and titles are the
 * lab's, unless the variant has its own (`on-node.ts`).
 */
const nodeVariant = z.strictObject({
  /** Files of the folder `node/` beside lab.yaml that both sides get, in the order in which they are shown. */
  files: z.array(fileName()).min(1).register(correctedLines, { line: "files: [server.js]" }),
  /** The command of each side, as one would type it in the folder of the files. */
  commands: z
    .strictObject({
      development: words().register(correctedLines, { line: "development: node --watch server.js" }),
      production: words().register(correctedLines, { line: "production: node cluster.js --port 8000 --workers 4" }),
    })
    .register(correctedLines, {
      line: "commands: { development: node --watch server.js, production: node cluster.js --port 8000 --workers 4 }",
    }),
  /**
   * What the sides are called on Node, where the lab's titles would not be true of them. Predictions name the sides, so
   * that the lab's own are then not compared with runs on Node. Left out: as on the lab's own machine.
   */
  titles: z
    .strictObject({
      development: words().register(correctedLines, { line: "development: One process" }),
      production: words().register(correctedLines, { line: "production: Four processes" }),
    })
    .register(correctedLines, { line: "titles: { development: One process, production: Four processes }" })
    .optional(),
  /** Plans that Node has in the place of the lab's of the same name, or beside them. Left out: the lab's alone. */
  plans: z
    .array(planSchema)
    .register(correctedLines, {
      line: "plans: [{ name: a-loop, label: A loop, requests: [{ path: / }], users: 10, seconds: 8 }]",
    })
    .refine(uniquePlans, twice)
    .default([]),
});

/** A lab: two sides, the files they share, and the load plans a reader can run. */
export const labSchema = z.strictObject({
  /** Title on screen, after `Lab:`. */
  title: words().register(correctedLines, { line: "title: The first load test" }),
  /** The kind of machine that runs both sides. Left out: `python`. */
  machine: z.enum(["python", "linux", "node"]).register(correctedLines, { line: "machine: python" }).default("python"),
  /**
   * On the Linux machine: what already runs when it opens, a file of `linux/situations/` without its ending. A side
   * whose files and command are those of the situation is found running; another command, or edited files, start it.
   * Left out: nothing runs.
   */
  situation: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, "must be the name of a file in linux/situations/, without its ending")
    .register(correctedLines, { line: "situation: nginx-and-gunicorn" })
    .optional(),
  /** Files of the lab's folder that both sides get, in the order in which they are shown. */
  files: z.array(fileName()).min(1).register(correctedLines, { line: "files: [app.py, wsgi.py]" }),
  /**
   * A file that the lab's programs write: each side shows its own, below its terminal, as it grows. Not one of `files`.
   * Left out: none.
   */
  watches: fileName().register(correctedLines, { line: "watches: sent.txt" }).optional(),
  /**
   * Command lines that run on each side before its programs start, each once, after pip has installed what
   * `requirements.txt` asks for; the terminal shows them. Left out: none.
   */
  prepare: z.array(words()).register(correctedLines, { line: "prepare: [python manage.py migrate]" }).optional(),
  /** What is compared. */
  sides: z
    .strictObject({
      /** The left side. */
      development: side("Development server", "flask --app app run").register(correctedLines, {
        line: "development: { command: flask --app app run }",
      }),
      /** The right side. */
      production: side("Production server", "gunicorn -w 4 -b 0.0.0.0:8000 app:app").register(correctedLines, {
        line: "production: { command: gunicorn -w 4 -b 0.0.0.0:8000 app:app }",
      }),
    })
    .register(correctedLines, { line: "sides: { development: { command: … }, production: { command: … } }" }),
  /** Offers the lab on the Node machine, too: the reader gets a switch. Left out: it does not. */
  node: nodeVariant
    .register(correctedLines, { line: "node: { files: [server.js], commands: { development: …, production: … } }" })
    .optional(),
  /** Load plans, the first one chosen at the start. */
  plans: z
    .array(planSchema)
    .min(1)
    .register(correctedLines, {
      line: "plans: [{ name: quick, label: A quick page, requests: [{ path: / }], users: 10, seconds: 8 }]",
    })
    .refine(uniquePlans, twice),
  /**
   * Controls beyond start, stop, load test and reset: the faults that a reader can cause on each side. Left out: none.
   *
   * - `kill`: a button on each worker's row, and one that picks a worker
   * - `hang`: asks a route whose handler never ends
   * - `slow-client`: connects clients that send a byte a second
   * - `leak`: asks a route whose handler keeps what it allocates; the side shows its memory
   * - `deploy`: raises the number in the line `VERSION = 1` of one of the files, and deploys that as the side's server is deployed. Load
   *   tests count answers by the header `X-Version`, which the app is to send.
   *
   * The Node machine has `kill` and `hang` only.
   */
  controls: z
    .array(z.enum(["kill", "hang", "slow-client", "leak", "deploy"]))
    .register(correctedLines, { line: "controls: [kill, hang]" })
    .default([]),
  /**
   * Settings of the servers with controls of their own, which edit the command line and restart: only those that the
   * program of a command line knows are shown. Left out: none.
   */
  settings: z
    .array(z.enum(["workers", "threads", "timeout"]))
    .register(correctedLines, { line: "settings: [workers, threads]" })
    .optional(),
  /**
   * What the lesson's steps need from the first start on: `settings`, `by-hand` (the request by hand), `faults`.
   * Whatever a lesson's text names in bold as the lab does comes by itself when it is read; the rest with a click. Left
   * out: nothing more.
   */
  shows: z
    .array(z.enum(["panes", "settings", "by-hand", "faults"]))
    .register(correctedLines, { line: "shows: [by-hand]" })
    .optional(),
  /**
   * Shows how much memory the processes of each side have taken together, where the machine knows it. Left out: only
   * with the fault `leak`.
   */
  memory: z.boolean().register(correctedLines, { line: "memory: true" }).optional(),
  /** Paths that the lab's own buttons ask for. */
  paths: z
    .strictObject({
      /** What a reader asks by hand, until another path is typed. Left out: `/`. */
      byHand: path("/").register(correctedLines, { line: "byHand: /" }),
      /** What servers are warmed with before a plan whose handlers only wait: a page that is quick. Left out: `/`. */
      warm: path("/").register(correctedLines, { line: "warm: /" }),
      /** Its handler never ends. Left out: `/hang`. */
      hang: path("/hang").register(correctedLines, { line: "hang: /hang" }),
      /** Its handler keeps what it allocates. Left out: `/leak`. */
      leak: path("/leak").register(correctedLines, { line: "leak: /leak" }),
    })
    .register(correctedLines, { line: "paths: { byHand: / }" })
    .prefault({}),
  /** Tasks that the lab checks, each put into a lesson with `<Try>`. Left out: none. */
  exercises: z
    .array(exerciseSchema)
    .register(correctedLines, {
      line: "exercises: [{ name: by-hand, title: …, solution: { files: [app.py] }, checks: […] }]",
    })
    .default([]),
  /** The lab is broken as it stands: what readers report, for `<Repair>` in a lesson. Left out: it is not. */
  repair: repairSchema
    .register(correctedLines, { line: "repair: { plan: …, symptoms: […], solution: { files: [nginx.conf] } }" })
    .optional(),
});

/** A lab as the page gets it, every default filled in. Its exercises and symptoms stand in the lesson. */
export type LabDefinition = Omit<z.infer<typeof labSchema>, "exercises" | "repair">;
/** One half of a lab. */
export type SideDefinition = LabDefinition["sides"]["development"];
/** The program beside a side's server. */
export type BesideDefinition = NonNullable<SideDefinition["beside"]>;
/** The name of a lab's half. */
export type SideName = keyof LabDefinition["sides"];
/** Harm that a reader can do on purpose. */
export type FaultKind = LabDefinition["controls"][number];
/** One load plan of a lab. */
export type PlanDefinition = LabDefinition["plans"][number];
/** The schedule of a plan whose readers come whatever the server does. */
export type ArrivalsDefinition = NonNullable<PlanDefinition["arrivals"]>;
/** A setting of a server. */
export type SettingName = NonNullable<LabDefinition["settings"]>[number];
/** A part of a lab that is not on screen before it is needed. */
export type ShownPart = NonNullable<LabDefinition["shows"]>[number];
/** What a plan asks before its first run. */
export type PredictionDefinition = NonNullable<PlanDefinition["predict"]>;
/** A file that both sides get. */
export interface LabFile {
  /** Path inside the lab's folder, and inside the folder that the command runs in. */
  readonly path: string;
  readonly text: string;
}
/** A file that both sides get as it is, and no editor shows. */
export interface LabAsset {
  /** As that of a `LabFile`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}
