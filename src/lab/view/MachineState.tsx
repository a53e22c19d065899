import { useRef } from "preact/hooks";
import { labStrings } from "../../strings/strings.ts";
import type { LabNotice } from "../session/lab-notice.ts";
import type { LabSession } from "../session/lab-session.ts";
import { addressWith } from "../session/machine-choice.ts";
import { Button } from "./ui/Button.tsx";

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
