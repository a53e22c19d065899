import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { labStrings } from "../../../strings/strings.ts";
import type { OutputLog } from "../../side/output-log.ts";
import type { TerminalOptions, TerminalScreen } from "./terminal-screen.ts";

/** What a terminal shows and tells. */
export interface LazyTerminalProps {
  /** Its code is loaded, and it is there, from the moment on when it is wanted. */
  readonly wanted: boolean;
  /** Its pane is the one in front. */
  readonly shown: boolean;
  readonly output: OutputLog;
  /** As long as this object is the same, so is the terminal. */
  readonly options: TerminalOptions;
  /** The keyboard is its as soon as it is there. */
  readonly takesFocus?: boolean;
  /** What stands above it. */
  readonly children?: ComponentChildren;
}

/** A terminal whose code is loaded when it is wanted. */
export function LazyTerminal({ wanted, shown, output, options, takesFocus = false, children }: LazyTerminalProps) {
  const parent = useRef<HTMLDivElement>(null);
  const screen = useRef<TerminalScreen>();
  const failed = useSignal(false);

  useEffect(() => {
    const element = parent.current;
    if (!wanted || element === null) return;
    let left = false;
    import("./terminal-screen.ts").then(
      ({ TerminalScreen }) => {
        if (left) return;
        screen.current = new TerminalScreen(element, options);
        screen.current.show(output);
        if (takesFocus) screen.current.focus();
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
  }, [wanted, output, options, takesFocus, failed]);

  useEffect(() => {
    if (shown) screen.current?.fit();
  }, [shown]);

  return (
    <div class="lab-terminal">
      {children}
      {failed.value && <p class="lab-pane-note">{labStrings.terminal.failed}</p>}
      <div class="lab-terminal-screen" ref={parent} />
    </div>
  );
}
