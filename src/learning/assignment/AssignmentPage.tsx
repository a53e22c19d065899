/** What a teacher asks, how far the student is with it, and the receipt to hand in. */
import { TableHead } from "../../lab/view/ui/TableHead.tsx";
import { assignmentStrings } from "../../strings/strings.ts";
import { hidingQuery } from "../hide/hiding.ts";
import { learnerStore } from "../progress/progress-store.ts";
import type { ReceiptLesson } from "../receipt/make-receipt.ts";
import { SaveReceipt } from "../receipt/SaveReceipt.tsx";
import { AssignmentHead, lessonsOf, NoAssignment, useAssignment } from "./assigned-lessons.tsx";
import type { AssignedLesson } from "./assignment.ts";
import { type AssignedState, assignedState } from "./assignment-progress.ts";

const words = assignmentStrings;

/** A lesson that can be assigned. */
export interface AssignableLesson extends ReceiptLesson {
  readonly href: string;
}

/** What a page gives. */
export interface AssignmentPageProps {
  readonly lessons: readonly AssignableLesson[];
  readonly version: string;
  readonly date: string;
}

/** The assignment in the address; a sentence where there is none that can be read. */
export function AssignmentPage({ lessons, version, date }: AssignmentPageProps) {
  const reading = useAssignment();
  if (reading?.kind !== "assignment") return <NoAssignment reading={reading} />;
  const { assignment } = reading;
  const { asked, gone } = lessonsOf(assignment, lessons);
  return (
    <div class="assignment controls">
      <AssignmentHead assignment={assignment} />
      {gone.length > 0 && <p role="alert">{words.gone(gone)}</p>}
      <AskedTable asked={asked} hides={assignment.hides === true} />
      <SaveReceipt
        lessons={asked.map(({ lesson }) => lesson)}
        version={version}
        date={date}
        assignment={{ title: assignment.title, classKey: assignment.classKey ?? "" }}
      />
    </div>
  );
}
export default AssignmentPage;

interface Asked {
  readonly asked: AssignedLesson;
  readonly lesson: AssignableLesson;
}

function AskedTable({ asked, hides }: { readonly asked: readonly Asked[]; readonly hides: boolean }) {
  const memory = learnerStore().memory.value;
  const states = asked.map((each) => ({ ...each, ...assignedState(memory, each.asked, each.lesson) }));
  const done = states.filter(({ complete }) => complete).length;
  const withLabs = states.some(({ labs }) => labs.all > 0);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section class="table-scroll" aria-label={words.scrolled} tabIndex={0}>
        <table aria-label={words.asked}>
          <TableHead
            columns={[words.lesson, words.quiz, words.exercises, ...(withLabs ? [words.labs] : []), words.state]}
          />
          <tbody>
            {states.map(({ lesson, ...state }) => (
              <tr key={lesson.id}>
                <th scope="row">
                  <a href={`${lesson.href}${hides ? hidingQuery : ""}`}>{lesson.title}</a>
                </th>
                <Cells state={state} withLabs={withLabs} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p role="status">{words.progress(done, states.length)}</p>
    </>
  );
}

interface CellsProps {
  readonly state: AssignedState;
  /** A run of a lab is asked in some lesson. */
  readonly withLabs: boolean;
}

function Cells({ state: { quiz, exercises, labs, complete }, withLabs }: CellsProps) {
  return (
    <>
      <td>{quiz === undefined ? words.notAsked : words.quizDone(quiz.right, quiz.questions)}</td>
      <td>{exercises.all === 0 ? words.notAsked : words.solved(exercises.solved, exercises.all)}</td>
      {withLabs && <td>{labs.all === 0 ? words.notAsked : words.ran(labs.run, labs.all)}</td>}
      <td>{complete ? words.complete : words.open}</td>
    </>
  );
}
