import type { SideName } from "../../lab-definition/schema.ts";
import { hiddenCharacterStrings, labStrings } from "../../strings/strings.ts";
import type { CommandProblem } from "../command/parse-command-line.ts";
import type { LabSession } from "../session/lab-session.ts";
import { Settings } from "./Settings.tsx";
import { Button } from "./ui/Button.tsx";
import { useUniqueId } from "./ui/use-unique-id.ts";

/** The command line of a side. What stands in it is what runs. */
export function CommandLine({ session, name }: { session: LabSession; name: SideName }) {
  const side = session.sides[name];
  const words = labStrings.side;
  const problemId = useUniqueId("lab-command-problem");
  const { value: problem } = side.commandProblem;
  const run = () => void session.restart(name);
  const alive = side.alive.value;
  const { title } = side.definition;
  return (
    <div class="lab-command">
      <div class="lab-command-line">
        <span class="lab-prompt" aria-hidden="true">
          $
        </span>
        <textarea
          class="lab-command-text"
          rows={1}
          aria-label={words.command}
          aria-invalid={problem !== undefined}
          aria-describedby={problemId}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          enterkeyhint="go"
          value={side.command.value}
          onInput={({ currentTarget }) => {
            // A command is one line, also when several are pasted.
            const line = currentTarget.value.replace(/\s*\n\s*/g, " ");
            if (line !== currentTarget.value) currentTarget.value = line;
            side.editCommand(line);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.isComposing) return;
            event.preventDefault();
            run();
          }}
        />
        {(session.parts.begun || side.command.value !== side.definition.command) && (
          <Button
            weight={side.commandChanged.value || (alive && side.edited.value) ? "main" : "plain"}
            name={alive ? words.restartNamed(title) : words.startNamed(title)}
            onPress={run}
          >
            {alive ? words.restart : words.start}
          </Button>
        )}
      </div>
      <p class="lab-command-problem" id={problemId} role="status">
        {problem && explainProblem(problem)}
      </p>
      {session.parts.shows("settings") && <Settings session={session} name={name} />}
    </div>
  );
}

function explainProblem(problem: CommandProblem): string {
  const words = labStrings.command;
  switch (problem.kind) {
    case "empty":
      return words.empty;
    case "unclosed-quote":
      return words.unclosedQuote(problem.quote, problem.column);
    case "trailing-backslash":
      return words.trailingBackslash;
    case "operator":
      return words.operator(problem.operator);
    case "hidden-character":
      return words.hiddenCharacter(hiddenCharacterStrings.named(problem.point), problem.column);
  }
}
