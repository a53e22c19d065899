/**
 * Where a presentation is: the slide, and how many of its answers are open. In the address it is the fragment, `#3` or,
 * with an answer open, `#3.1`.
 */

/** A place in a presentation. */
export interface DeckPlace {
  /** From 1. */
  readonly slide: number;
  /** How many of the slide's answers are open, from the first one. */
  readonly step: number;
}

/** Where somebody wants to go. */
export type DeckMove = "next" | "previous" | "first" | "last";

/** How many answers each slide has, in order. There is at least one slide. */
export type DeckSteps = readonly number[];

const stepsOf = (steps: DeckSteps, slide: number) => steps[slide - 1] ?? 0;

/** The place that a fragment names, whoever wrote it: the nearest one that exists, and the first where it names none. */
export function placeIn(fragment: string, steps: DeckSteps): DeckPlace {
  const [, slide = "1", step = "0"] = /^#(\d{1,4})(?:\.(\d{1,4}))?$/.exec(fragment) ?? [];
  const nearest = Math.min(Math.max(Number(slide), 1), steps.length);
  return { slide: nearest, step: Math.min(Number(step), stepsOf(steps, nearest)) };
}

/** The fragment of an address, with its `#`. */
export function fragmentOf({ slide, step }: DeckPlace): string {
  return step === 0 ? `#${slide}` : `#${slide}.${step}`;
}

/** The place where a move leads. At either end it is the same. */
export function placeAfter(move: DeckMove, place: DeckPlace, steps: DeckSteps): DeckPlace {
  const { slide, step } = place;
  switch (move) {
    case "first":
      return { slide: 1, step: 0 };
    case "last":
      return { slide: steps.length, step: 0 };
    case "next":
      if (step < stepsOf(steps, slide)) return { slide, step: step + 1 };
      return slide === steps.length ? place : { slide: slide + 1, step: 0 };
    case "previous":
      if (step > 0) return { slide, step: step - 1 };
      return slide === 1 ? place : { slide: slide - 1, step: stepsOf(steps, slide - 1) };
  }
}

/** What a key means. Remote controls for presentations send Page Up and Page Down. */
const moves: Readonly<Record<string, DeckMove>> = {
  ArrowRight: "next",
  PageDown: "next",
  ArrowLeft: "previous",
  PageUp: "previous",
  Home: "first",
  End: "last",
};

/** A key that was pressed, and what had the focus. */
export interface PressedKey {
  readonly key: string;
  /** A key such as Ctrl was held, too. */
  readonly modified: boolean;
  /** What had the focus: something to write in, something that the arrow keys move within, or neither. */
  readonly focus: "text" | "choice" | undefined;
}

/** Where a key leads, unless it belongs to what has the focus. */
export function moveOf({ key, modified, focus }: PressedKey): DeckMove | undefined {
  if (modified || focus === "text") return undefined;
  if (focus === "choice" && key.startsWith("Arrow")) return undefined;
  return Object.hasOwn(moves, key) ? moves[key] : undefined;
}

/** A place that another window has told. Undefined where it is none of this presentation. */
export function placeTold(data: unknown, steps: DeckSteps): DeckPlace | undefined {
  return typeof data === "string" && /^#\d/.test(data) ? placeIn(data, steps) : undefined;
}
