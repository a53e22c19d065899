import { useEffect, useRef, useState } from "preact/hooks";
import { labStrings } from "../../../strings/strings.ts";
import type { LabNotice } from "../../session/lab-notice.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { addressWith } from "../../session/machine-choice.ts";
import type { MachinePhase } from "../../session/machine-lifecycle.ts";
import { Button } from "./Button.tsx";

/** After this long without news the reader is told so, in milliseconds. */
const stalledAfter = 15_000;

/** What is to be said of the machine as a whole: why it did not open, and how to go on. */
export function MachineState({ session }: { session: LabSession }) {
  // It takes the focus of its buttons when they go away.
  const self = useRef<HTMLDivElement>(null);
  const stay = () => self.current?.focus();
  return (
    <div class="lab-machine" ref={self} tabIndex={-1}>
      <Failure session={session} onRetry={stay} />
      <NoticeLine session={session} onUndo={stay} />
      <OtherTabLine session={session} />
    </div>
  );
}

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

function Failure({ session, onRetry }: { session: LabSession; onRetry: () => void }) {
  const { value: phase } = session.machine;
  return (
    <div role="alert">
      {phase.kind === "failed" && (
        <div class="lab-message lab-message-failed">
          <p>
            <strong>{phase.message}</strong>
          </p>
          <p>{phase.remedy}</p>
          <Button
            onPress={() => {
              onRetry();
              void session.retry();
            }}
          >
            {labStrings.machine.retry}
          </Button>
          {session.definition.machine === "node" && (
            <a class="lab-button" href={addressWith("python")}>
              {labStrings.machineSwitch.withoutNode}
            </a>
          )}
        </div>
      )}
    </div>
  );
}

function NoticeLine({ session, onUndo }: { session: LabSession; onUndo: () => void }) {
  const { value: notice } = session.notice;
  const undo = notice?.kind === "reset" || notice?.kind === "put in" ? notice.undo : undefined;
  return (
    <div role="status">
      {notice && (
        <div class="lab-message">
          <p>{noticeText(notice)}</p>
          {notice.kind === "left" && (
            <Button
              onPress={() => {
                onUndo();
                void session.startBoth();
              }}
            >
              {labStrings.lab.startAgain}
            </Button>
          )}
          {undo && (
            <Button
              weight="quiet"
              onPress={() => {
                onUndo();
                session.restore(undo);
              }}
            >
              {labStrings.lab.undoReset}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function noticeText(notice: LabNotice): string {
  const { lab } = labStrings;
  switch (notice.kind) {
    case "reset":
      return lab.resetDone;
    case "put in":
      return lab.putIn;
    case "left":
      return lab.left;
    case "restored":
      return lab.restored;
    case "not kept":
      return lab.notKept;
    case "not written":
      return lab.notWritten(notice.path, notice.errno);
    case "failed":
      return notice.message;
  }
}

/** Says that another tab takes from the same cores, while this one has a machine that suffers. */
function OtherTabLine({ session }: { session: LabSession }) {
  const shown = session.otherTab.value && session.machine.value.kind === "open";
  return <div role="status">{shown && <p class="lab-message">{labStrings.lab.otherTab}</p>}</div>;
}
