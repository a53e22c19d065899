import { useEffect, useRef } from "preact/hooks";
import { labStrings } from "../../../strings/strings.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { prefersReducedMotion } from "../ui/theme.ts";
import { useLazyCode } from "../ui/use-lazy-code.ts";

/**
 * What came of the last run, in a place of its own. Its code is loaded with the machine: before there is one, nothing
 * can be run.
 */
export function LazyResults({ session }: { readonly session: LabSession }) {
  const results = useLazyCode(async () => (await import("./Results.tsx")).Results);
  const { result, running } = session.load;
  const wanted = session.machine.value.kind !== "closed" || result.value !== undefined;
  const place = useRef<HTMLDivElement>(null);
  useComesIntoView(session, place);

  useEffect(() => {
    if (wanted) void results.load();
  }, [wanted, results]);

  const { value: Results } = results.code;
  const coming = running.value || session.gettingReady.value;
  return (
    <div class="lab-verdict" ref={place} data-room={coming || result.value !== undefined}>
      {result.value === undefined && (
        <p class="lab-verdict-empty">{coming ? labStrings.results.coming : labStrings.results.empty}</p>
      )}
      {results.failed.value && (
        <p class="lab-message">{`${labStrings.machine.codeFailed} ${labStrings.machine.codeFailedRemedy}`}</p>
      )}
      {Results && <Results session={session} />}
    </div>
  );
}

/**
 * When a run that went on before the reader's eyes is over, what came of it is brought into view: unless the keyboard
 * is elsewhere.
 */
function useComesIntoView({ load }: LabSession, place: { readonly current: HTMLElement | null }): void {
  const ran = useRef(false);
  const { value: running } = load.running;
  const complete = load.result.value?.complete === true;
  useEffect(() => {
    if (running) ran.current = true;
    else if (ran.current && complete) {
      ran.current = false;
      const { activeElement } = document;
      if (activeElement !== document.body && activeElement?.closest(".lab-load") === null) return;
      place.current?.scrollIntoView({ block: "nearest", behavior: prefersReducedMotion() ? "auto" : "smooth" });
    }
  }, [running, complete, place]);
}
