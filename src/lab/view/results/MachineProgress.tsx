import { useEffect, useState } from "preact/hooks";
import { labStrings } from "../../../strings/strings.ts";
import type { LabSession } from "../../session/lab-session.ts";
import type { MachinePhase } from "../../session/machine-lifecycle.ts";

/** After this long without news the reader is told so, in milliseconds. */
const stalledAfter = 15_000;

/** How far the machine is while it opens. */
export function MachineProgress({ session }: { session: LabSession }) {
  const { value: phase } = session.machine;
  const { machine: words, side } = labStrings;
  const progress = phase.kind === "opening" ? phase.progress : undefined;
  const stalled = useStalled(phase);
  return (
    <>
      {phase.kind === "opening" && (
        <progress class="lab-progress" aria-label={words.progress} max={1} value={progress?.fraction ?? 0.01} />
      )}
      <p class="lab-progress-step" role="status">
        {phase.kind === "opening" && (progress === undefined ? `${words.progress}.` : side.opening(progress.step))}
      </p>
      <p class="lab-progress-step" role="status">
        {stalled && words.stalled}
      </p>
    </>
  );
}

/** Whether nothing was heard for a while of a machine that is being opened. */
function useStalled(phase: MachinePhase): boolean {
  const [stalled, setStalled] = useState(false);
  useEffect(() => {
    setStalled(false);
    if (phase.kind !== "opening") return;
    const timer = setTimeout(() => setStalled(true), stalledAfter);
    return () => clearTimeout(timer);
  }, [phase]);
  return stalled;
}
