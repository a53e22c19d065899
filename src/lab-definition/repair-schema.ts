/**
 * What a teacher may write in `repair` of a lab.yaml: the lab is broken as it stands, and readers report symptoms. The
 * site is looked at under load, and each symptom by itself. The files of a repaired lab lie in `repair/solution/`,
 * under the names that they have in the lab.
 */
import { z } from "zod";
import { correctedLines, words } from "./corrected-lines.ts";
import { figureCheck, requestCheck, sideName, stand } from "./exercise-schema.ts";

/** Whether a server comes back after its main process has been killed under load. */
const survivesCheck = z.strictObject({
  side: sideName.default("production"),
  /** What the command line of its processes contains. The oldest of them is killed. */
  process: words().register(correctedLines, { line: "process: gunicorn" }),
  /** What is then asked until it is answered with status 200. */
  path: z.string().startsWith("/").default("/"),
});

/** One thing that readers report. */
const symptom = z
  .strictObject({
    /** Names it; whether it was repaired is kept under this. */
    name: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower case words joined by hyphens")
      .register(correctedLines, { line: "name: basket" }),
    /** What readers say, not why it is so. */
    report: words().register(correctedLines, { line: "report: The basket answers with an error." }),
    /** Where to look, shown one after the other. */
    hints: z.array(words()).min(1).register(correctedLines, {
      line: "hints: [Read the journal of the shop., Where should this setting come from?]",
    }),
    /** The lesson that taught it. */
    lesson: words().register(correctedLines, { line: "lesson: 13-something-must-watch" }),
    /** One request while others come: it is gone if the answer is as it must be. */
    request: requestCheck.optional(),
    /** Figures of the run: it is gone if all are as they must be. */
    figures: z
      .array(figureCheck)
      .min(1)
      .register(correctedLines, { line: "figures: [{ figure: failed, atMost: 0 }]" })
      .optional(),
    /** It is gone if the server comes back. */
    survives: survivesCheck.register(correctedLines, { line: "survives: { process: gunicorn }" }).optional(),
  })
  .refine(
    ({ request, figures, survives }) => [request, figures, survives].filter((kind) => kind !== undefined).length === 1,
    "needs exactly one of request, figures and survives",
  );

/** A broken lab. */
export const repairSchema = z.strictObject({
  /** Name of the plan that runs while the site is looked at. */
  plan: words().register(correctedLines, { line: "plan: opening-hours" }),
  symptoms: z
    .array(symptom)
    .min(1)
    .register(correctedLines, {
      line: "symptoms: [{ name: …, report: …, hints: […], lesson: …, request: { path: / } }]",
    })
    .refine(
      (symptoms) => new Set(symptoms.map(({ name }) => name)).size === symptoms.length,
      "must not use the name of a symptom twice",
    ),
  /** How the lab stands without any of the faults. */
  solution: stand()
    .refine(({ files, commands }) => files.length + Object.keys(commands).length > 0, "must change a file or a command")
    .register(correctedLines, { line: "solution: { files: [nginx.conf] }" }),
});

/** A broken lab as lab.yaml describes it. */
export type RepairDefinition = z.infer<typeof repairSchema>;
/** One thing that readers report. */
export type Symptom = RepairDefinition["symptoms"][number];
