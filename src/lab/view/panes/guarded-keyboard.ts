import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** What the reader did last, as far as it says where the keyboard belongs. */
type LastAct = "elsewhere" | "tabbed" | "pointed at the page";

/** A page that takes the keyboard this often, against the reader, is inert until the reader comes to it. */
const mostTakes = 3;

/** Where text is typed. */
const textEntry = "input, textarea, [contenteditable]:not([contenteditable=false])";

/**
 * A page in a frame can focus itself, and would then hear what the reader types elsewhere. While a field of the site has the keyboard, the page gets
 * it only where the reader goes to it, by pointer or by Tab; otherwise the field gets it back.
 */
export function useGuardedKeyboard(frame: RefObject<HTMLIFrameElement>): void {
  useEffect(() => {
    const page = frame.current;
    if (page === null) return;
    let last: LastAct = "elsewhere";
    let focused: Element | null = document.activeElement;
    let takes = 0;
    const ending = new AbortController();
    const { signal } = ending;
    const come = (how: LastAct) => {
      last = how;
      takes = 0;
      page.inert = false;
    };
    page.addEventListener("pointerenter", () => come("pointed at the page"), { signal });
    // An inert page hears no pointer; what lies below it does.
    const move = ({ clientX, clientY }: PointerEvent) => {
      if (page.inert && contains(page.getBoundingClientRect(), clientX, clientY)) come("pointed at the page");
    };
    const press = ({ target }: PointerEvent) => {
      if (target !== page) last = "elsewhere";
    };
    const type = ({ key }: KeyboardEvent) => {
      if (key === "Tab") come("tabbed");
      else last = "elsewhere";
    };
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof Element && target !== page) focused = target;
    };
    const guard = () => {
      if (document.activeElement !== page || last !== "elsewhere") return;
      if (!(focused instanceof HTMLElement && focused.isConnected && focused.matches(textEntry))) return;
      takes += 1;
      page.inert = takes > mostTakes;
      focused.focus();
    };
    document.addEventListener("pointermove", move, { signal, capture: true });
    document.addEventListener("pointerdown", press, { signal, capture: true });
    document.addEventListener("keydown", type, { signal, capture: true });
    document.addEventListener("focusin", remember, { signal });
    addEventListener("blur", guard, { signal });
    return () => ending.abort();
  }, [frame]);
}

function contains({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean {
  return x >= left && x < right && y >= top && y < bottom;
}
