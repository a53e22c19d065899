/** Builds the link of an assignment. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { downloadFile } from "../../lab/view/ui/download-file.ts";
import { type Assignment, longestAssignment, writeAssignment } from "../../learning/assignment/assignment.ts";
import { QrCode } from "../../learning/receipt/QrCode.tsx";
import { CopyButton } from "../../site/CopyButton.tsx";
import { embedSnippet } from "../../site/embed-snippet.ts";
import { siteRoot } from "../../site-root.ts";
import { assignmentStrings, embedStrings, packageStrings } from "../../strings/strings.ts";
import { writeEmbedOptions } from "../embed/embed-options.ts";
import { type ScormVersion, scormPackage } from "../packages/course-packages.ts";
import runtime from "../packages/sco.js?raw";
import { zipPackage } from "../packages/zip-package.ts";
import "../../learning/receipt/coursework.css";

const words = assignmentStrings.builder;

/** A lesson to choose. */
export interface ChoosableLesson {
  readonly id: string;
  readonly title: string;
  readonly exercises: readonly { readonly key: string; readonly title: string }[];
  readonly labs: readonly { readonly name: string; readonly title: string }[];
}

/** What was chosen of a lesson. */
interface Choice {
  readonly quiz: boolean;
  readonly exercises: readonly string[];
  readonly labs: readonly string[];
}

/** The form, and what comes of it. */
export function AssignmentBuilder({ lessons }: { readonly lessons: readonly ChoosableLesson[] }) {
  const root = useSignal<URL | undefined>(undefined);
  const title = useSignal("");
  const text = useSignal("");
  const due = useSignal("");
  const classKey = useSignal("");
  const hides = useSignal(false);
  const chosen = useSignal<Readonly<Record<string, Choice>>>({});
  useEffect(() => {
    root.value = siteRoot();
  }, [root]);
  if (root.value === undefined) return <p>{assignmentStrings.needsScript}</p>;
  const assignment: Assignment = {
    title: title.value.trim() || words.nameDefault,
    ...(text.value.trim() !== "" && { text: text.value.trim() }),
    ...(due.value !== "" && { due: due.value }),
    ...(classKey.value.trim() !== "" && { classKey: classKey.value.trim() }),
    ...(hides.value && { hides: true }),
    lessons: lessons.flatMap(({ id }) => {
      const choice = chosen.value[id];
      if (choice === undefined) return [];
      return [
        {
          id,
          ...(choice.quiz && { quiz: true as const }),
          ...(choice.exercises.length > 0 && { exercises: [...choice.exercises] }),
          ...(choice.labs.length > 0 && { labs: [...choice.labs] }),
        },
      ];
    }),
  };
  const address = new URL(`assignment/${writeAssignment(assignment)}`, root.value).href;
  return (
    <div class="assign controls">
      <label>
        {words.name}
        <input
          type="text"
          maxLength={120}
          placeholder={words.nameDefault}
          value={title.value}
          onInput={({ currentTarget }) => (title.value = currentTarget.value)}
        />
      </label>
      <label>
        {words.text}
        <textarea
          rows={4}
          maxLength={4000}
          value={text.value}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
      </label>
      <label>
        {words.due}
        <input type="date" value={due.value} onInput={({ currentTarget }) => (due.value = currentTarget.value)} />
      </label>
      <label>
        {words.classKey}
        <input
          type="text"
          maxLength={60}
          autocomplete="off"
          aria-describedby="assign-key"
          value={classKey.value}
          onInput={({ currentTarget }) => (classKey.value = currentTarget.value)}
        />
      </label>
      <span id="assign-key" class="receipt-hint">
        {words.classKeyHint}
      </span>
      <fieldset class="assign-lessons">
        <legend class="sr-only">{words.hide}</legend>
        <label>
          <input
            type="checkbox"
            aria-describedby="assign-hide"
            checked={hides.value}
            onChange={({ currentTarget }) => (hides.value = currentTarget.checked)}
          />
          {words.hide}
        </label>
        <span id="assign-hide" class="receipt-hint">
          {words.hideHint}
        </span>
      </fieldset>
      <fieldset class="assign-lessons">
        <legend>{words.lessons}</legend>
        {lessons.map((lesson) => (
          <LessonChoice
            key={lesson.id}
            lesson={lesson}
            choice={chosen.value[lesson.id]}
            onChoose={(choice) => {
              const { [lesson.id]: _, ...others } = chosen.value;
              chosen.value = choice === undefined ? others : { ...others, [lesson.id]: choice };
            }}
          />
        ))}
      </fieldset>
      <Outcome
        address={address}
        title={assignment.title}
        labs={lessons.filter(({ id }) => chosen.value[id] !== undefined).flatMap(({ labs }) => labs)}
        problem={problemOf(assignment, address)}
        root={root.value}
      />
    </div>
  );
}
export default AssignmentBuilder;

