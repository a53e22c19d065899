import { useEffect, useRef } from "preact/hooks";
import { paintMarks } from "./lane-painter.ts";
import type { PaintFrame, SideLanes } from "./side-lanes.ts";

interface LaneProps {
  readonly lanes: SideLanes;
  readonly paint: PaintFrame;
  /** Without the ground of a lane, and without the lines of the marks. */
  readonly bare?: boolean;
}

/** A canvas in a side's lanes. What it shows is said in words elsewhere. */
export function Lane({ lanes, paint, bare = false }: LaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(paint);
  latest.current = paint;
  useEffect(() => {
    if (canvas.current === null) return;
    return lanes.add(canvas.current, (context, frame) => {
      latest.current(context, frame);
      if (!bare) paintMarks(context, frame.scale, frame.ink, frame.marks);
    });
  }, [lanes, bare]);
  return (
    <span class={bare ? "lab-bare-lane" : "lab-lane"} aria-hidden="true">
      <canvas ref={canvas} />
    </span>
  );
}
