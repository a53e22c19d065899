import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** What the reader did last, as far as it says where the keyboard belongs. */
type LastAct = "elsewhere" | "tabbed" | "pointed at the page";

/**
 * A page in a frame can focus itself, and would then hear what is typed elsewhere. It keeps the keyboard only where the reader has gone to it, by
 * pointer or by Tab; otherwise whatever had it gets it back, and the page is inert until the reader comes.
 */
export function useGuardedKeyboard(frame: RefObject<HTMLIFrameElement>): void {
  useEffect(() => {
    const page = frame.current;
    if (page === null) return;
    let last: LastAct = "elsewhere";
    let focused: Element | null = document.activeElement;
    const ending = new AbortController();
    const { signal } = ending;
    const point = () => {
      page.inert = false;
      last = "pointed at the page";
    };
    page.addEventListener("pointerenter", point, { signal });
    // An inert page hears no pointer; what lies below it does.
    const move = ({ clientX, clientY }: PointerEvent) => {
      if (page.inert && contains(page.getBoundingClientRect(), clientX, clientY)) point();
    };
    const press = ({ target }: PointerEvent) => {
      if (target !== page) last = "elsewhere";
    };
    const type = ({ key }: KeyboardEvent) => {
      last = key === "Tab" ? "tabbed" : "elsewhere";
      if (key === "Tab") page.inert = false;
    };
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof Element && target !== page) focused = target;
    };
    const guard = () => {
      if (document.activeElement !== page || last !== "elsewhere") return;
      page.inert = true;
      if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
      else page.blur();
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
