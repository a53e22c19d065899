/** What an embedded lab does besides being one: options of its address, its height, what went wrong with keeping. */
import { effect } from "@preact/signals";
import { labSession } from "../../lab/session/lab-registry.ts";
import { announceTrouble } from "../../learning/progress/storage-trouble.ts";
import { embedStrings } from "../../strings/strings.ts";
import { readEmbedOptions } from "./embed-options.ts";
import { postHeight } from "./height-messages.ts";

/** Makes the page of a lab alone what its address asks for. */
export function setUp({ dataset: { lab = "", plans = "", machines = "" } }: HTMLElement, notice: HTMLElement): void {
  const { options, problems } = readEmbedOptions(location.search, {
    plans: plans.split(" "),
    machines: machines.split(" "),
  });
  notice.textContent = problems
    .map(({ option, value, choices }) => embedStrings.problem(option, value, choices))
    .join(" ");
  choosePlan(lab, options.plan);
  announceTrouble();
  postHeight(lab);
}

/** Chooses the plan as soon as the lab is there, unless its reader has chosen another before. */
function choosePlan(lab: string, plan: string | undefined): void {
  if (plan === undefined) return;
  let chosen = false;
  effect(() => {
    const { value: session } = labSession(lab);
    if (session === undefined || chosen) return;
    chosen = true;
    if (session.load.planName.peek() === session.original.plan) session.load.planName.value = plan;
  });
}
