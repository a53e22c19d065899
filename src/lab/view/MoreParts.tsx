import { useRef } from "preact/hooks";
import type { LabDefinition, ShownPart } from "../../lab-definition/schema.ts";
import { labStrings } from "../../strings/strings.ts";
import type { LabSession } from "../session/lab-session.ts";
import { shownParts } from "../session/shown-parts.ts";

const words = labStrings.parts;

/** What else the lab has: one part at a time, or everything. */
export function MoreParts({ session }: { session: LabSession }) {
  const { parts, definition } = session;
  const { value: everything } = parts.everything;
  const self = useRef<HTMLFieldSetElement>(null);
  const missing = shownParts.filter((part) => has(definition, part) && !parts.shows(part));
  // All of it came bit by bit, or was prepared.
  if (parts.begun && !everything && missing.length === 0) return null;
  const left = parts.begun ? missing : [];
  return (
    <fieldset class="lab-more" ref={self} tabIndex={-1} aria-label={words.label}>
      {left.length > 0 && <span>{words.also}</span>}
      {left.map((part) => (
        <button
          key={part}
          type="button"
          class="lab-button lab-button-small"
          onClick={() => {
            // The button goes away, and the keyboard stays here.
            self.current?.focus({ preventScroll: true });
            parts.show(part);
          }}
        >
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
