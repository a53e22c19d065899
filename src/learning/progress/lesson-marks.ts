/** What every page shows of the memory: in lists of lessons which are begun and done. */
import { effect } from "@preact/signals";
import { learningStrings } from "../../strings/strings.ts";
import { lessonStateOf } from "./lesson-progress.ts";
import { learnerStore } from "./progress-store.ts";

const words = learningStrings.progress;

/**
 * Marks the links that stand in the page now, and keeps the marks true.
 *
 * @param labs the labs of each lesson, by the lesson's path below the site's root
 */
export function markLessons(labs: Readonly<Record<string, readonly string[]>>): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".course-map a, #starlight__sidebar a")];
  const marks = links.flatMap((link) => {
    const id = Object.keys(labs).find((lesson) => new URL(link.href).pathname.endsWith(`/${lesson}/`));
    if (id === undefined) return [];
    const mark = document.createElement("span");
    mark.className = "lesson-mark";
    link.append(mark);
    return [{ id, mark }];
  });
  effect(() => {
    const memory = learnerStore().memory.value;
    for (const { id, mark } of marks) {
      const state = lessonStateOf(memory, { id, labs: labs[id] ?? [] });
      mark.dataset["state"] = state;
      mark.textContent = state === "untouched" ? "" : words[state];
    }
  });
}
