/** The words of the lab, in the one language that there is so far. */
import { labEn } from "../../strings/en/lab.ts";

export const labStrings = labEn;
