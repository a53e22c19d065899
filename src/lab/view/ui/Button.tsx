import type { ComponentChildren, Ref } from "preact";

/** What a button looks like: the one action that matters most, an ordinary one, one that stays in the background. */
export type ButtonWeight = "main" | "plain" | "quiet";

interface ButtonProps {
  readonly onPress: () => void;
  readonly weight?: ButtonWeight;
  /** Cannot be used now. It keeps the focus, unlike a disabled button. */
  readonly off?: boolean;
  /** What it is called where its own words don't say enough. */
  readonly name?: string;
  readonly children: ComponentChildren;
  readonly innerRef?: Ref<HTMLButtonElement>;
}

/** A button that keeps the focus when it cannot be used. */
export function Button({ onPress, weight = "plain", off = false, name, children, innerRef }: ButtonProps) {
  return (
    <button
      type="button"
      class={`lab-button lab-button-${weight}`}
      aria-disabled={off}
      aria-label={name}
      onClick={() => {
        if (!off) onPress();
      }}
      ref={innerRef ?? null}
    >
      {children}
    </button>
  );
}
