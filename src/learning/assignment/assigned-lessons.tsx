/** What both pages of an assignment show and look up. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { assignmentStrings } from "../../strings/strings.ts";
import { type AssignedLesson, type Assignment, type AssignmentReading, readAssignment } from "./assignment.ts";

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

/** What the fragment of this page's address holds. Undefined before scripts run. */
export function useAssignment(): AssignmentReading | undefined {
  const reading = useSignal<AssignmentReading | undefined>(undefined);
  useEffect(() => {
    const read = () => {
      reading.value = readAssignment(location.hash);
    };
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, [reading]);
  return reading.value;
}

/** Stands where there is no assignment that can be shown. */
export function NoAssignment({ reading }: { readonly reading: AssignmentReading | undefined }) {
  if (reading === undefined) return <p>{words.needsScript}</p>;
  if (reading.kind === "assignment") return null;
  return <p role="alert">{reading.kind === "no link" ? words.noLink : words[reading.kind]}</p>;
}
