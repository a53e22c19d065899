import { useEffect } from "preact/hooks";
import type { ShownPart } from "../../lab-definition/schema.ts";
import { labStrings } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";

const { faults, workers, manual, side } = labStrings;

/** What a lesson's text sets in bold where it means a control, and the part of a lab that has it. */
const partsByName: ReadonlyMap<string, ShownPart> = new Map<string, ShownPart>([
  ...[...Object.values(faults.names), faults.endSlowClients, workers.kill].map((name) => [name, "faults"] as const),
  [manual.send, "by-hand"],
  ...[side.terminal, side.shell, side.browser, side.response].map((name) => [name, "panes"] as const),
]);

/**
 * A part of the lab comes on screen when the text beside it that names one of its controls does, and when an exercise
 * does.
 */
export function useAskedByText({ parts }: LabSession): void {
  useEffect(() => {
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        const part = partsByName.get(target.textContent?.trim() ?? "");
        parts.show(...(part === undefined ? (["panes", "settings"] as const) : [part]));
      }
    });
    for (const element of document.querySelectorAll("main strong, main .try-island")) {
      const named = partsByName.has(element.textContent?.trim() ?? "") && element.closest(".lab") === null;
      if (named || element.matches(".try-island")) seen.observe(element);
    }
    return () => seen.disconnect();
  }, [parts]);
}
