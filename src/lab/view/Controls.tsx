import type { ComponentChildren } from "preact";
import { labStrings } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";
import { isUnchanged } from "../session/lab-state.ts";
import { Button } from "./ui/Button.tsx";

const { lab } = labStrings;

/** The lab's title, and what can be done with the lab as a whole. */
export function Controls({
  session,
  tools,
  share,
}: {
  session: LabSession;
  tools?: ComponentChildren;
  share: ComponentChildren;
}) {
  const { parts, definition } = session;
  const whole = parts.extent === "whole";
  // Who has changed something must be able to take it back. A page with little room chooses the plan itself.
  const { plan, ...state } = session.state();
  const changed = !isUnchanged(whole && plan !== undefined ? { ...state, plan } : state);
  return (
    <header class="lab-head">
      <h2 class="lab-title">{lab.label(definition.title)}</h2>
      <div class="lab-head-tools">
        {/* From Node there must be a way back. */}
        {(parts.begun || definition.machine === "node") && tools}
        {(parts.begun || changed) && (
          <div class="lab-buttons">
            {whole && share}
            <Button weight="quiet" onPress={() => void session.reset()}>
              {lab.reset}
            </Button>
          </div>
        )}
      </div>
    </header>
  );
}
