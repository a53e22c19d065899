/** The schemas of `content/choice/`: what <Chooser /> asks, and what <Comparison /> compares. */
import { z } from "astro/zod";
import { corrected } from "./corrected-line.ts";

const reasonLine =
  '{ server: waitress, says: for, why: "Its event loop takes slow clients in.", page: lessons/08-waitress/ }';
const line = (example: string) => z.string(corrected(example)).trim().min(1, corrected(example));
const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, corrected("id: front", "must be small letters and digits, joined by hyphens"));
const pagePath = z
  .string()
  .regex(
    /^[a-z]+\/[a-z0-9-]+\/(#[a-z0-9-]+)?$/,
    corrected("page: lessons/08-waitress/", "must be a path below the site's root"),
  );

/** Where something is shown: exactly one of them. */
const oneEvidence = (value: { page?: string | undefined; source?: string | undefined }) =>
  (value.page === undefined) !== (value.source === undefined);
const oneEvidenceRule = corrected(
  "page: lessons/08-waitress/ (or source: https://…)",
  "must have a page or a source, and only one of them",
);

const reason = z
  .strictObject({
    /** Id of the server that it is about. */
    server: id,
    /** For it, against it, or ruling it out. */
    says: z.enum(["for", "against", "out"], corrected(reasonLine)),
    why: line(reasonLine),
    page: pagePath.optional(),
    source: z.url().optional(),
  })
  .refine(oneEvidence, oneEvidenceRule);

/** `content/choice/chooser.yaml`. */
export const chooserSchema = z
  .strictObject({
    servers: z
      .array(
        z.strictObject({
          id,
          name: line("name: Gunicorn"),
          /** How one begins with it. */ start: line("start: gunicorn app:app"),
          /** The same where users reach it directly: it listens to everybody. */
          reached: line("reached: gunicorn -b 0.0.0.0:8000 app:app"),
        }),
      )
      .min(2),
    questions: z
      .array(
        z.strictObject({
          id,
          question: line("question: What is in front of it?"),
          answers: z
            .array(
              z.strictObject({
                id,
                text: line("text: Nothing"),
                /** Users reach the server directly. */
                direct: z.boolean().optional(),
                reasons: z.array(reason).min(1),
              }),
            )
            .min(2),
        }),
      )
      .min(1),
  })
  .refine(
    ({ servers, questions }) =>
      questions.every(({ answers }) =>
        answers.every(({ reasons }) => reasons.every(({ server }) => servers.some((each) => each.id === server))),
      ),
    corrected(reasonLine, "must name servers that it has"),
  );

/** `content/choice/comparison.yaml`. */
export const comparisonSchema = z
  .strictObject({
    /** The day on which all of it was looked up. */
    date: z.iso.date().or(z.date().transform((date) => date.toISOString().slice(0, 10))),
    servers: z.array(z.string().min(1)).min(2),
    rows: z
      .array(
        z.strictObject({
          what: line("what: Slow clients"),
          cells: z.array(
            z
              .strictObject({
                text: line("text: The event loop takes them"),
                page: pagePath.optional(),
                /** The claim on that page that a test runs. */
                claim: id.optional(),
                source: z.url().optional(),
              })
              .refine(oneEvidence, oneEvidenceRule)
              .refine(
                ({ page, claim }) => (page === undefined) === (claim === undefined),
                corrected("claim: four-at-a-time", "must name the claim of its page"),
              ),
          ),
        }),
      )
      .min(1),
  })
  .refine(
    ({ servers, rows }) => rows.every(({ cells }) => cells.length === servers.length),
    corrected("cells: with one for each server", "must have a cell for each server in every row"),
  );

/** What the chooser asks. */
export type ChooserData = z.infer<typeof chooserSchema>;
