/** What an embedded lab does besides being one: options of its address, its height, what went wrong with keeping. */
import { effect } from "@preact/signals";
import { labSession } from "../../lab/session/lab-registry.ts";
import { announceTrouble } from "../../learning/progress/storage-trouble.ts";
import { embedStrings } from "../../strings/strings.ts";
import { type EmbedOptions, readEmbedOptions } from "./embed-options.ts";
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
  setUpLab(lab, options);
  linkWhole();
  announceTrouble();
  postHeight(lab);
}

/** The way to the whole lab leads to this very one: its plan, theme, and what a link has put into it. */
function linkWhole(): void {
  const address = new URL(location.href);
  address.searchParams.delete("size");
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".whole-lab a")) link.href = address.href;
}

/**
 * Shows what is asked for as soon as the lab is there, and chooses the plan unless its reader has chosen another
 * before.
 */
function setUpLab(lab: string, { plan, show }: EmbedOptions): void {
  let done = false;
  effect(() => {
    const { value: session } = labSession(lab);
    if (session === undefined || done) return;
    done = true;
    if (show === "everything") session.parts.showPrepared();
    if (plan !== undefined && session.load.planName.peek() === session.original.plan)
      session.load.planName.value = plan;
  });
}
