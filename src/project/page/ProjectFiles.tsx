/** The files of the open project: a list, an editor, and what can be done with each file. */
import { type Signal, useSignal } from "@preact/signals";
import { zipSync } from "fflate";
import type { ComponentChildren, RefObject } from "preact";
import { useRef } from "preact/hooks";
import { formatCount } from "../../lab/basics/number-format.ts";
import type { LabSession } from "../../lab/session/lab-session.ts";
import { FilePane } from "../../lab/view/panes/FilePane.tsx";
import { Button } from "../../lab/view/ui/Button.tsx";
import { downloadFile } from "../../lab/view/ui/download-file.ts";
import { projectStrings } from "../../strings/strings.ts";
import { baseName, folderOf, holdsSecrets } from "../files/project-file.ts";
import { pathInTheWay, safePath } from "../intake/path-rules.ts";
import { addToProject, bytesInProject } from "./add-files.ts";
import { incomingFile } from "./dropped-items.ts";

const words = projectStrings.files;

const anyType = "application/octet-stream";

/** What is asked of the reader. */
type Asked = "create" | "move" | "remove";

interface ProjectFilesProps {
  readonly session: LabSession;
  /** What the project is called. */
  readonly name: string;
  readonly chosen: Signal<string | undefined>;
  /** The region, to which the keyboard can be led. */
  readonly place?: RefObject<HTMLElement>;
}

/** The list and what belongs to it. */
export function ProjectFiles({ session, name, chosen, place }: ProjectFilesProps) {
  const asked = useSignal<Asked | undefined>(undefined);
  const paths = [...session.files.value, ...session.assets.value].map(({ path }) => path).toSorted();
  const path = chosen.value !== undefined && paths.includes(chosen.value) ? chosen.value : undefined;
  return (
    <section class="project-panel" aria-label={words.heading} {...(place && { ref: place })} tabIndex={-1}>
      <h2>{words.heading}</h2>
      <div class="project-files">
        <ul aria-label={words.list} class="project-file-list">
          {paths.map((each) => (
            <li key={each}>
              <button
                type="button"
                aria-pressed={each === path}
                onClick={() => {
                  chosen.value = each;
                  asked.value = undefined;
                }}
              >
                {each}
                {holdsSecrets(each) && <span class="lab-badge">{words.secret}</span>}
              </button>
            </li>
          ))}
        </ul>
        <div class="project-file">
          <Tools session={session} name={name} path={path} asked={asked} chosen={chosen} />
          {path === undefined ? <p class="project-muted">{words.choose}</p> : <Content session={session} path={path} />}
        </div>
      </div>
    </section>
  );
}

function Content({ session, path }: { session: LabSession; path: string }) {
  const asset = session.assets.value.find((each) => each.path === path);
  if (asset) return <p class="project-muted">{words.noText(formatCount(asset.bytes.length))}</p>;
  return <FilePane key={path} session={session} path={path} shown />;
}

interface ToolsProps extends ProjectFilesProps {
  readonly path: string | undefined;
  readonly asked: Signal<Asked | undefined>;
}

