import type { ComponentChildren } from "preact";
import { labStrings } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";
import { Button } from "./ui/Button.tsx";

/** The lab's title, and the buttons for both sides at once. */
export function Controls({
  session,
  tools,
  share,
}: {
  session: LabSession;
  tools?: ComponentChildren;
  share: ComponentChildren;
}) {
  const { lab } = labStrings;
  const opening = session.machine.value.kind === "opening";
  return (
    <header class="lab-head">
      <h2 class="lab-title">{lab.label(session.definition.title)}</h2>
      {tools}
      <div class="lab-buttons">
        <Button weight="main" off={session.allAlive.value} onPress={() => void session.startBoth()}>
          {lab.start}
        </Button>
        <Button off={!session.someAlive.value && !opening} onPress={() => void session.stopBoth()}>
          {lab.stop}
        </Button>
        {share}
        <Button weight="quiet" onPress={() => void session.reset()}>
          {lab.reset}
        </Button>
      </div>
    </header>
  );
}
