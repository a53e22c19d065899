/** What came out of a lab's runs, on a slide: it follows the lab in the page, and before that shows what was recorded. */
import { useComputed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { sideNames } from "../../lab/basics/sides.ts";
import { sentences } from "../../lab/runs/run-summary.ts";
import { labSession } from "../../lab/session/lab-registry.ts";
import { SideBadge } from "../../lab/view/ui/SideBadge.tsx";
import type { LabDefinition } from "../../lab-definition/schema.ts";
import { slideStrings } from "../../strings/strings.ts";
import { outcomeLines, type PredictedPlan } from "./outcomes.ts";

const words = slideStrings.outcome;

/** What a page gives. */
export interface SlideOutcomeProps {
  /** Name of the lab. */
  readonly lab: string;
  readonly sides: LabDefinition["sides"];
  /** The plans that the lesson asks about. */
  readonly plans: readonly PredictedPlan[];
}

/** The figures and the answer for each plan, and what happened in the last run. */
export function SlideOutcome({ lab, sides, plans }: SlideOutcomeProps) {
  // What the server has rendered knows of no lab.
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const runs = useComputed(() => labSession(lab).value?.load.history.runs.value ?? []).value;
  const lines = outcomeLines(plans, sides, alive ? runs : []);
  const last = alive ? runs.at(-1)?.result : undefined;
  const recorded = lines.some(({ from }) => from === "recorded");
  return (
    <div class="outcome">
      {lines.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.plan}</th>
              {sideNames.map((side) => (
                <th scope="col" key={side} class={`lab-of-${side}`}>
                  <SideBadge side={side} /> {sides[side].title}
                </th>
              ))}
              <th scope="col">{words.answer}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ plan, question, figures, answer, from }) => (
              <tr key={plan}>
                <th scope="row">
                  {plan} <span class="outcome-question">{question}</span>
                </th>
                {sideNames.map((side) => (
                  <td key={side} class="outcome-figure">
                    {figures?.[side]}
                    {figures && from === "recorded" && <sup>*</sup>}
                  </td>
                ))}
                <td>{answer ?? words.open[from]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {recorded && <p class="outcome-note">{words.recorded}</p>}
      <p class="outcome-sentence" role="status">
        {last === undefined ? words.none : words.last(last.planLabel, sentences(last)[0] ?? "")}
      </p>
    </div>
  );
}
export default SlideOutcome;
