import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { SideSession } from "./side-session.ts";
import { labStrings } from "./strings.ts";
import type { TerminalScreen } from "./terminal-screen.ts";

/** The terminal of a side: the server's own bytes. Its code is loaded when the server is started. */
export function Terminal({ side, shown }: { side: SideSession; shown: boolean }) {
  const parent = useRef<HTMLDivElement>(null);
  const screen = useRef<TerminalScreen>();
  const failed = useSignal(false);
  const wanted = side.phase.value.kind !== "idle";
  const { title } = side.definition;

  useEffect(() => {
    const element = parent.current;
    if (!wanted || element === null) return;
    let left = false;
    import("./terminal-screen.ts").then(
      ({ TerminalScreen }) => {
        if (left) return;
        screen.current = new TerminalScreen(element, {
          name: labStrings.terminal.input(title),
          onInput: (bytes) => side.type(bytes),
          onResize: (size) => side.resize(size),
        });
        screen.current.show(side.output);
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
  }, [wanted, side, title, failed]);

  useEffect(() => {
    if (shown) screen.current?.fit();
  }, [shown]);

  return (
    <div class="lab-terminal">
      {!wanted && (
        <p class="lab-terminal-prompt">
          <span aria-hidden="true">$ </span>
          {side.command.value}
        </p>
      )}
      {failed.value && <p class="lab-pane-note">{labStrings.terminal.failed}</p>}
      <div class="lab-terminal-screen" ref={parent} />
    </div>
  );
}
