import { useMemo } from "preact/hooks";
import { labStrings } from "../../../strings/strings.ts";
import type { SideSession } from "../../side/side-session.ts";
import { LazyTerminal } from "./LazyTerminal.tsx";
import type { TerminalOptions } from "./terminal-screen.ts";

/** The terminal of a side: the server's own bytes. Its code is loaded when the server is started. */
export function Terminal({ side, shown }: { side: SideSession; shown: boolean }) {
  const wanted = side.phase.value.kind !== "idle";
  const { title } = side.definition;
  const options = useMemo<TerminalOptions>(
    () => ({
      name: labStrings.terminal.input(title),
      log: true,
      onAwaited: () => side.expectScreen(),
      onInput: (bytes) => side.type(bytes),
      onResize: (size) => side.resize(size),
    }),
    [side, title],
  );
  return (
    <LazyTerminal wanted={wanted} shown={shown} output={side.output} options={options}>
      {!wanted && (
        <p class="lab-terminal-prompt">
          <span aria-hidden="true">$ </span>
          {side.command.value}
        </p>
      )}
    </LazyTerminal>
  );
}
