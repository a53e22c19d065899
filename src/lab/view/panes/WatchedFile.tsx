import { effect, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { watchedStrings } from "../../../strings/strings.ts";
import { formatCount } from "../../basics/number-format.ts";
import type { SideSession } from "../../side/side-session.ts";
import { useUniqueId } from "../ui/use-unique-id.ts";
import "./watched-file.css";

/** Of a long file the last lines are shown. */
const mostLines = 200;

/** A file that a side's programs write, as it grows. Nobody edits it here. */
export function WatchedFile({ side, path }: { side: SideSession; path: string }) {
  const lines = useSignal<readonly string[] | undefined>(undefined);
  const screen = useRef<HTMLDivElement>(null);
  const id = useUniqueId("lab-watched");

  useEffect(() => {
    let latest = 0;
    const look = async () => {
      const mine = ++latest;
      const text = await side.readFile(path);
      // What was asked for later tells more.
      if (mine === latest) lines.value = text === undefined ? undefined : linesOf(text);
    };
    const stopListening = side.onFileChange((changed) => {
      if (changed === path) void look();
    });
    // A machine that begins or ends, and a reset, change files without any program.
    const stopFollowing = effect(() => {
      side.phase.value;
      void look();
    });
    return () => {
      latest = Number.NaN;
      stopListening();
      stopFollowing();
    };
  }, [side, path, lines]);

  const { value: shown } = lines;
  useEffect(() => {
    if (shown !== undefined && screen.current !== null) screen.current.scrollTop = screen.current.scrollHeight;
  }, [shown]);

  return (
    <section class="lab-watched" aria-labelledby={id}>
      <h4 id={id} class="lab-watched-head" aria-label={watchedStrings.label(path, side.definition.title)}>
        <span class="lab-watched-path">{path}</span>
        {shown !== undefined && (
          <span class="lab-watched-count"> {watchedStrings.lines(formatCount(shown.length))}</span>
        )}
      </h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <div class="lab-watched-text" role="log" aria-labelledby={id} tabIndex={0} ref={screen}>
        {shown === undefined ? <p>{watchedStrings.missing}</p> : <pre>{shown.slice(-mostLines).join("\n")}</pre>}
      </div>
    </section>
  );
}

function linesOf(text: string): readonly string[] {
  const all = text.split("\n");
  return all.at(-1) === "" ? all.slice(0, -1) : all;
}
