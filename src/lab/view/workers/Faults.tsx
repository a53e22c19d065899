import type { FaultKind, SideName } from "../../../lab-definition/schema.ts";
import { labStrings } from "../../../strings/strings.ts";
import { formatFigure } from "../../basics/number-format.ts";
import type { FaultNote } from "../../faults/side-faults.ts";
import type { LabSession } from "../../session/lab-session.ts";

const words = labStrings.faults;

/** What the Node machine can do: it has no connections for the page, and its app has no such routes. */
const onNode: readonly FaultKind[] = ["kill", "hang"];

/** The buttons that do harm to a side, and what came of the last ones. */
export function Faults({ session, name }: { session: LabSession; name: SideName }) {
  const { definition } = session;
  const faults = session.faults[name];
  const kinds = definition.controls.filter((kind) => definition.machine !== "node" || onNode.includes(kind));
  if (kinds.length === 0) return null;
  const ending = faults.slow.value.length > 0;
  return (
    <fieldset class="lab-faults" aria-label={words.label(session.sides[name].definition.title)}>
      <div class="lab-fault-buttons">
        <span class="lab-faults-label" aria-hidden="true">
          {words.heading}
        </span>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            class="lab-button lab-button-small"
            title={words.hints[kind]}
            onClick={() => void faults.cause(kind)}
          >
            {kind === "slow-client" && ending ? words.endSlowClients : words.names[kind]}
          </button>
        ))}
      </div>
      <div role="status">
        {faults.refusal.value !== undefined && <p class="lab-fault-refusal">{faults.refusal.value}</p>}
        {faults.notes.value.length > 0 && (
          <ul class="lab-fault-notes">
            {faults.notes.value.map((note) => (
              <Note key={note.id} note={note} />
            ))}
          </ul>
        )}
      </div>
    </fieldset>
  );
}

function Note({ note: { kind, inRun, text } }: { note: FaultNote }) {
  return (
    <li>
      <strong>{words.names[kind]}</strong>
      {inRun !== undefined && <span class="lab-fault-time">{words.inRun(formatFigure(inRun / 1000))}</span>} {text}
    </li>
  );
}
