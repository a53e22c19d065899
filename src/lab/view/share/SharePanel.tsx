/** Makes links to a lab as it stands, and opens such links and files. */
import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { shareStrings as words } from "../../../strings/strings.ts";
import { formatCount } from "../../basics/number-format.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { isUnchanged, type LabState } from "../../session/lab-state.ts";
import { addressWith, machineChoices } from "../../session/machine-choice.ts";
import { readSessionItem, writeSessionItem } from "../../session/session-storage.ts";
import { differencesOf, type SetupDifferences } from "../../share/differences.ts";
import { largestFile, readLabFile, writeLabFile } from "../../share/lab-file.ts";
import { openedKey, standsFromLink } from "../../share/opened-link.ts";
import {
  labOfFragment,
  longestLink,
  type Reading,
  readFragment,
  readingOf,
  writeFragment,
} from "../../share/share-link.ts";
import { labStateOf, type SharedLab } from "../../share/shared-lab.ts";
import { Button } from "../ui/Button.tsx";
import { copyText } from "../ui/copy-text.ts";
import { downloadFile } from "../ui/download-file.ts";
import { Comparison } from "./Comparison.tsx";
import "./share.css";

/**
 * What the reader wants: a link to the lab as it stands; what the page's address holds; to drop a file. A new object
 * each time.
 */
export interface ShareIntent {
  readonly kind: "share" | "address" | "drop";
}

interface SharePanelProps {
  readonly session: LabSession;
  /** Name of the lab's folder. */
  readonly name: string;
  readonly intent: ShareIntent;
}

type Source = "link" | "file";
type Problem = Exclude<Reading["kind"], "shared"> | "no lab";

/** What the panel shows. */
type View =
  | { readonly kind: "nothing" }
  | { readonly kind: "making" }
  | { readonly kind: "problem"; readonly source: Source; readonly problem: Problem }
  | { readonly kind: "other lab"; readonly lab: string }
  | { readonly kind: "other machine"; readonly machine: SharedLab["machine"]; readonly source: Source }
  /** It stands in the lab. `before`: what the reader had changed until then. */
  | {
      readonly kind: "opened";
      readonly source: Source;
      readonly differences: SetupDifferences;
      readonly before: LabState | undefined;
    }
  | { readonly kind: "original"; readonly before: LabState | undefined }
  /**
   * A link was opened in this tab before, and what stands in the lab may be from it. `shared`: it is the one in the
   * address.
   */
  | { readonly kind: "again"; readonly shared?: SharedLab };

/** What stands above the sides when a lab is shared, or comes from a link. */
export function SharePanel({ session, name, intent }: SharePanelProps) {
  const view = useSignal<View>({ kind: "nothing" });
  useEffect(() => {
    if (intent.kind === "share") view.value = { kind: "making" };
    else if (intent.kind === "address") openAddress(session, name, view);
  }, [intent, session, name, view]);
  useDrop(session, name, view);
  const close = () => {
    view.value = { kind: "nothing" };
  };
  return (
    <div role="status" class="lab-share-place">
      {view.value.kind !== "nothing" && (
        <section class="lab-share" aria-label={titleOf(view.value)}>
          <Content session={session} name={name} view={view} />
          <button type="button" class="lab-button lab-button-small lab-share-close" onClick={close}>
            {words.close}
          </button>
        </section>
      )}
    </div>
  );
}

function titleOf(view: View): string {
  if (view.kind === "making") return words.label;
  return "source" in view && view.source === "file" ? words.openedFile : words.opened;
}

