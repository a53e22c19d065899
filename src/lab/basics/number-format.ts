/** How the lab writes figures: at most three significant digits, a unit beside each, `—` where there is none. */
import { labStrings } from "../../strings/strings.ts";

/** Stands where a figure would be a lie, because too few samples carry it. */
export const noFigure = "—";

const formatsOf = (language: string) => ({
  language,
  threeDigits: new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }),
  whole: new Intl.NumberFormat(language, { maximumFractionDigits: 0 }),
  timeOfDay: new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
});

let formats = formatsOf(labStrings.language);

/** Of the language in force: a page has one, the build of the site several. */
function current(): typeof formats {
  if (formats.language !== labStrings.language) formats = formatsOf(labStrings.language);
  return formats;
}

/** Hours and minutes where the reader is: `14:03`. */
export function formatTimeOfDay(moment: Date): string {
  return current().timeOfDay.format(moment);
}

/** Three significant digits without a unit. */
export function formatFigure(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? noFigure : current().threeDigits.format(value);
}

/** A count of things, all digits. */
export function formatCount(count: number): string {
  return current().whole.format(count);
}

/** Requests a second: `78 /s`. */
export function formatRate(perSecond: number | undefined): string {
  return withUnit(perSecond, labStrings.load.perSecond);
}

/** A span of time, in milliseconds below one second: `102 ms`, `1.2 s`. */
export function formatTime(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return noFigure;
  // What three digits would round up to a second is one.
  return milliseconds < 999.5 ? withUnit(milliseconds, "ms") : withUnit(milliseconds / 1000, "s");
}

/**
 * The same number of digits whatever comes, so that a figure that changes ten times a second does not jump:
 * `9.87`, `98.7`, `987`, `1,230`.
 */
export function formatLive(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return noFigure;
  if (value === 0) return "0";
  const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  const rounded = value < 999.5 ? value : Number(value.toPrecision(3));
  return new Intl.NumberFormat(labStrings.language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(rounded);
}

/** Memory in megabytes, all digits: `214 MB`. */
export function formatMemory(bytes: number): string {
  return labStrings.faults.megabytes(formatCount(bytes / 1_000_000));
}

function withUnit(value: number | undefined, unit: string): string {
  const figure = formatFigure(value);
  return figure === noFigure ? figure : `${figure}\u00a0${unit}`;
}
