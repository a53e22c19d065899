import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { SideName } from "../lab-definition/schema.ts";
import { Button } from "./Button.tsx";
import type { LabSession } from "./lab-session.ts";
import { labStrings } from "./strings.ts";
import type { TerminalScreen } from "./terminal-screen.ts";

const words = labStrings.shell;

/** A second terminal of a side: a shell beside its server. It opens with a click, and the machine with it if need be. */
export function ShellPane({ session, name, shown }: { session: LabSession; name: SideName; shown: boolean }) {
  const side = session.sides[name];
  const { shell } = side;
  const { title } = side.definition;
  const parent = useRef<HTMLDivElement>(null);
  const screen = useRef<TerminalScreen>();
  const failed = useSignal(false);
  const { value: phase } = shell.phase;
  const wanted = phase.kind !== "closed" && phase.kind !== "failed";

  useEffect(() => {
    const element = parent.current;
    if (!wanted || element === null) return;
    let left = false;
    import("./terminal-screen.ts").then(
      ({ TerminalScreen }) => {
        if (left) return;
        screen.current = new TerminalScreen(element, {
          name: words.input(title),
          takesTab: true,
          onInput: (bytes) => shell.type(bytes),
          onResize: (size) => shell.resize(size),
        });
        screen.current.show(shell.output);
        screen.current.focus();
      },
      () => {
        failed.value = true;
      },
    );
    return () => {
      left = true;
      screen.current?.dispose();
      screen.current = undefined;
    };
  }, [wanted, shell, title, failed]);

  useEffect(() => {
    if (shown) screen.current?.fit();
  }, [shown]);

  return (
    <div class="lab-terminal">
      {!wanted && (
        <div class="lab-pane-note">
          <p>{words.hint}</p>
          <Button name={words.openNamed(title)} onPress={() => void session.openShell(name)}>
            {words.open}
          </Button>
          {phase.kind === "failed" && <p class="lab-failed">{words.failed(phase.message)}</p>}
        </div>
      )}
      {failed.value && <p class="lab-pane-note">{labStrings.terminal.failed}</p>}
      <div class="lab-terminal-screen" ref={parent} />
    </div>
  );
}