function Content({ session, name, view }: { session: LabSession; name: string; view: Signal<View> }) {
  const { value: shown } = view;
  switch (shown.kind) {
    case "nothing":
      return null;
    case "making":
      return <Making session={session} name={name} view={view} />;
    case "problem":
      return <p class="lab-failed">{(shown.source === "link" ? words.problems : words.fileProblems)[shown.problem]}</p>;
    case "other lab":
      return <p class="lab-failed">{words.otherLab(shown.lab)}</p>;
    case "other machine":
      return <OtherMachine session={session} machine={shown.machine} source={shown.source} />;
    case "again":
      return (
        <>
          <p>{shown.shared === undefined ? words.since : words.again}</p>
          <Comparison session={session} differences={differencesNow(session)} />
          <p class="lab-share-buttons">
            <PutInAgain session={session} shared={shown.shared} view={view} />
            <UseOriginal session={session} name={name} before={session.state()} view={view} />
          </p>
        </>
      );
    case "opened":
      return (
        <>
          <h3>{titleOf(shown)}</h3>
          <Comparison session={session} differences={shown.differences} />
          <p class="lab-share-note">{words.others}</p>
          <p class="lab-share-buttons">
            <UseOriginal session={session} name={name} before={shown.before} view={view} />
            <BringBack session={session} before={shown.before} view={view} />
          </p>
        </>
      );
    case "original":
      return (
        <>
          <p>{words.isOriginal}</p>
          <BringBack session={session} before={shown.before} view={view} />
        </>
      );
  }
}

function PutInAgain({
  session,
  shared,
  view,
}: {
  session: LabSession;
  shared: SharedLab | undefined;
  view: Signal<View>;
}) {
  if (shared === undefined) return null;
  return <Button onPress={() => putIn(session, shared, "link", view)}>{words.putIn}</Button>;
}

function UseOriginal({ session, name, before, view }: BringBackProps & { readonly name: string }) {
  return (
    <Button
      onPress={() => {
        session.restore({ version: 1 });
        writeSessionItem(openedKey(name), null);
        view.value = { kind: "original", before };
      }}
    >
      {words.useOriginal}
    </Button>
  );
}

interface BringBackProps {
  readonly session: LabSession;
  readonly before: LabState | undefined;
  readonly view: Signal<View>;
}

function BringBack({ session, before, view }: BringBackProps) {
  if (before === undefined) return null;
  return (
    <Button
      weight="quiet"
      onPress={() => {
        session.restore(before);
        view.value = { kind: "nothing" };
      }}
    >
      {words.bringBack}
    </Button>
  );
}

function OtherMachine({
  session,
  machine,
  source,
}: {
  session: LabSession;
  machine: SharedLab["machine"];
  source: Source;
}) {
  const choice = session.definition.node === undefined ? undefined : machineChoices.find((each) => each === machine);
  return (
    <>
      <p>{words.otherMachine(words.machines[machine])}</p>
      {choice === undefined ? (
        <p>{words.missingMachine}</p>
      ) : (
        source === "link" && (
          <a class="lab-button" href={addressWith(choice)}>
            {words.openThere(words.machines[machine])}
          </a>
        )
      )}
    </>
  );
}

/** The lab as it stands, to be passed on. */
function sharedLab(session: LabSession, lab: string): SharedLab {
  const { files, commands } = session.state();
  return {
    lab,
    machine: session.definition.machine,
    plan: session.load.planName.value,
    ...(files && { files }),
    ...(commands && { commands }),
  };
}

/** The address of the lab as it stands; it names the machine where there is a choice. */
function linkTo(session: LabSession, shared: SharedLab): string {
  const machine = machineChoices.find((choice) => choice === shared.machine);
  const page =
    session.definition.node !== undefined && machine !== undefined
      ? new URL(addressWith(machine))
      : new URL(location.href);
  page.hash = "";
  return page.href.replace(/#$/, "") + writeFragment(shared);
}

function Making({ session, name, view }: { session: LabSession; name: string; view: Signal<View> }) {
  const shared = sharedLab(session, name);
  const link = linkTo(session, shared);
  const readable = readingOf(shared).kind === "shared";
  const fits = link.length <= longestLink;
  const copied = useSignal<{ readonly link: string; readonly done: boolean } | undefined>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    const done = await copyText(link);
    copied.value = { link, done };
    if (!done) field.current?.select();
  };
  // Once, for the click that opened this.
  useEffect(() => {
    if (readable && fits) void copy();
  }, []);
  const said = copied.value?.link === link ? copied.value : undefined;
  return (
    <>
      <h3>{words.label}</h3>
      {!readable ? (
        <p class="lab-failed">{words.notShared}</p>
      ) : fits ? (
        <>
          <p>{isUnchanged(session.state()) ? words.original : words.holds}</p>
          <p class="lab-share-buttons">
            <input
              type="text"
              class="lab-share-link"
              readOnly
              value={link}
              aria-label={words.link}
              ref={field}
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
            <Button onPress={() => void copy()}>{words.copy}</Button>
          </p>
          <p>{said && (said.done ? words.copied : words.notCopied)}</p>
        </>
      ) : (
        <p class="lab-failed">{words.tooLarge(formatCount(link.length), formatCount(longestLink))}</p>
      )}
      <p class="lab-share-buttons">
        {readable && (
          <Button
            weight={fits ? "plain" : "main"}
            onPress={() => downloadFile(`${name}.lab.json`, "application/json", writeLabFile(shared))}
          >
            {words.save}
          </Button>
        )}
        <label class="lab-share-file">
          {words.openFile}
          <input
            type="file"
            accept=".json,application/json"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file !== undefined) void openFile(session, name, file, view);
            }}
          />
        </label>
        <Note>{words.dropHint}</Note>
      </p>
    </>
  );
}

