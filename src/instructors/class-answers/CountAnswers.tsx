/** The teacher's page: counts the answers that come in its address or are pasted into it. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { keptName } from "../../kept-names.ts";
import { AskFirst } from "../../lab/view/ui/AskFirst.tsx";
import { Prose } from "../../prose/Prose.tsx";
import { siteRoot } from "../../site-root.ts";
import { classAnswerStrings, erasingStrings } from "../../strings/strings.ts";
import type { PredictingLesson } from "./ClassPredictions.tsx";
import { type ClassAnswers, mergedAnswers, readAnswers, tallyOf, writeAnswers } from "./class-answers.ts";
import "./class-answers.css";

const words = classAnswerStrings.teacher;
/** Under this name the answers are kept, as the fragments in which they came. */
const storageName = "two-servers:class";

/** The table of each lesson of which there are answers. */
export function CountAnswers({ lessons }: { readonly lessons: readonly PredictingLesson[] }) {
  const answers = useSignal<readonly ClassAnswers[] | undefined>(undefined);
  const said = useSignal("");
  const keeps = useSignal(true);
  const pasted = useSignal("");
  const take = (text: string) => {
    const { answers: come, newer } = readAnswers(text);
    const known = come.filter(({ lesson }) => lessons.some(({ name }) => name === lesson));
    const all = mergedAnswers(answers.value ?? [], known);
    answers.value = all;
    keeps.value = keep(all);
    said.value = [
      come.length === 0 && newer === 0 ? words.none : words.added(known.length, all.length),
      ...(newer > 0 ? [words.newer] : []),
      ...(known.length < come.length ? [words.unknown] : []),
    ].join(" ");
  };
  useEffect(() => {
    answers.value = readAnswers(kept()).answers;
    const read = () => {
      if (!location.hash.startsWith("#c=")) return;
      take(location.hash);
      // Loaded again, the page has nothing new to count.
      history.replaceState(history.state, "", location.pathname + location.search);
    };
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  if (answers.value === undefined) return <p>{words.needsScript}</p>;
  const counted = lessons.filter(({ name }) => answers.value?.some(({ lesson }) => lesson === name));
  return (
    <div class="class-answers controls">
      <label class="class-link">
        {words.paste}
        <textarea
          rows={3}
          spellcheck={false}
          value={pasted.value}
          onInput={({ currentTarget }) => (pasted.value = currentTarget.value)}
        />
      </label>
      <p>
        <button
          type="button"
          onClick={() => {
            take(pasted.value);
            pasted.value = "";
          }}
        >
          {words.add}
        </button>{" "}
        <span role="status">{said.value}</span>
      </p>
      {counted.length === 0 && <p>{words.empty}</p>}
      {counted.map((lesson) => (
        <Counts
          key={lesson.name}
          lesson={lesson}
          answers={answers.value?.filter((each) => each.lesson === lesson.name) ?? []}
        />
      ))}
      <p class="class-hint">{keeps.value ? words.kept : words.notKept}</p>
      {counted.length > 0 && (
        <div>
          <AskFirst
            label={words.erase}
            {...erasingStrings.answers}
            onYes={() => {
              answers.value = [];
              keep([]);
              said.value = words.erased;
            }}
          />
        </div>
      )}
    </div>
  );
}
export default CountAnswers;

interface CountsProps {
  readonly lesson: PredictingLesson;
  /** Of this lesson. */
  readonly answers: readonly ClassAnswers[];
}

function Counts({ lesson: { title, questions }, answers }: CountsProps) {
  const tally = tallyOf(answers, questions);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <p>{words.students(answers.length)}</p>
      {questions.map(({ question, choices }, at) => (
        <table key={question}>
          <caption>
            <Prose text={question} />
          </caption>
          <thead>
            <tr>
              <th scope="col">{words.choice}</th>
              <th scope="col">{words.count}</th>
            </tr>
          </thead>
          <tbody>
            {choices.map((text, number) => {
              const count = tally[at]?.[number] ?? 0;
              return (
                <tr key={text}>
                  <th scope="row">
                    <Prose text={text} />
                  </th>
                  <td>
                    {count}
                    <span
                      class="class-bar"
                      style={{ inlineSize: `${(100 * count) / Math.max(1, answers.length)}%` }}
                      aria-hidden="true"
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ))}
    </section>
  );
}

function kept(): string {
  try {
    return localStorage.getItem(keptName(storageName, siteRoot())) ?? "";
  } catch {
    // Storage is blocked: the page says so when something is counted.
    return "";
  }
}

/** Keeps the answers. `false` where the browser does not. */
function keep(answers: readonly ClassAnswers[]): boolean {
  const name = keptName(storageName, siteRoot());
  try {
    if (answers.length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, answers.map(writeAnswers).join("\n"));
    return true;
  } catch {
    // Blocked or full: the page says that nothing is kept.
    return false;
  }
}
