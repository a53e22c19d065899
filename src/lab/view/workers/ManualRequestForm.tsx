/** The reader as a client: one request a click, each followed through the server. */
import type { SideName } from "../../../lab-definition/schema.ts";
import { labStrings } from "../../../strings/strings.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { Button } from "../ui/Button.tsx";

const words = labStrings.manual;

interface HandProps {
  readonly session: LabSession;
  readonly name: SideName;
}

/** The path, and the button that sends one request. */
export function ManualRequestForm({ session, name }: HandProps) {
  const hand = session.manual[name];
  const { title } = session.sides[name].definition;
  const notSent = hand.notSent.value;
  return (
    <fieldset class="lab-hand" aria-label={words.label(title)}>
      <form
        class="lab-request"
        onSubmit={(event) => {
          event.preventDefault();
          session.sendManually(name);
        }}
      >
        <span class="lab-prompt" aria-hidden="true">
          GET
        </span>
        <input
          class="lab-command-text"
          aria-label={words.path}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          value={hand.path.value}
          onInput={({ currentTarget }) => {
            hand.path.value = currentTarget.value;
          }}
        />
        <Button onPress={() => session.sendManually(name)}>{words.send}</Button>
      </form>
      <p class="lab-hand-problem" role="status">
        {notSent !== undefined && words.notSent[notSent](title)}
      </p>
    </fieldset>
  );
}
