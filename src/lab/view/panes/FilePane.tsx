import { effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { SideName } from "../../../lab-definition/schema.ts";
import { labStrings } from "../../../strings/strings.ts";
import type { LabSession } from "../../session/lab-session.ts";
import type { CodeEditor } from "./code-editor.ts";

/**
 * A file of the lab, to read and to change. Both sides have the same. It can be read before the editor is loaded,
 * and if that fails.
 */
export function FilePane({
  session,
  name,
  path,
  shown,
}: {
  session: LabSession;
  /** The side in whose panes it is shown. Left out: it is shown beside both. */
  name?: SideName;
  path: string;
  shown: boolean;
}) {
  const parent = useRef<HTMLDivElement>(null);
  const [loaded, setLoaded] = useState(false);
  const [wanted, setWanted] = useState(false);
  if (shown && !wanted) setWanted(true);

  useEffect(() => {
    const element = parent.current;
    if (!wanted || element === null) return;
    let editor: CodeEditor | undefined;
    let stop = () => {};
    let left = false;
    import("./code-editor.ts").then(
      ({ CodeEditor }) => {
        if (left) return;
        editor = new CodeEditor(element, {
          path,
          text: textOf(session, path),
          name: labStrings.file.label(path),
          onChange: (text) => session.editFile(path, text),
          onMistake: (mistake) => session.noteMistake(path, mistake),
        });
        stop = effect(() => editor?.set(textOf(session, path)));
        setLoaded(true);
      },
      () => {
        // The text stays as it is, to be read.
      },
    );
    return () => {
      left = true;
      stop();
      editor?.dispose();
      setLoaded(false);
    };
  }, [wanted, session, path]);

  return (
    <div class="lab-file">
      {!loaded && <PlainText name={labStrings.file.label(path)} text={textOf(session, path)} />}
      <div class="lab-file-editor" ref={parent} hidden={!loaded} />
      {name !== undefined && session.sides[name].line.edited.value && (
        <p class="lab-file-edited">{labStrings.file.edited}</p>
      )}
      <MistakeLine session={session} path={path} />
    </div>
  );
}

/** Where the text cannot be right, and who says so. */
function MistakeLine({ session, path }: { session: LabSession; path: string }) {
  const mistake = session.mistakes.value.get(path);
  return (
    <p class="lab-mistake" role="status">
      {mistake && labStrings.file.mistake(mistake.line, mistake.column)}
    </p>
  );
}

function PlainText({ name, text }: { name: string; text: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no part of a form
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <div class="lab-file-plain" role="group" aria-label={name} tabIndex={0}>
      <pre>{text}</pre>
    </div>
  );
}

function textOf(session: LabSession, path: string): string {
  return session.files.value.find((file) => file.path === path)?.text ?? "";
}
