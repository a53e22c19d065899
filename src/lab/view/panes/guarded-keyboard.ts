import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** What the reader did last, as far as it says where the keyboard belongs. */
type LastAct = "elsewhere" | "tabbed" | "pointed at the page";

/**
 * A page that takes the keyboard more often than this within `takingTime` milliseconds is not to be held back in
 * another way.
 */
const mostTakes = 5;
const takingTime = 2000;

/** Where text is typed. */
const textEntry = "input, textarea, [contenteditable]:not([contenteditable=false])";

/**
 * A page in a frame can focus itself, and would then hear what the reader types elsewhere. While a field of the site
 * has the keyboard, the page gets it only where the reader goes to it, by pointer or by Tab; otherwise the field gets
 * it back. `greedy` is called when the page does not give up: browsers let a frame take the keyboard as often as it
 * wants.
 */
export function useGuardedKeyboard(frame: RefObject<HTMLIFrameElement>, greedy: () => void): void {
  useEffect(() => {
    const page = frame.current;
    if (page === null) return;
    let last: LastAct = "elsewhere";
    let focused: Element | null = document.activeElement;
    let takes: readonly number[] = [];
    const ending = new AbortController();
    const { signal } = ending;
    const point = () => {
      last = "pointed at the page";
    };
    const press = ({ target }: PointerEvent) => {
      if (target !== page) last = "elsewhere";
    };
    const type = ({ key }: KeyboardEvent) => {
      last = key === "Tab" ? "tabbed" : "elsewhere";
    };
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof Element && target !== page) focused = target;
    };
    const guard = ({ timeStamp }: FocusEvent) => {
      if (document.activeElement !== page || last !== "elsewhere") return;
      if (!(focused instanceof HTMLElement && focused.isConnected && focused.matches(textEntry))) return;
      takes = [...takes, timeStamp].filter((moment) => moment > timeStamp - takingTime);
      if (takes.length > mostTakes) greedy();
      const field = focused;
      // Later: in this very moment a browser would call the field focused, and go on giving the page what is typed.
      setTimeout(() => {
        field.blur();
        window.focus();
        field.focus();
      });
    };
    page.addEventListener("pointerenter", point, { signal });
    document.addEventListener("pointerdown", press, { signal, capture: true });
    document.addEventListener("keydown", type, { signal, capture: true });
    document.addEventListener("focusin", remember, { signal });
    addEventListener("blur", guard, { signal });
    return () => ending.abort();
  }, [frame, greedy]);
}
