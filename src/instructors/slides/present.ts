/**
 * Makes a page of slides a presentation: one at a time, by keys and buttons, with its place in the address. A second
 * window with the presenter's notes is the same page; both stay at the same place. Without this, or on a phone, the
 * slides stand one below the other.
 */
import { keptName } from "../../kept-names.ts";
import { siteRoot } from "../../site-root.ts";
import { slideStrings } from "../../strings/strings.ts";
import {
  type DeckMove,
  type DeckPlace,
  fragmentOf,
  moveOf,
  type PressedKey,
  placeAfter,
  placeIn,
  placeTold,
} from "./deck-place.ts";

const words = slideStrings.bar;
/** A lab has `details` of its own: they are no steps. */
const answerSelector = "details.slide-answer";

/**
 * Begins. The page has slides (`.slide`), in each of them its answers (`details.slide-answer`), and controls with `data-move`.
 *
 * @param deck path of the lesson: presentations of other lessons stand where they are
 */
export function present(deck: string): void {
  const slides = [...document.querySelectorAll<HTMLElement>(".slide")];
  const answersOf = ({ slide }: DeckPlace) => [
    ...(slides[slide - 1]?.querySelectorAll<HTMLDetailsElement>(answerSelector) ?? []),
  ];
  const steps = slides.map((_, at) => answersOf({ slide: at + 1, step: 0 }).length);
  const channel = openChannel(`two-servers-slides:${deck}`);
  let place = placeIn(location.hash, steps);

  const show = (next: DeckPlace, { tells }: { tells: boolean }) => {
    const hadFocus = slides[place.slide - 1]?.contains(document.activeElement) === true && next.slide !== place.slide;
    place = next;
    for (const [at, slide] of slides.entries()) slide.toggleAttribute("data-shown", at === place.slide - 1);
    for (const [at, answer] of answersOf(place).entries()) answer.open = at < place.step;
    noteInAddress();
    const heading = slides[place.slide - 1]?.querySelector<HTMLElement>("h1, h2");
    if (hadFocus) heading?.focus({ preventScroll: true });
    announce(place.slide, slides.length, heading?.textContent ?? "");
    if (isVertical()) slides[place.slide - 1]?.scrollIntoView();
    else scrollTo(0, 0);
    if (tells) channel?.postMessage(fragmentOf(place));
  };
  /** Keeps the place in the address, and in the links to the other window. */
  const noteInAddress = () => {
    const fragment = fragmentOf(place);
    if (location.hash !== fragment) history.replaceState(history.state, "", fragment);
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-same-place]")) link.hash = fragment;
  };
  const move = (to: DeckMove) => show(placeAfter(to, place, steps), { tells: true });

  addEventListener("keydown", (event) => {
    const to = event.defaultPrevented ? undefined : moveOf(pressedIn(event));
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  });
  addEventListener("hashchange", () => show(placeIn(location.hash, steps), { tells: true }));
  for (const control of document.querySelectorAll<HTMLElement>("[data-move]")) {
    const { move: to } = control.dataset;
    if (to === "next" || to === "previous") control.addEventListener("click", () => move(to));
  }
  // An answer that was opened with the mouse is a step, too.
  for (const answer of document.querySelectorAll<HTMLDetailsElement>(answerSelector)) {
    answer.addEventListener("toggle", () => {
      const step = answersOf(place).filter(({ open }) => open).length;
      if (!answersOf(place).includes(answer) || step === place.step) return;
      show({ ...place, step }, { tells: true });
    });
  }
  channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const told = placeTold(data, steps);
    if (told !== undefined) show(told, { tells: false });
  });
  followScrolling(slides, (slide) => {
    if (slide === place.slide) return;
    place = { slide, step: 0 };
    noteInAddress();
  });
  offerFullScreen();
  show(place, { tells: false });
  document.documentElement.dataset["presenting"] = "";
}

function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(keptName(name, siteRoot()));
  } catch {
    // A browser that lets windows not speak to each other: each is moved by itself.
    return undefined;
  }
}

/** As in the style sheet: slides stand one below the other. */
function isVertical(): boolean {
  return matchMedia("(max-width: 47.99rem)").matches;
}

function pressedIn({ key, ctrlKey, altKey, metaKey, shiftKey, target }: KeyboardEvent): PressedKey {
  const modified = ctrlKey || altKey || metaKey || shiftKey;
  if (!(target instanceof HTMLElement)) return { key, modified, focus: undefined };
  const isChoice = target instanceof HTMLInputElement && (target.type === "radio" || target.type === "checkbox");
  const isText = target.matches("input, textarea, select") || target.isContentEditable;
  return { key, modified, focus: isChoice ? "choice" : isText ? "text" : undefined };
}

function announce(slide: number, all: number, title: string): void {
  const position = document.querySelector("[data-position]");
  if (position !== null) position.textContent = words.position(slide, all);
  const status = document.querySelector("[data-announced]");
  if (status !== null) status.textContent = words.announced(slide, all, title);
}

/** Calls `listener` with the slide that fills the middle of the window, where they stand one below the other. */
function followScrolling(slides: readonly HTMLElement[], listener: (slide: number) => void): void {
  const seen = new IntersectionObserver(
    (entries) => {
      const found = entries.find(({ isIntersecting }) => isIntersecting)?.target;
      if (isVertical() && found instanceof HTMLElement) listener(slides.indexOf(found) + 1);
    },
    { rootMargin: "-50% 0px" },
  );
  for (const slide of slides) seen.observe(slide);
}

function offerFullScreen(): void {
  const button = document.querySelector<HTMLElement>("[data-full-screen]");
  if (button === null || !document.fullscreenEnabled) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    void (document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen());
  });
}

/** Counts the time in the window with the notes: minutes and seconds. */
export function countTime(clock: HTMLElement): void {
  const began = performance.now();
  const tell = () => {
    const seconds = Math.floor((performance.now() - began) / 1000);
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  setInterval(tell, 1000);
  tell();
}
