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
    pointToNext(marks.map(({ mark }) => mark));
  });
}

/** Says in the course map where to go on: at the first lesson that is not done. */
function pointToNext(marks: readonly HTMLElement[]): void {
  const sign = document.querySelector<HTMLAnchorElement>(".next-lesson");
  if (sign === null) return;
  const inMap = marks.filter((mark) => mark.closest(".course-map") !== null);
  const next = inMap.find((mark) => mark.dataset["state"] !== "done");
  sign.hidden = next === undefined;
  const place = next?.closest("li");
  place?.querySelector(".effort")?.after(sign);
  sign.href = place?.querySelector("a")?.href ?? sign.href;
  if (inMap.some((mark) => mark.dataset["state"] !== "untouched")) sign.textContent = sign.dataset["goOn"] ?? "";
}
