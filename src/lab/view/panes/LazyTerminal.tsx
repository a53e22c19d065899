import { useSignal } from "@preact/signals";
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
  const { code, failed, load } = useLazyCode(async () => {
    const [screen, tools] = await Promise.all([import("./terminal-screen.ts"), import("./TerminalTools.tsx")]);
    return { Screen: screen.TerminalScreen, Tools: tools.TerminalTools };
  });
  const { Screen, Tools } = code.value ?? {};
  /** What the reader wants of it by key: each time anew, so that the tools hear of it. */
  const asked = useSignal<{ readonly tool: "search" | "copy" } | undefined>(undefined);
  const there = useSignal<TerminalScreen | undefined>(undefined);

  useEffect(() => {
    if (!wanted) return;
    // One that is hidden has no size to tell.
    if ((parent.current?.clientWidth ?? 0) > 0) options.onAwaited?.();
    void load();
  }, [wanted, load, options]);

  useEffect(() => {
    const element = parent.current;
    if (!wanted || Screen === undefined || element === null) return;
    const screen = new Screen(element, options, {
      search: () => {
        asked.value = { tool: "search" };
      },
      copy: () => {
        asked.value = { tool: "copy" };
      },
    });
    screen.show(output);
    if (takesFocus) screen.focus();
    there.value = screen;
    return () => {
      screen.dispose();
      there.value = undefined;
    };
  }, [wanted, Screen, output, options, takesFocus, asked, there]);

  useEffect(() => {
    if (shown) there.value?.fit();
  }, [shown, there]);

  return (
    <div class="lab-terminal" data-there={(wanted && Screen !== undefined) || undefined}>
      {children}
      {failed.value && <p class="lab-pane-note">{labStrings.terminal.failed}</p>}
      <div class="lab-terminal-screen" ref={parent} />
      {there.value && Tools && <Tools screen={there.value} log={options.log === true} asked={asked.value} />}
    </div>
  );
}
