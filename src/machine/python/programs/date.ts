/** `date`: the time in a zone, by GNU's formats, and the times that words name. */
import { TimeZone } from "../time-zone/time-zone.ts";
import { refusingMisuse, UsageError } from "./options.ts";

/** A time as a clock and a calendar of some zone show it. */
export interface Shown {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** From 1. */
  readonly dayOfYear: number;
  /** Of the zone, in minutes east of Greenwich. */
  readonly offset: number;
  readonly zone: string;
  readonly epoch: number;
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const minute = 60_000;
const day = 24 * 60 * minute;

/** How a zone (`TZ`; undefined: the computer's) shows a time, in milliseconds of the epoch. */
export function shownIn(zone: string | undefined, time: number): Shown {
  const { offset, name } = TimeZone.of(zone).at(time);
  const shown = new Date(time + offset * 1000);
  const [year, month, date] = [shown.getUTCFullYear(), shown.getUTCMonth() + 1, shown.getUTCDate()];
  const local = new Date(0).setUTCFullYear(year, month - 1, date);
  return {
    year,
    month,
    day: date,
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    millisecond: shown.getUTCMilliseconds(),
    weekday: new Date(local).getUTCDay(),
    dayOfYear: Math.floor((local - Date.UTC(year, 0, 1)) / day) + 1,
    offset: Math.round(offset / 60),
    zone: name,
    epoch: Math.floor(time / 1000),
  };
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function offsetText(offset: number, between: string): string {
  const size = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${between}${two(size % 60)}`;
}

/** Year and week as ISO 8601 counts them. */
function isoWeek({ year, month, day: date, weekday }: Shown): { readonly year: number; readonly week: number } {
  const thursday = new Date(Date.UTC(year, month - 1, date) + (4 - (weekday || 7)) * day);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return { year: thursday.getUTCFullYear(), week: Math.floor((thursday.getTime() - first) / day / 7) + 1 };
}

/** What each letter of a format stands for. */
function field(letter: string, time: Shown): string | undefined {
  const { year, month, day: date, hour, weekday, dayOfYear, offset } = time;
  const [dayName = "", monthName = ""] = [days[weekday], months[month - 1]];
  const clock = `${two(hour)}:${two(time.minute)}:${two(time.second)}`;
  const twelve = hour % 12 || 12;
  switch (letter) {
    case "a":
      return dayName.slice(0, 3);
    case "A":
      return dayName;
    case "b":
    case "h":
      return monthName.slice(0, 3);
    case "B":
      return monthName;
    case "c":
      return `${dayName.slice(0, 3)} ${monthName.slice(0, 3)} ${String(date).padStart(2)} ${clock} ${year}`;
    case "C":
      return two(Math.floor(year / 100));
    case "d":
      return two(date);
    case "D":
    case "x":
      return `${two(month)}/${two(date)}/${two(year % 100)}`;
    case "e":
      return String(date).padStart(2);
    case "F":
      return `${year}-${two(month)}-${two(date)}`;
    case "g":
      return two(isoWeek(time).year % 100);
    case "G":
      return String(isoWeek(time).year);
    case "H":
      return two(hour);
    case "I":
      return two(twelve);
    case "j":
      return String(dayOfYear).padStart(3, "0");
    case "k":
      return String(hour).padStart(2);
    case "l":
      return String(twelve).padStart(2);
    case "m":
      return two(month);
    case "M":
      return two(time.minute);
    case "n":
      return "\n";
    case "N":
      return `${String(time.millisecond).padStart(3, "0")}000000`;
    case "p":
      return hour < 12 ? "AM" : "PM";
    case "P":
      return hour < 12 ? "am" : "pm";
    case "q":
      return String(Math.ceil(month / 3));
    case "r":
      return `${two(twelve)}:${two(time.minute)}:${two(time.second)} ${hour < 12 ? "AM" : "PM"}`;
    case "R":
      return `${two(hour)}:${two(time.minute)}`;
    case "s":
      return String(time.epoch);
    case "S":
      return two(time.second);
    case "t":
      return "\t";
    case "T":
    case "X":
      return clock;
    case "u":
      return String(weekday || 7);
    case "U":
      return two(Math.floor((dayOfYear + 6 - weekday) / 7));
    case "V":
      return two(isoWeek(time).week);
    case "w":
      return String(weekday);
    case "W":
      return two(Math.floor((dayOfYear + 6 - ((weekday + 6) % 7)) / 7));
    case "y":
      return two(year % 100);
    case "Y":
      return String(year);
    case "z":
      return offsetText(offset, "");
    case ":z":
      return offsetText(offset, ":");
    case "Z":
      return time.zone;
    case "%":
      return "%";
    default:
      return undefined;
  }
}

/** A time by a format of `date`. */
export function formattedDate(format: string, time: Shown): string {
  return format.replace(/%([-_0^]?)(\d*)(:?[A-Za-z%])/g, (all, flag: string, width: string, letter: string) => {
    const text = field(letter, time);
    if (text === undefined) return all;
    if (letter === "N" && width !== "") return text.slice(0, Number(width));
    if (flag === "^") return text.toUpperCase();
    if (flag === "-") return text.replace(/^[0 ]+(?=.)/, "");
    if (flag === "_") return text.replace(/^0+(?=.)/, (zeros) => " ".repeat(zeros.length));
    return flag === "0" ? text.replace(/^ +/, (spaces) => "0".repeat(spaces.length)) : text;
  });
}

const units: Readonly<Record<string, number>> = {
  sec: 1000,
  second: 1000,
  min: minute,
  minute,
  hour: 60 * minute,
  day,
  week: 7 * day,
  fortnight: 14 * day,
};

/** The time that words name, in milliseconds of the epoch. Throws `UsageError`. */
export function timeOf(words: string, zone: string | undefined, now: number): number {
  const [, named, others] = /^\s*TZ="([^"]*)"\s*(.*)$/s.exec(words) ?? [];
  if (named !== undefined && others !== undefined) return timeOf(others, named, now);
  const wrong = new UsageError(`invalid date ‘${words}’`);
  let rest = words.trim().toLowerCase();
  const epoch = /^@(-?\d+(?:\.\d+)?)$/.exec(rest);
  if (epoch !== null) return Number(epoch[1]) * 1000;
  let time = now;
  const iso = /(?:^|(?<=\s))(\d{4})-(\d\d?)-(\d\d?)(?:[t ](?=\d))?/.exec(rest);
  if (iso !== null) {
    time = TimeZone.of(zone).whenShown(Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3])));
    rest = `${rest.slice(0, iso.index)}${rest.slice(iso.index + iso[0].length)}`.trim();
  }
  const clock = /^(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(z|utc|gmt|[-+]\d\d:?\d\d)?(?=\s|$)/.exec(rest);
  if (clock !== null) {
    const { year, month, day: date } = shownIn(zone, time);
    const local = Date.UTC(year, month - 1, date, Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0));
    const [, sign = "+", hours = "0", minutes = "0"] = /^([-+])(\d\d):?(\d\d)$/.exec(clock[4] ?? "") ?? [];
    const given = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    time = clock[4] === undefined ? TimeZone.of(zone).whenShown(local) : local - given * minute;
    rest = rest.slice(clock[0].length).trim();
  }
  while (rest !== "") {
    const step = /^(now|today|yesterday|tomorrow|(?:([-+]?\s*\d+|next|last|a|an)\s*([a-z]+?)s?(\s+ago)?))(?=\s|$)/.exec(
      rest,
    );
    if (step === null) throw wrong;
    rest = rest.slice(step[0].length).trim();
    if (step[1] === "yesterday") time -= day;
    else if (step[1] === "tomorrow") time += day;
    else if (step[3] !== undefined) time = moved(time, step[2] ?? "", step[3], step[4] !== undefined, wrong);
  }
  return time;
}

function moved(time: number, count: string, unit: string, ago: boolean, wrong: UsageError): number {
  const words: Readonly<Record<string, number>> = { next: 1, last: -1, a: 1, an: 1 };
  const number = (words[count] ?? Number(count.replace(/\s+/g, ""))) * (ago ? -1 : 1);
  const size = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (size !== undefined) return time + number * size;
  if (unit !== "month" && unit !== "year") throw wrong;
  const date = new Date(time);
  date.setUTCMonth(date.getUTCMonth() + number * (unit === "year" ? 12 : 1));
  return date.getTime();
}

const isoFormats: Readonly<Record<string, string>> = {
  date: "%F",
  hours: "%FT%H%:z",
  minutes: "%FT%H:%M%:z",
  seconds: "%FT%H:%M:%S%:z",
  ns: "%FT%H:%M:%S,%N%:z",
};

/** What the arguments ask for. */
interface Asked {
  format: string;
  zone: string | undefined;
  /** In milliseconds of the epoch. */
  time: number;
  /** A time in words. */
  words: string | undefined;
}

/** A file's time of change. Throws `UsageError`. */
type Modified = (name: string) => number;

/** What each option does; `value` is what stands behind it. */
const dateOptions: Readonly<Record<string, (asked: Asked, value: () => string, modified: Modified) => void>> = {
  u: (asked) => {
    asked.zone = "UTC";
  },
  R: (asked) => {
    asked.format = "%a, %d %b %Y %H:%M:%S %z";
  },
  d: (asked, value) => {
    asked.words = value();
  },
  r: (asked, value, modified) => {
    asked.time = modified(value());
  },
};

const longDateOptions: Readonly<Record<string, string>> = {
  "--utc": "u",
  "--universal": "u",
  "--rfc-email": "R",
  "--date": "d",
  "--reference": "r",
};

/** The format of `-Iseconds`, `--iso-8601=seconds` or `--rfc-3339=seconds`; undefined if it is another option. Throws `UsageError`. */
function isoFormat(arg: string): string | undefined {
  const [, name, kind] = /^(-I|--iso-8601|--rfc-3339)=?(.*)$/.exec(arg) ?? [];
  if (name === undefined || kind === undefined) return undefined;
  const format = Object.hasOwn(isoFormats, kind || "date") ? isoFormats[kind || "date"] : undefined;
  if (format === undefined) throw new UsageError(`invalid argument ‘${kind}’ for ‘--iso-8601’`);
  return name === "--rfc-3339" ? format.replace("T", " ") : format;
}

/** Throws `UsageError`. */
function asked(args: readonly string[], zone: string | undefined, modified: Modified): Asked {
  const rest = [...args];
  const now = performance.timeOrigin + performance.now();
  const found: Asked = { format: "%a %b %e %H:%M:%S %Z %Y", zone, time: now, words: undefined };
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const iso = isoFormat(arg);
    const [, name = arg, inline] = /^(--[a-z-]+)=(.*)$/s.exec(arg) ?? /^(-[dr])(.+)$/s.exec(arg) ?? [];
    const letter = Object.hasOwn(longDateOptions, name) ? longDateOptions[name] : /^-(.)$/.exec(name)?.[1];
    const option = letter !== undefined && Object.hasOwn(dateOptions, letter) ? dateOptions[letter] : undefined;
    if (iso !== undefined) found.format = iso;
    else if (option !== undefined) option(found, () => inline ?? rest.shift() ?? "", modified);
    else if (arg.startsWith("+")) found.format = arg.slice(1);
    else if (arg.startsWith("--")) throw new UsageError(`unrecognized option '${arg}'`);
    else if (arg.startsWith("-")) throw new UsageError(`invalid option -- '${arg.charAt(1)}'`);
    else throw new UsageError(`invalid date ‘${arg}’`);
  }
  if (found.words !== undefined) found.time = timeOf(found.words, found.zone, now);
  return found;
}

/** `date [-u] [-d WORDS] [+FORMAT]` */
export const date = refusingMisuse(async (system) => {
  const { format, zone, time } = asked(system.args, system.env["TZ"], (name) => {
    const status = system.files.status(system.path(name));
    if (status === undefined) throw new UsageError(`${name}: No such file or directory`);
    return status.mtime;
  });
  await system.print(`${formattedDate(format, shownIn(zone, time))}\n`);
  return 0;
});