function problemOf({ lessons }: Assignment, address: string): string | undefined {
  if (lessons.length === 0) return words.chooseFirst;
  return address.length > longestAssignment ? words.tooLong : undefined;
}

interface LessonChoiceProps {
  readonly lesson: ChoosableLesson;
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice | undefined) => void;
}

function LessonChoice({ lesson: { title, exercises, labs }, choice, onChoose }: LessonChoiceProps) {
  return (
    <div>
      <label>
        <input
          type="checkbox"
          checked={choice !== undefined}
          onChange={({ currentTarget }) =>
            onChoose(
              currentTarget.checked ? { quiz: true, exercises: exercises.map(({ key }) => key), labs: [] } : undefined,
            )
          }
        />
        {title}
      </label>
      {choice && (
        <div class="assign-part">
          <label>
            <input
              type="checkbox"
              checked={choice.quiz}
              onChange={({ currentTarget }) => onChoose({ ...choice, quiz: currentTarget.checked })}
            />
            {words.withQuiz}
          </label>
          {exercises.map(({ key, title: exercise }) => (
            <label key={key}>
              <input
                type="checkbox"
                checked={choice.exercises.includes(key)}
                onChange={({ currentTarget }) =>
                  onChoose({ ...choice, exercises: withChosen(choice.exercises, key, currentTarget.checked) })
                }
              />
              {words.exercise(exercise)}
            </label>
          ))}
          {labs.map(({ name, title: lab }) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={choice.labs.includes(name)}
                onChange={({ currentTarget }) =>
                  onChoose({ ...choice, labs: withChosen(choice.labs, name, currentTarget.checked) })
                }
              />
              {words.lab(lab)}
            </label>
          ))}
        </div>
      )}
    </div>
  );
}

function withChosen(names: readonly string[], name: string, chosen: boolean): readonly string[] {
  const others = names.filter((each) => each !== name);
  return chosen ? [...others, name] : others;
}

interface OutcomeProps {
  readonly address: string;
  readonly title: string;
  /** Of the lessons that were chosen. */
  readonly labs: ChoosableLesson["labs"];
  readonly problem: string | undefined;
  readonly root: URL;
}

function Outcome({ address, title, labs, problem, root }: OutcomeProps) {
  const field = useRef<HTMLInputElement>(null);
  if (problem !== undefined) return <p role="status">{problem}</p>;
  return (
    <>
      <label>
        {words.link}
        <input ref={field} type="url" readOnly value={address} />
      </label>
      <CopyButton text={address} onRefused={() => field.current?.select()} words={words} />
      <p>
        <a href={address}>{words.preview}</a> ·{" "}
        <a href={new URL("instructors/receipts/", root).href}>{words.receipts}</a>
      </p>
      <ScormSaver address={address} title={title} />
      <QrCode text={address} label={words.qr} />
      <label>
        {words.embed}
        <textarea readOnly rows={3} spellcheck={false} value={frameOf(framedAddress(address), title)} />
      </label>
      {labs.length > 0 && (
        <label>
          {words.labs}
          <textarea readOnly rows={3} spellcheck={false} value={labFrames(labs, root)} />
        </label>
      )}
    </>
  );
}

/** The page of an assignment that other sites may frame. */
function framedAddress(address: string): string {
  const { hash } = new URL(address);
  return new URL(`embed/assignment/?report=scorm${hash}`, siteRoot()).href;
}

/** The labs alone, as small as they can be: the lines that the page for embedding makes. */
function labFrames(labs: ChoosableLesson["labs"], root: URL): string {
  return labs
    .map(({ name, title }) => {
      const address = new URL(`embed/${name}/${writeEmbedOptions({ size: "compact" })}`, root).href;
      return embedSnippet({ address, title: embedStrings.builder.frameTitle(title), height: 900 }, "moodle");
    })
    .join("\n");
}

function frameOf(address: string, title: string): string {
  const quoted = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${quoted(address)}" title="${quoted(title)}" width="100%" height="900"></iframe>`;
}

function ScormSaver({ address, title }: { readonly address: string; readonly title: string }) {
  const version = useSignal<ScormVersion>("1.2");
  const save = () => {
    const files = scormPackage(version.value, { title, address: framedAddress(address) }, runtime);
    downloadFile(`scorm-${version.value}.zip`, "application/zip", zipPackage(files));
  };
  return (
    <>
      <label>
        {packageStrings.scormVersion}
        <select
          value={version.value}
          onChange={({ currentTarget }) => (version.value = currentTarget.value === "2004" ? "2004" : "1.2")}
        >
          {(["1.2", "2004"] as const).map((each) => (
            <option key={each} value={each}>
              {packageStrings.scormVersions[each]}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={save}>
        {packageStrings.saveScorm}
      </button>
      <p class="receipt-hint">{packageStrings.scormHint}</p>
    </>
  );
}
