import type { LabDefinition, ShownPart } from "../../lab-definition/schema.ts";
import { labStrings } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";
import { shownParts } from "../session/shown-parts.ts";

const words = labStrings.parts;

/** What else the lab has: one part at a time, or everything. */
export function MoreParts({ session }: { session: LabSession }) {
  const { parts, definition } = session;
  const { value: everything } = parts.everything;
  const left =
    parts.begun && !everything ? shownParts.filter((part) => has(definition, part) && !parts.shows(part)) : [];
  return (
    <fieldset class="lab-more" aria-label={words.label}>
      {left.length > 0 && <span>{words.also}</span>}
      {left.map((part) => (
        <button key={part} type="button" class="lab-button lab-button-small" onClick={() => parts.show(part)}>
          {words.names[part]}
        </button>
      ))}
      <button
        type="button"
        class="lab-button lab-button-small lab-button-quiet"
        onClick={() => parts.wantEverything(!everything)}
      >
        {everything ? words.less : words.everything}
      </button>
    </fieldset>
  );
}

/** Whether a lab has anything of this kind. */
function has({ settings = [], controls }: LabDefinition, part: ShownPart): boolean {
  if (part === "settings") return settings.length > 0;
  return part !== "faults" || controls.length > 0;
}
