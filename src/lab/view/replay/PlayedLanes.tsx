/** A recorded run that plays in the lanes until the reader starts something: it shows what there will be to see. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Milliseconds } from "../../../machine/machine.ts";
import { replayStrings as words } from "../../../strings/strings.ts";
import { lanesEnd, lanesOf, showLanesAt } from "../../replay/lane-replay.ts";
import type { RecordedRunFile } from "../../replay/recorded-run.ts";
import { readersInWords } from "../../runs/plan-words.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { prefersReducedMotion } from "../ui/theme.ts";

/** So long it stands still at its end before it begins again. */
const restAtEnd: Milliseconds = 2000;

interface PlayedLanesProps {
  readonly session: LabSession;
  readonly file: RecordedRunFile;
  /** Name of its plan. */
  readonly plan: string;
}

/** The lanes of a run, and what they are. Who wants little motion sees how it ended. */
export function PlayedLanes({ session, file, plan }: PlayedLanesProps) {
  const paused = useSignal(prefersReducedMotion());
  const { course } = file;
  const definition = session.definition.plans.find(({ name }) => name === plan);
  const lanes = useMemo(() => definition && lanesOf(course, definition), [course, definition]);
  useEffect(() => {
    if (lanes === undefined) return;
    session.load.showLanes(lanes);
    return () => {
      if (session.load.replayed.peek() === lanes) session.load.showLanes(undefined);
    };
  }, [session, lanes]);
  const { value: still } = paused;
  useEffect(() => {
    if (lanes === undefined) return;
    const { together } = course.result;
    const end = lanesEnd(lanes, together);
    if (still) {
      if (lanes.development.now() === 0) showLanesAt(lanes, together, end);
      return;
    }
    // From where it was; over, it begins again.
    const at = Math.max(lanes.development.now(), lanes.production.now());
    let began = performance.now() - (at < end ? at : 0);
    let frame = 0;
    const step = (now: Milliseconds) => {
      if (now - began > end + restAtEnd) began = now;
      showLanesAt(lanes, together, Math.min(now - began, end));
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [lanes, course, still]);
  if (definition === undefined || lanes === undefined) return null;
  const every = Math.max(lanes.development.every, lanes.production.every);
  return (
    <>
      <p>
        <strong class="lab-recorded-mark">{words.recorded}</strong>{" "}
        {words.played(definition.label, readersInWords(definition), file.date, file.machine)}
        {every > 1 && ` ${words.thinned(every)}`}
      </p>
      <button
        type="button"
        class="lab-button lab-button-small"
        aria-label={still ? words.goOnNamed : words.pauseNamed}
        onClick={() => {
          paused.value = !still;
        }}
      >
        {still ? words.goOn : words.pause}
      </button>
    </>
  );
}
