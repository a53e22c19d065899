/** What both pages of an assignment show and look up. */
import { assignmentStrings } from "../../strings/strings.ts";
import type { AssignedLesson, Assignment } from "./assignment.ts";

const words = assignmentStrings;

/** The lessons that are asked and there, and the ids of those that are not. */
export function lessonsOf<Lesson extends { readonly id: string }>(
  assignment: Assignment,
  lessons: readonly Lesson[],
): { readonly asked: readonly { readonly asked: AssignedLesson; readonly lesson: Lesson }[]; readonly gone: string[] } {
  const asked = assignment.lessons.flatMap((each) => {
    const lesson = lessons.find(({ id }) => id === each.id);
    return lesson === undefined ? [] : [{ asked: each, lesson }];
  });
  const gone = assignment.lessons.filter(({ id }) => !lessons.some((lesson) => lesson.id === id)).map(({ id }) => id);
  return { asked, gone };
}

/** Its title, text and day. */
export function AssignmentHead({ assignment }: { readonly assignment: Assignment }) {
  const { title, text, due, hides } = assignment;
  const late = due !== undefined && due < new Date().toISOString().slice(0, 10);
  return (
    <>
      <h2>{title}</h2>
      {text?.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {due !== undefined && <p>{late ? words.late(due) : words.due(due)}</p>}
      {hides && <p>{words.hides}</p>}
    </>
  );
}
