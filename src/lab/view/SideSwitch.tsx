import { labStrings } from "../../strings/strings.ts";
import { sideNames } from "../basics/sides.ts";
import type { LabSession } from "../session/lab-session.ts";
import { SideBadge } from "./ui/SideBadge.tsx";
import type { ShownSide } from "./use-shown-side.ts";

/** Chooses the side on screen, where there is room for one. */
export function SideSwitch({ session, side: { shown, choose } }: { session: LabSession; side: ShownSide }) {
  return (
    <fieldset class="lab-side-switch" aria-label={labStrings.parts.sides}>
      {sideNames.map((name) => (
        <button
          key={name}
          type="button"
          class={`lab-side-choice lab-of-${name}`}
          aria-pressed={shown.value === name}
          onClick={() => choose(name)}
        >
          <SideBadge side={name} /> {session.sides[name].definition.title}
        </button>
      ))}
    </fieldset>
  );
}
