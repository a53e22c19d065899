/** Where a project is dropped, chosen or pasted. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../lab/view/ui/Button.tsx";
import { projectStrings } from "../../strings/strings.ts";
import type { Incoming } from "../intake/intake-result.ts";
import { incomingDrop, incomingFile, incomingText } from "./dropped-items.ts";

const words = projectStrings.drop;

/** An example of the site. */
export interface ExampleProject {
  readonly name: keyof typeof projectStrings.examples;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** An example, as if its folder had been dropped. */
export function incomingExample({ name, files }: ExampleProject): readonly Incoming[] {
  return files.map(({ path, text }) => incomingText(`${name}/${path}`, text));
}

interface IntakeProps {
  readonly examples: readonly ExampleProject[];
  /** Another project is open: the examples step back. */
  readonly small: boolean;
  readonly busy: boolean;
  /** The host lets readers fetch packages from PyPI. */
  readonly pypi: boolean;
  readonly onTake: (incoming: Promise<readonly Incoming[]>) => void;
}

/** The drop zone, with its pickers, and the examples. */
export function Intake({ examples, small, busy, pypi, onTake }: IntakeProps) {
  const over = useDrop(onTake);
  const take = (incoming: readonly Incoming[]) => {
    if (incoming.length > 0) onTake(Promise.resolve(incoming));
  };
  usePaste(onTake);
  return (
    <section class="project-drop" aria-label={words.region} data-over={over.value} data-busy={busy}>
      <p class="project-drop-hint">{words.hint}</p>
      <div class="project-pickers">
        <label class="project-picker">
          <span>{words.input}</span>
          <input
            type="file"
            multiple
            aria-label={words.input}
            onChange={({ currentTarget }) => {
              take([...(currentTarget.files ?? [])].map((file) => incomingFile(file)));
              currentTarget.value = "";
            }}
          />
        </label>
        <FolderPicker onTake={take} />
      </div>
      <p class="project-private">
        <strong>{projectStrings.private}</strong> {pypi && `${projectStrings.pypi.exception} `}
        {words.limits}
      </p>
      <PasteField onTake={take} />
      <details class="project-examples" open={!small}>
        <summary>{words.examples}</summary>
        <ul>
          {examples.map((example) => (
            <li key={example.name}>
              <Button weight="quiet" onPress={() => take(incomingExample(example))}>
                {projectStrings.examples[example.name]}
              </Button>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function FolderPicker({ onTake }: { onTake: (incoming: readonly Incoming[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // No property of JSX's.
    if (input.current) input.current.webkitdirectory = true;
  }, []);
  return (
    <label class="project-picker">
      <span>{words.folder}</span>
      <input
        ref={input}
        type="file"
        aria-label={words.folderInput}
        onChange={({ currentTarget }) => {
          onTake([...(currentTarget.files ?? [])].map((file) => incomingFile(file)));
          currentTarget.value = "";
        }}
      />
    </label>
  );
}

function PasteField({ onTake }: { onTake: (incoming: readonly Incoming[]) => void }) {
  const text = useSignal("");
  return (
    <details class="project-paste">
      <summary>{words.paste}</summary>
      <textarea
        aria-label={words.pasteField}
        rows={8}
        spellcheck={false}
        autocapitalize="off"
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
        }}
      />
      <Button off={text.value.trim() === ""} onPress={() => onTake([incomingText("app.py", text.value)])}>
        {words.pasteTake}
      </Button>
    </details>
  );
}

/**
 * Files that are dropped anywhere in the page: beside the zone, the browser would leave the page for the file, and with
 * it the project that is open. What is given: whether files are held over the page.
 */
function useDrop(onTake: IntakeProps["onTake"]): ReadonlySignal<boolean> {
  const over = useSignal(false);
  const take = useRef(onTake);
  take.current = onTake;
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const filesOf = ({ dataTransfer, defaultPrevented }: DragEvent) =>
      !defaultPrevented && dataTransfer?.types.includes("Files") ? dataTransfer : undefined;
    const hold = (event: DragEvent) => {
      if (filesOf(event) === undefined) return;
      event.preventDefault();
      over.value = true;
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) over.value = false;
    };
    const drop = (event: DragEvent) => {
      over.value = false;
      const transfer = filesOf(event);
      if (transfer === undefined) return;
      event.preventDefault();
      take.current(incomingDrop(transfer));
    };
    document.addEventListener("dragover", hold, { signal });
    document.addEventListener("dragleave", leave, { signal });
    document.addEventListener("drop", drop, { signal });
    return () => listening.abort();
  }, [over]);
  return over;
}

/** Files that are pasted anywhere in the page, but for where text is written. */
function usePaste(onTake: IntakeProps["onTake"]): void {
  const take = useRef(onTake);
  take.current = onTake;
  useEffect(() => {
    const listen = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      const writes = target instanceof HTMLElement && target.closest("input, textarea, [contenteditable], .xterm");
      if (writes || clipboardData === null) return;
      const files = [...clipboardData.files].map((file) => incomingFile(file));
      const text = clipboardData.getData("text/plain");
      if (files.length > 0) take.current(Promise.resolve(files));
      else if (text.includes("\n")) take.current(Promise.resolve([incomingText("app.py", text)]));
      else return;
      event.preventDefault();
    };
    document.addEventListener("paste", listen);
    return () => document.removeEventListener("paste", listen);
  }, []);
}
