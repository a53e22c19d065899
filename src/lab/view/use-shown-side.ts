/** Which side is on screen, where there is room for one. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { SideName } from "../../lab-definition/schema.ts";
import { sideUnderTest } from "../runs/side-under-test.ts";
import type { LabSession } from "../session/lab-session.ts";

/** The side on screen, and how a reader chooses it. */
export interface ShownSide {
  readonly shown: ReadonlySignal<SideName>;
  readonly choose: (side: SideName) => void;
}

/**
 * The side that the reader has chosen, or that a load test has come to: what happens is seen where it happens. A choice
 * made during a run holds for all of it, and the side that has the keyboard stays.
 */
export function useShownSide({ load }: LabSession): ShownSide {
  const shown = useSignal<SideName>("development");
  const chosen = useRef(false);
  const { value: phase } = load.phase;
  const tested = sideUnderTest(phase);
  const running = phase.kind === "running";
  useEffect(() => {
    if (!running) chosen.current = false;
  }, [running]);
  useEffect(() => {
    const working = document.activeElement?.closest(".lab-side") ?? null;
    if (tested !== undefined && !chosen.current && working === null) shown.value = tested;
  }, [tested, shown]);
  const choose = (side: SideName) => {
    chosen.current = running;
    shown.value = side;
  };
  return { shown, choose };
}
