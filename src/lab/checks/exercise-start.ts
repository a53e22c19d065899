/** Whether an exercise has begun: the lab as its author wrote it may do already what the exercise asks for. */
import type { LabFile } from "../../lab-definition/schema.ts";
import type { LabState } from "../session/lab-state.ts";

/**
 * Whether the lab still stands as its author wrote it, where the exercise begins with something else. What is found
 * right then is nobody's work.
 *
 * @param start how the lab stands when the exercise begins; absent: as it is
 * @param original the files as the author wrote them
 * @param files the files as they stand
 */
export function isUntouched(
  start: LabState | undefined,
  original: readonly LabFile[],
  files: readonly LabFile[],
): boolean {
  const begun = Object.keys(start?.files ?? {});
  const textOf = (path: string, all: readonly LabFile[]) => all.find((file) => file.path === path)?.text;
  return begun.length > 0 && begun.every((path) => textOf(path, files) === textOf(path, original));
}
