/** What is said of a prediction. */
import type { LabDefinition, PredictionDefinition } from "../../lab-definition/schema.ts";
import { labStrings } from "../../strings/strings.ts";
import { formatCount, formatFigure, formatTime } from "../basics/number-format.ts";
import type { Prediction } from "./predictions.ts";
import type { RunComparison, RunWinner } from "./run-comparison.ts";

const words = labStrings.predict;

/** What a choice is called: as the lab's author wrote it, otherwise by the side's title. */
export function choiceLabel(
  prediction: PredictionDefinition,
  sides: LabDefinition["sides"],
  outcome: RunWinner,
): string {
  const written = prediction.choices?.[outcome];
  if (written !== undefined) return written;
  return outcome === "alike" ? words.alike : words.side(sides[outcome].title);
}

/** What was said and what came, or an empty text before the first run. */
export function comparison(definition: PredictionDefinition, sides: LabDefinition["sides"], known: Prediction): string {
  const { choice, shown } = known;
  if (shown === undefined) return "";
  const seen = shownInWords(definition, sides, shown);
  if (choice === undefined) return words.unpredicted(seen);
  const label = choiceLabel(definition, sides, choice);
  return choice === shown.outcome ? words.asSaid(label, seen) : words.otherwise(label, seen);
}

function shownInWords({ measure }: PredictionDefinition, sides: LabDefinition["sides"], shown: RunComparison): string {
  const format = { rate: formatFigure, median: formatTime, failed: formatCount, contradictory: formatCount }[measure];
  const { outcome } = shown;
  if (outcome === "alike") return words.shownAlike[measure](format(shown.development), format(shown.production));
  const other = outcome === "development" ? "production" : "development";
  return words.shownMore[measure](sides[outcome].title, format(shown[outcome]), format(shown[other]));
}
