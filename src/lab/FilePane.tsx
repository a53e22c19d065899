import type { LabSession } from "./lab-session.ts";
import { labStrings } from "./strings.ts";

/** A file of the lab. Both sides have the same. */
export function FilePane({ session, path }: { session: LabSession; path: string; shown: boolean }) {
  const text = session.files.value.find((file) => file.path === path)?.text ?? "";
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no part of a form
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reached with the keyboard
    <div class="lab-file" role="group" aria-label={labStrings.file.label(path)} tabIndex={0}>
      <pre>{text}</pre>
    </div>
  );
}
