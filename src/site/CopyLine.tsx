/** A line to copy, with its label. */
import { useRef } from "preact/hooks";
import { adoptionStrings } from "../strings/strings.ts";
import { CopyButton } from "./CopyButton.tsx";

/** The line in a field of its own, and a button. */
export function CopyLine({ label, line }: { readonly label: string; readonly line: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <div class="copy-line controls">
      <label>
        {label}
        <textarea ref={field} readOnly rows={2} spellcheck={false} value={line} />
      </label>
      <CopyButton text={line} onRefused={() => field.current?.select()} words={adoptionStrings} />
    </div>
  );
}
export default CopyLine;
