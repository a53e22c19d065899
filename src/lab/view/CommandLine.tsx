import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { SideName } from "../../lab-definition/schema.ts";
import { hiddenCharacterStrings, labStrings } from "../../strings/strings.ts";
import type { CommandProblem } from "../command/parse-command-line.ts";
import type { LabSession } from "../session/lab-session.ts";
import type { EditableCommand } from "../side/editable-command.ts";
import { Button } from "./ui/Button.tsx";
import { LazyView } from "./ui/LazyView.tsx";
import { useLazyCode } from "./ui/use-lazy-code.ts";
import { useUniqueId } from "./ui/use-unique-id.ts";

const loadSettings = async () => (await import("./Settings.tsx")).Settings;
const loadWholeOptions = async () => (await import("./whole-options.ts")).keepOptionsWhole;

/** The command line of a side. What stands in it is what runs. */
export function CommandLine({ session, name }: { session: LabSession; name: SideName }) {
  const { line, definition } = session.sides[name];
  const words = labStrings.side;
  return (
    <CommandField
      line={line}
      label={words.command}
      startName={words.startNamed(definition.title)}
      restartName={words.restartNamed(definition.title)}
      begun={session.parts.begun}
      onRun={() => void session.restart(name)}
    >
      {session.parts.shows("settings") && <LazyView shown load={loadSettings} of={{ session, name }} />}
    </CommandField>
  );
}

/** A field that is higher than this has more than one row, in pixels. */
const severalRows = 48;

interface CommandFieldProps {
  readonly line: EditableCommand;
  readonly label: string;
  /** What its button is called while nothing runs, and while something does. */
  readonly startName: string;
  readonly restartName: string;
  /** The button is there even if nothing has been changed. */
  readonly begun: boolean;
  readonly onRun: () => void;
  /** What stands below. */
  readonly children?: ComponentChildren;
}

/** A command line that can be edited, with the button that runs it. */
export function CommandField({ line, label, startName, restartName, begun, onRun, children }: CommandFieldProps) {
  const words = labStrings.side;
  const problemId = useUniqueId("lab-command-problem");
  const { value: problem } = line.problem;
  const alive = line.alive.value;
  const field = useRef<HTMLTextAreaElement>(null);
  const options = useLazyCode(loadWholeOptions);
  const { value: keepOptionsWhole } = options.code;
  const { value: text } = line.text;
  // Most lines have one row, and nothing to keep whole.
  useEffect(() => {
    if (text !== "" && (field.current?.scrollHeight ?? 0) > severalRows) void options.load();
  }, [text, options]);
  useEffect(() => {
    const { current } = field;
    return text === "" || current === null ? undefined : keepOptionsWhole?.(current);
  }, [text, keepOptionsWhole]);
  return (
    <div class="lab-command">
      <div class="lab-command-line">
        <span class="lab-prompt" aria-hidden="true">
          $
        </span>
        <textarea
          class="lab-command-text"
          ref={field}
          rows={1}
          aria-label={label}
          aria-invalid={problem !== undefined}
          aria-describedby={problemId}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          enterkeyhint="go"
          value={text}
          onInput={({ currentTarget }) => {
            // A command is one line, also when several are pasted.
            const text = currentTarget.value.replace(/\s*\n\s*/g, " ");
            if (text !== currentTarget.value) currentTarget.value = text;
            line.edit(text);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.isComposing) return;
            event.preventDefault();
            onRun();
          }}
        />
        {(begun || line.text.value !== line.original) && (
          <Button
            weight={line.changed.value || (alive && line.edited.value) ? "main" : "plain"}
            name={alive ? restartName : startName}
            onPress={onRun}
          >
            {alive ? words.restart : words.start}
          </Button>
        )}
      </div>
      <p class="lab-command-problem" id={problemId} role="status">
        {problem && explainProblem(problem)}
      </p>
      {children}
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
