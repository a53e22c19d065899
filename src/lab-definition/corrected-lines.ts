/** What the fields of lab.yaml have in common. */
import { z } from "zod";

/** A line that would be right, for the message that a wrong or missing field gets. */
export interface CorrectedLine {
  readonly line: string;
}

/** The corrected line of each field. */
export const correctedLines = z.registry<CorrectedLine>();

/** A text that says something. */
export const words = () => z.string().trim().min(1);
