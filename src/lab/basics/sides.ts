/** The two sides of a lab, for what is done to both. */
import type { SideName } from "../../lab-definition/schema.ts";

/** In the order in which they stand and run. */
export const sideNames = ["development", "production"] as const satisfies readonly SideName[];

/** One thing for each side. */
export type BySide<T> = Readonly<Record<SideName, T>>;

/** Makes one thing for each side. */
export function bySide<T>(make: (side: SideName) => T): BySide<T> {
  return { development: make("development"), production: make("production") };
}
