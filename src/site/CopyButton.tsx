/** A button that copies a text, and says whether it could. */
import { useSignal } from "@preact/signals";
import { copyText } from "../lab/view/ui/copy-text.ts";

/** What a page gives. */
export interface CopyButtonProps {
  readonly text: string;
  /** Selects the text where it stands, so that the reader can copy it by hand. */
  readonly onRefused: () => void;
  readonly words: { readonly copy: string; readonly copied: string; readonly notCopied: string };
}

/** What was said of an older text is not said of a newer one. */
export function CopyButton({ text, onRefused, words }: CopyButtonProps) {
  const copied = useSignal<{ readonly text: string; readonly done: boolean } | undefined>(undefined);
  const copy = async () => {
    const done = await copyText(text);
    copied.value = { text, done };
    if (!done) onRefused();
  };
  const said = copied.value?.text === text ? copied.value : undefined;
  return (
    <p class="copy">
      <button type="button" onClick={() => void copy()}>
        {words.copy}
      </button>{" "}
      <span role="status">{said && (said.done ? words.copied : words.notCopied)}</span>
    </p>
  );
}
