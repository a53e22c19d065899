import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { labStrings } from "../../../strings/strings.ts";
import type { OutputLog } from "../../side/output-log.ts";
import { useLazyCode } from "../ui/use-lazy-code.ts";
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
  const { code, failed, load } = useLazyCode(async () => (await import("./terminal-screen.ts")).TerminalScreen);
  const { value: Screen } = code;

  useEffect(() => {
    if (!wanted) return;
    // One that is hidden has no size to tell.
    if ((parent.current?.clientWidth ?? 0) > 0) options.onAwaited?.();
    void load();
  }, [wanted, load, options]);

  useEffect(() => {
    const element = parent.current;
    if (!wanted || Screen === undefined || element === null) return;
    screen.current = new Screen(element, options);
    screen.current.show(output);
    if (takesFocus) screen.current.focus();
    return () => {
      screen.current?.dispose();
      screen.current = undefined;
    };
  }, [wanted, Screen, output, options, takesFocus]);

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
