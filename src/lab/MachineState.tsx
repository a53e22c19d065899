import { useRef } from "preact/hooks";
import { Button } from "./Button.tsx";
import type { LabSession } from "./lab-session.ts";
import { addressWith } from "./machine-choice.ts";
import { labStrings } from "./strings.ts";

/** What the machine is doing as a whole: its progress while it opens, or why it did not, and how to go on. */
export function MachineState({ session }: { session: LabSession }) {
  // It takes the focus of its buttons when they go away.
  const self = useRef<HTMLDivElement>(null);
  const stay = () => self.current?.focus();
  return (
    <div class="lab-machine" ref={self} tabIndex={-1}>
      <Progress session={session} />
      <Failure session={session} onRetry={stay} />
      <NoticeLine session={session} onUndo={stay} />
    </div>
  );
}

function Progress({ session }: { session: LabSession }) {
  const { value: phase } = session.machine;
  const { machine: words, side } = labStrings;
  const progress = phase.kind === "opening" ? phase.progress : undefined;
  return (
    <>
      {phase.kind === "opening" && (
        <progress class="lab-progress" aria-label={words.progress} max={1} value={progress?.fraction ?? 0.01} />
      )}
      <p class="lab-progress-step" role="status">
        {phase.kind === "opening" && (progress === undefined ? `${words.progress}.` : side.opening(progress.step))}
      </p>
    </>
  );
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
          <p>{phase.wayOn}</p>
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
              {labStrings.machineSwitch.usePython}
            </a>
          )}
        </div>
      )}
    </div>
  );
}

function NoticeLine({ session, onUndo }: { session: LabSession; onUndo: () => void }) {
  const { value: notice } = session.notice;
  const { lab } = labStrings;
  const undo = notice?.kind === "reset" ? notice.undo : undefined;
  return (
    <div role="status">
      {notice && (
        <div class="lab-message">
          <p>{notice.kind === "reset" ? lab.resetDone : notice.kind === "left" ? lab.left : notice.message}</p>
          {undo && (
            <Button
              weight="quiet"
              onPress={() => {
                onUndo();
                session.restore(undo);
              }}
            >
              {lab.undoReset}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
