import type { SideName } from "../../../lab-definition/schema.ts";

/** A side's shape in its colour, so that colour is never alone: a disc for development, a square for production. */
export function SideBadge({ side }: { side: SideName }) {
  return (
    <svg class={`lab-mark lab-of-${side}`} viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      {side === "development" ? <circle cx="5" cy="5" r="5" /> : <rect width="10" height="10" rx="1" />}
    </svg>
  );
}
