import { useEffect, useRef } from "preact/hooks";
import type { PaintFrame, SideLanes } from "./side-lanes.ts";

/** A canvas in a side's lanes. What it shows is said in words elsewhere. */
export function Lane({ lanes, paint }: { lanes: SideLanes; paint: PaintFrame }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(paint);
  latest.current = paint;
  useEffect(() => {
    if (canvas.current === null) return;
    return lanes.add(canvas.current, (context, frame) => latest.current(context, frame));
  }, [lanes]);
  return (
    <span class="lab-lane" aria-hidden="true">
      <canvas ref={canvas} />
    </span>
  );
}
