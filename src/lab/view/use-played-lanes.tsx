import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { siteRoot } from "../../site-root.ts";
import type { RecordedRunFile } from "../replay/recorded-run.ts";
import type { LabSession } from "../session/lab-session.ts";
import { useLazyCode } from "./ui/use-lazy-code.ts";

interface PlayedLab {
  readonly session: LabSession;
  /** Name of the lab's folder. */
  readonly name: string;
  /** The plan whose recorded run plays. Left out: none. */
  readonly plan: string | undefined;
}

/**
 * A recorded run in the lanes, on a page whose lab is there to be seen. Its code and its file come when the page is otherwise done; without them
 * the lanes are empty. The place of its words is kept from the start.
 */
export function usePlayedLanes({ session, name, plan }: PlayedLab) {
  const view = useLazyCode(async () => (await import("./replay/PlayedLanes.tsx")).PlayedLanes);
  const file = useSignal<RecordedRunFile | undefined>(undefined);
  useEffect(() => {
    if (plan === undefined) return;
    const bring = async () => {
      const [response] = await Promise.all([fetch(new URL(`runs/${name}-${plan}.json`, siteRoot())), view.load()]);
      if (response.ok) file.value = await response.json();
    };
    // It is an ornament: what went wrong leaves the lanes empty.
    const begin = () => void bring().catch(() => undefined);
    const leaving = new AbortController();
    if (document.readyState === "complete") begin();
    else addEventListener("load", begin, { once: true, signal: leaving.signal });
    return () => leaving.abort();
  }, [name, plan, view, file]);
  const { load } = session;
  const untouched =
    session.machine.value.kind === "closed" && !session.someAlive.value && load.shownPlan.value === undefined;
  // Whoever chooses another plan is not shown this one.
  if (plan === undefined || plan !== load.planName.value || !untouched) return null;
  const { value: Played } = view.code;
  return (
    <div class="lab-played">{Played && file.value && <Played session={session} file={file.value} plan={plan} />}</div>
  );
}
