/** A question that is asked before a plan's first run, in the lesson's text. Readable before, and without, scripts. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LabDefinition, PredictionDefinition } from "../../lab-definition/schema.ts";
import { labStrings } from "../../strings/strings.ts";
import { choiceLabel, comparison } from "../runs/prediction-words.ts";
import { type Prediction, type Predictions, predictionsOf } from "../runs/predictions.ts";
import { runWinners } from "../runs/run-comparison.ts";
import "../../learning/prediction/predict.css";

/** What a page gives to a question. */
export interface PredictProps {
  /** Name of the lab. */
  readonly lab: string;
  /** Name of its plan. */
  readonly plan: string;
  /** The plan's name on screen. */
  readonly planLabel: string;
  readonly prediction: PredictionDefinition;
  readonly sides: LabDefinition["sides"];
}

const words = labStrings.predict;

/** The question, its choices, and, after the first run, how they compare. */
export function Predict({ lab, plan, planLabel, prediction, sides }: PredictProps) {
  const predictions = useSignal<Predictions | undefined>(undefined);
  useEffect(() => {
    const ours = predictionsOf(lab);
    ours.ask(plan);
    predictions.value = ours;
  }, [predictions, lab, plan]);
  const known: Prediction = predictions.value?.of(plan).value ?? {};
  const closed = known.running === true || known.shown !== undefined;
  const said = comparison(prediction, sides, known);
  return (
    <div class="predict controls">
      <fieldset disabled={closed}>
        <legend>
          <span class="predict-plan">{planLabel}</span> {prediction.question}
        </legend>
        {runWinners.map((outcome) => (
          <label key={outcome}>
            <input
              type="radio"
              name={`predict-${lab}-${plan}`}
              value={outcome}
              checked={known.choice === outcome}
              onChange={() => predictions.value?.choose(plan, outcome)}
            />
            {choiceLabel(prediction, sides, outcome)}
          </label>
        ))}
      </fieldset>
      <p class={`predict-comparison ${isRight(known) ? "celebrated" : ""}`} role="status">
        {said || (known.choice === undefined ? "" : words.noted)}
      </p>
    </div>
  );
}
export default Predict;

function isRight({ choice, shown }: Prediction): boolean {
  return shown !== undefined && choice === shown.outcome;
}