function Note({ children }: { children: ComponentChildren }) {
  return <span class="lab-share-note">{children}</span>;
}

/** Takes what the page's address holds, if it is for this lab; otherwise says what came from an earlier address. */
function openAddress(session: LabSession, name: string, view: Signal<View>): void {
  const fragment = location.hash;
  const lab = labOfFragment(fragment);
  if (lab === undefined) {
    if (standsFromLink(session, name)) view.value = { kind: "again" };
    return;
  }
  if (lab !== name) {
    // One lab of the page speaks for all, if it is for none of them.
    const first = document.querySelector(".lab")?.id === `lab-${name}`;
    if (first && document.getElementById(`lab-${lab}`) === null) {
      view.value = { kind: "problem", source: "link", problem: "no lab" };
    }
    return;
  }
  document.getElementById(`lab-${name}`)?.scrollIntoView();
  const reading = readFragment(fragment);
  const opened = openedKey(name);
  if (
    reading.kind === "shared" &&
    readSessionItem(opened) === fragment &&
    reading.shared.machine === session.definition.machine
  ) {
    view.value = { kind: "again", shared: reading.shared };
    return;
  }
  open(session, name, reading, "link", view);
  if (view.value.kind === "opened") writeSessionItem(opened, fragment);
}

async function openFile(session: LabSession, name: string, file: File, view: Signal<View>): Promise<void> {
  if (file.size > largestFile) {
    view.value = { kind: "problem", source: "file", problem: "too long" };
    return;
  }
  let text = "";
  try {
    text = await file.text();
  } catch {
    // It is gone, or may not be read: like a damaged one.
  }
  open(session, name, readLabFile(text), "file", view);
}

function open(session: LabSession, name: string, reading: Reading, source: Source, view: Signal<View>): void {
  if (reading.kind !== "shared") view.value = { kind: "problem", source, problem: reading.kind };
  else if (reading.shared.lab !== name) view.value = { kind: "other lab", lab: reading.shared.lab };
  else if (reading.shared.machine !== session.definition.machine) {
    view.value = { kind: "other machine", machine: reading.shared.machine, source };
  } else putIn(session, reading.shared, source, view);
}

/** Brings the lab to where it was shared. Runs nothing; what the reader had changed can be brought back. */
function putIn(session: LabSession, shared: SharedLab, source: Source, view: Signal<View>): void {
  const changes = session.state();
  const state = labStateOf(shared);
  const differences = differencesOf(session.original, state, plansOf(session));
  session.restore(state);
  const alike = JSON.stringify(changes) === JSON.stringify(session.state());
  view.value = { kind: "opened", source, differences, before: alike || isUnchanged(changes) ? undefined : changes };
}

function differencesNow(session: LabSession): SetupDifferences {
  return differencesOf(session.original, session.state(), plansOf(session));
}

function plansOf({ definition }: LabSession): readonly string[] {
  return definition.plans.map(({ name }) => name);
}

/** A `.lab.json` may be dropped anywhere on the lab. */
function useDrop(session: LabSession, name: string, view: Signal<View>): void {
  useEffect(() => {
    const lab = document.getElementById(`lab-${name}`);
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      void openFile(session, name, file, view);
    };
    lab?.addEventListener("dragover", over);
    lab?.addEventListener("drop", drop);
    return () => {
      lab?.removeEventListener("dragover", over);
      lab?.removeEventListener("drop", drop);
    };
  }, [session, name, view]);
}