function Tools({ session, name, path, asked, chosen }: ToolsProps) {
  const upload = useRef<HTMLInputElement>(null);
  const said = useSignal("");
  const ask = (what: Asked) => {
    asked.value = asked.value === what ? undefined : what;
    said.value = "";
  };
  const close = () => {
    asked.value = undefined;
  };
  const bytesAt = (at: string) => bytesInProject(session, at);
  return (
    <>
      <div class="project-buttons">
        <Button onPress={() => ask("create")}>{words.create}</Button>
        <Button onPress={() => upload.current?.click()}>{words.upload}</Button>
        <input
          ref={upload}
          type="file"
          multiple
          hidden
          onChange={({ currentTarget }) => {
            const files = [...(currentTarget.files ?? [])];
            const incoming = files.map((each) => incomingFile(each, each.name));
            void addToProject(session, folderOf(path ?? ""), incoming).then(({ sentence }) => {
              said.value = sentence;
            });
            currentTarget.value = "";
          }}
        />
        <Button off={path === undefined} onPress={() => ask("move")}>
          {words.rename}
        </Button>
        <Button off={path === undefined} onPress={() => ask("remove")} {...(path && { name: words.removeNamed(path) })}>
          {words.remove}
        </Button>
        <Button
          off={path === undefined}
          {...(path && { name: words.downloadNamed(path) })}
          onPress={() => path !== undefined && downloadFile(baseName(path), anyType, bytesAt(path))}
        >
          {words.download}
        </Button>
        <Button onPress={() => downloadFile(`${name}.zip`, "application/zip", zipped(session, name))}>
          {words.downloadAll}
        </Button>
      </div>
      <p role="status" class="lab-failed">
        {said.value}
      </p>
      {asked.value === "create" && (
        <PathForm
          session={session}
          label={words.createName}
          action={words.createTake}
          text=""
          onCancel={close}
          onPath={(created) => {
            void session.putFile({ path: created, text: "" });
            chosen.value = created;
            close();
          }}
        />
      )}
      {asked.value === "move" && path !== undefined && (
        <PathForm
          session={session}
          label={words.renameName(path)}
          action={words.renameTake}
          text={path}
          onCancel={close}
          onPath={(moved) => {
            void move(session, path, moved);
            chosen.value = moved;
            close();
          }}
        />
      )}
      {asked.value === "remove" && path !== undefined && (
        <Question text={words.removeSure(path)} onCancel={close}>
          <Button
            onPress={() => {
              void session.removeFile(path);
              chosen.value = undefined;
              close();
            }}
          >
            {words.removeYes}
          </Button>
        </Question>
      )}
    </>
  );
}

interface PathFormProps {
  readonly session: LabSession;
  readonly label: string;
  readonly action: string;
  readonly text: string;
  readonly onPath: (path: string) => void;
  readonly onCancel: () => void;
}

function PathForm({ session, label, action, text, onPath, onCancel }: PathFormProps) {
  const typed = useSignal(text);
  const problem = useSignal("");
  return (
    <form
      class="project-question"
      onSubmit={(event) => {
        event.preventDefault();
        const path = safePath(typed.value.trim());
        const there = [...session.files.value, ...session.assets.value].map((each) => each.path);
        const inTheWay = path === undefined ? undefined : pathInTheWay(there, path);
        if (path === undefined) problem.value = words.badPath;
        else if (inTheWay !== undefined) problem.value = words.taken(inTheWay);
        else onPath(path);
      }}
    >
      <label>
        {label}{" "}
        <input
          value={typed.value}
          spellcheck={false}
          autocapitalize="off"
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
            problem.value = "";
          }}
        />
      </label>
      <button type="submit" class="lab-button lab-button-plain">
        {action}
      </button>
      <Button weight="quiet" onPress={onCancel}>
        {words.cancel}
      </Button>
      <p role="status" class="lab-failed">
        {problem.value}
      </p>
    </form>
  );
}

function Question({ text, onCancel, children }: { text: string; onCancel: () => void; children: ComponentChildren }) {
  return (
    <div class="project-question" role="status">
      <p>{text}</p>
      {children}
      <Button weight="quiet" onPress={onCancel}>
        {words.cancel}
      </Button>
    </div>
  );
}

function zipped(session: LabSession, name: string): Uint8Array<ArrayBuffer> {
  const paths = [...session.files.value, ...session.assets.value].map(({ path }) => path);
  return new Uint8Array(
    zipSync(Object.fromEntries(paths.map((path) => [`${name}/${path}`, bytesInProject(session, path)]))),
  );
}

async function move(session: LabSession, from: string, to: string): Promise<void> {
  const asset = session.assets.value.find((each) => each.path === from);
  const file = session.files.value.find((each) => each.path === from);
  const moved = asset ?? file;
  if (moved === undefined) return;
  await session.putFile({ ...moved, path: to });
  await session.removeFile(from);
}
