/** Says whether the site is kept for use without a network, with a button that turns it on or off. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { privacyStrings } from "../strings/strings.ts";
import { type KeepingState, keepingState, turnOff, turnOn } from "./offline-copy.ts";
import "./offline-switch.css";

const words = privacyStrings;
/** How often the state is looked at: browsers tell no page that a worker has ended without result. */
const lookEvery = 500;

/** The sentence and the button. */
export function OfflineSwitch() {
  const state = useSignal<KeepingState | undefined>(undefined);
  // Until all is removed, or asked for, it is neither.
  const turning = useRef(false);
  useEffect(() => {
    const look = async () => {
      const found = await keepingState();
      if (!turning.current) state.value = found;
    };
    void look();
    const timer = setInterval(() => void look(), lookEvery);
    return () => clearInterval(timer);
  }, [state]);
  if (state.value === undefined) return null;
  const turn = async (act: () => Promise<KeepingState>) => {
    turning.current = true;
    try {
      state.value = await act();
    } finally {
      turning.current = false;
    }
  };
  const off = state.value === "off" || state.value === "failed";
  return (
    <div class="offline-switch controls">
      <p role="status">{words.state[state.value]}</p>
      {state.value !== "impossible" && (
        <button type="button" onClick={() => void turn(off ? turnOn : turnOff)}>
          {off ? words.turnOn : words.turnOff}
        </button>
      )}
    </div>
  );
}
