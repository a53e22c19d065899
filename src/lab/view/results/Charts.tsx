import { useSignal } from "@preact/signals";
import { labStrings } from "../../../strings/strings.ts";
import { sideNames } from "../../basics/sides.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { LazyView } from "../ui/LazyView.tsx";

const words = labStrings.load;
const loadFigures = async () => (await import("./LiveFigures.tsx")).LiveFigures;
/** From this width on there is room for charts beside everything else. */
const wide = "(min-width: 80rem)";

/** Charts of the run: open on a wide screen, elsewhere behind a click. */
export function Charts({ session }: { session: LabSession }) {
  const { load, parts } = session;
  const open = useSignal(parts.everything.peek() || matchMedia(wide).matches);
  const seen = sideNames.some((side) => load.ticks[side].value.length > 0);
  // Their place is there from the first moment of a run on.
  if (!seen && !load.running.value && !session.gettingReady.value) return null;
  return (
    <details
      class="lab-charts"
      open={open.value}
      onToggle={({ currentTarget }) => {
        open.value = currentTarget.open;
      }}
    >
      <summary>{words.charts}</summary>
      {open.value && (
        <div class="lab-live-room">
          <LazyView shown={seen} load={loadFigures} of={{ session }} />
        </div>
      )}
    </details>
  );
}
