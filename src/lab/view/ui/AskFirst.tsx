import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { erasingStrings } from "../../../strings/strings.ts";
import { useUniqueId } from "./use-unique-id.ts";
import "./ask-first.css";

const words = erasingStrings;

interface AskFirstProps {
  /** What the button says. */
  readonly label: string;
  readonly sure: string;
  /** What is lost. */
  readonly lost: string;
  readonly onYes: () => void;
  /** Of its buttons. Left out: as buttons look where it stands. */
  readonly look?: "lab";
  /** Something that can be done before. */
  readonly children?: ComponentChildren;
}

/** A button that erases, once the reader has read what is lost. Escape keeps it. */
export function AskFirst({ label, sure, lost, onYes, look, children }: AskFirstProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useUniqueId("ask-first");
  const button = look === "lab" ? "lab-button lab-button-plain" : undefined;
  const close = () => dialog.current?.close();
  return (
    <>
      <button type="button" class={button} onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog class="ask-first" ref={dialog} aria-labelledby={`${id}-sure`} aria-describedby={`${id}-lost`}>
        <p id={`${id}-sure`}>
          <strong>{sure}</strong>
        </p>
        <p id={`${id}-lost`}>{lost}</p>
        {children}
        <p class="ask-first-answers">
          <button type="button" class={button} onClick={close}>
            {words.no}
          </button>
          <button
            type="button"
            class={button}
            onClick={() => {
              close();
              onYes();
            }}
          >
            {words.yes}
          </button>
        </p>
      </dialog>
    </>
  );
}
