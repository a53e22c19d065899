/** Makes the items of a list such that a reader can tick them. */
import { effect } from "@preact/signals";
import type { LearnerProgress } from "./learner-progress.ts";
import { learnerStore } from "./progress-store.ts";

/** The memory with an item of a checklist ticked, or not. */
export function withTick(memory: LearnerProgress, list: string, item: string, ticked: boolean): LearnerProgress {
  const others = (memory.ticks[list] ?? []).filter((each) => each !== item);
  return { ...memory, ticks: { ...memory.ticks, [list]: ticked ? [...others, item] : others } };
}

/** Every list in an element with `data-checklist`: each of its items gets a box, whose state is kept. */
export function makeChecklists(): void {
  const store = learnerStore();
  for (const block of document.querySelectorAll<HTMLElement>("[data-checklist]")) {
    const list = block.dataset["checklist"] ?? "";
    for (const item of block.querySelectorAll("li")) {
      const text = (item.textContent ?? "").trim();
      const box = document.createElement("input");
      box.type = "checkbox";
      const words = document.createElement("span");
      words.append(...item.childNodes);
      const label = document.createElement("label");
      label.append(box, words);
      item.append(label);
      box.addEventListener("change", () => store.update((memory) => withTick(memory, list, text, box.checked)));
      effect(() => {
        box.checked = store.memory.value.ticks[list]?.includes(text) ?? false;
      });
    }
  }
}
