import { useMemo } from "preact/hooks";
import type { SideName } from "../../../lab-definition/schema.ts";
import { labStrings } from "../../../strings/strings.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { Button } from "../ui/Button.tsx";
import { LazyTerminal } from "./LazyTerminal.tsx";
import type { TerminalOptions } from "./terminal-screen.ts";

const words = labStrings.shell;

interface ShellPaneProps {
  readonly session: LabSession;
  readonly name: SideName;
  readonly shown: boolean;
  /** It is on its way. */
  readonly asked: boolean;
}

/**
 * A second terminal of a side: a shell beside its server. It opens with a press on its tab, or on a button that opens the
 * machine as well.
 */
export function ShellPane({ session, name, shown, asked }: ShellPaneProps) {
  const side = session.sides[name];
  const { shell } = side;
  const { title } = side.definition;
  const { value: phase } = shell.phase;
  const wanted = asked || (phase.kind !== "closed" && phase.kind !== "failed");
  const options = useMemo<TerminalOptions>(
    () => ({
      name: words.input(title),
      takesTab: true,
      onInput: (bytes) => shell.type(bytes),
      onResize: (size) => shell.resize(size),
    }),
    [shell, title],
  );
  return (
    <LazyTerminal wanted={wanted} shown={shown} output={shell.output} options={options} takesFocus>
      {!wanted && (
        <div class="lab-pane-note">
          <p>{words.hint}</p>
          <Button name={words.openNamed(title)} onPress={() => void session.openShell(name)}>
            {words.open}
          </Button>
          {phase.kind === "failed" && <p class="lab-failed">{words.failed(phase.message)}</p>}
        </div>
      )}
    </LazyTerminal>
  );
}
