/** What every page with a lab or a lesson says of the memory: that it was set aside, or cannot be kept. */
import { effect } from "@preact/signals";
import { learningStrings } from "../../strings/strings.ts";
import { learnerStore } from "./progress-store.ts";

const words = learningStrings.progress;

/** Says in the page's notice that something was set aside, or cannot be kept. */
export function announceTrouble(): void {
  const notice = document.querySelector("[data-memory-notice]");
  effect(() => {
    const { value: trouble } = learnerStore().trouble;
    if (notice) notice.textContent = trouble ? { "set aside": words.setAside, "not kept": words.notKept }[trouble] : "";
  });
}
