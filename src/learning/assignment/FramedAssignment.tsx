/**
 * An assignment on one page, for frames in course systems: quizzes are answered here, lessons open in tabs of their own.
 * A browser keeps nothing in such a frame, or keeps it apart; so what is done here counts while the page is open, and is
 * told to the page around as it is done.
 */
import { useEffect } from "preact/hooks";
import type { QuizQuestion } from "../../schemas/page.ts";
import { assignmentStrings, learningStrings } from "../../strings/strings.ts";
import { hideAnswers, hidingQuery } from "../hide/hiding.ts";
import { LessonDone } from "../progress/LessonDone.tsx";
import { learnerStore } from "../progress/progress-store.ts";
import { Quiz } from "../quiz/Quiz.tsx";
import type { AssignableLesson } from "./AssignmentPage.tsx";
import { AssignmentHead, lessonsOf, NoAssignment, useAssignment } from "./assigned-lessons.tsx";
import type { Assignment } from "./assignment.ts";
import { assignedState, shareOf } from "./assignment-progress.ts";
import { isReported, reportProgress } from "./report-progress.ts";
import "../hide/hiding.css";

const words = assignmentStrings;

/** A lesson with what its quiz asks. */
export interface FramedLesson extends AssignableLesson {
  readonly questions: readonly QuizQuestion[];
}

/** What a page gives. */
export interface FramedAssignmentProps {
  readonly lessons: readonly FramedLesson[];
  /** Address of the page that shows what is kept. */
  readonly progress: string;
}

/** The assignment in the address; a sentence where there is none that can be read. */
export function FramedAssignment({ lessons, progress }: FramedAssignmentProps) {
  const reading = useAssignment();
  if (reading?.kind !== "assignment") return <NoAssignment reading={reading} />;
  return <Work assignment={reading.assignment} lessons={lessons} progress={progress} />;
}
export default FramedAssignment;

function Work({ assignment, lessons, progress }: FramedAssignmentProps & { readonly assignment: Assignment }) {
  const { asked, gone } = lessonsOf(assignment, lessons);
  const memory = learnerStore().memory.value;
  const notKept = learnerStore().trouble.value === "not kept";
  // Exercises and runs need the lesson's lab, which is in another tab: nothing of it is heard here.
  const states = asked.map((each) => assignedState(memory, { ...each.asked, exercises: [], labs: [] }, each.lesson));
  const done = states.filter(({ complete }) => complete).length;
  const share = shareOf(states);
  useEffect(() => {
    if (isReported()) reportProgress({ done, all: states.length, share });
  }, [done, share, states.length]);
  useEffect(() => {
    if (assignment.hides) hideAnswers();
  }, [assignment]);
  return (
    <div class="assignment controls">
      <AssignmentHead assignment={assignment} />
      {notKept && <p role="status">{learningStrings.progress.notKept}</p>}
      {gone.length > 0 && <p role="alert">{words.gone(gone)}</p>}
      {asked.map(({ asked: { quiz }, lesson }) => (
        <section key={lesson.id} aria-label={lesson.title}>
          <h3>{lesson.title}</h3>
          <p>
            <a href={`${lesson.href}${assignment.hides ? hidingQuery : ""}`} target="_blank" rel="noopener">
              {words.openLesson}
            </a>
          </p>
          {quiz ? (
            <Quiz lesson={lesson.id} questions={lesson.questions} />
          ) : (
            <LessonDone lesson={lesson.id} questions={[]} progress={progress} />
          )}
        </section>
      ))}
      <p role="status">{words.progress(done, states.length)}</p>
    </div>
  );
}
