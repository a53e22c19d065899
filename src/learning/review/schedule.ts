/**
 * When a question that was missed is asked again: FSRS, the schedule that Anki uses (package `ts-fsrs`), with its
 * published defaults. It is asked for days, not for minutes: a question that was answered just now is not asked again
 * in the same sitting.
 */
import { type Card, createEmptyCard, fsrs, Rating, State } from "ts-fsrs";
import type { KeptReview } from "../progress/learner-progress.ts";

/** Steps within a day are left out, and dates are not spread at random: the same answers give the same dates. */
const scheduler = fsrs({ enable_short_term: false, enable_fuzz: false });

/**
 * The question's figures after an answer.
 *
 * @param kept before it; `undefined` for a question that was never scheduled
 * @param now in milliseconds since 1970
 */
export function afterAnswer(kept: KeptReview | undefined, right: boolean, now: number): KeptReview {
  const { card } = scheduler.next(cardOf(kept, now), new Date(now), right ? Rating.Good : Rating.Again);
  return {
    due: card.due.getTime(),
    stability: card.stability,
    difficulty: card.difficulty,
    days: card.scheduled_days,
    reps: card.reps,
    lapses: card.lapses,
    state: card.state,
    last: now,
  };
}

/** Whether it is asked today: dates are days, whatever the hour of the last answer was. */
export function isDue({ due = 0 }: KeptReview, now: number): boolean {
  const tomorrow = new Date(now);
  tomorrow.setHours(24, 0, 0, 0);
  return due < tomorrow.getTime();
}

/** A question that was only missed has no figures yet, and one whose figures make no sense begins anew. */
function cardOf(kept: KeptReview | undefined, now: number): Card {
  const empty = createEmptyCard(new Date(now));
  const { due, stability, difficulty, days, reps, lapses, last } = kept ?? {};
  if (due === undefined || last === undefined || last > now || !(stability !== undefined && stability > 0))
    return empty;
  if (difficulty === undefined || difficulty < 1 || difficulty > 10) return empty;
  return {
    ...empty,
    due: new Date(due),
    stability,
    difficulty,
    scheduled_days: days ?? 0,
    reps: reps ?? 1,
    lapses: lapses ?? 0,
    // Without steps within a day a question that was answered once is in review.
    state: State.Review,
    last_review: new Date(last),
  };
}
