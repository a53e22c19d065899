import { useSignalEffect } from "@preact/signals";
import type { LabSession } from "../session/lab-session.ts";

/** While servers run, a term of the lesson opens beside it, in a tab of its own: to leave the page would end them. */
export function useTermsBeside(session: LabSession): void {
  useSignalEffect(() => {
    const alive = session.someAlive.value;
    for (const link of document.querySelectorAll<HTMLAnchorElement>("main a.term")) {
      if (alive) link.target = "_blank";
      else link.removeAttribute("target");
    }
  });
}
