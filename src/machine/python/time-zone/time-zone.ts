import { posixTimeZone, type ZoneTime } from "./posix-time-zone.ts";

export type { ZoneTime } from "./posix-time-zone.ts";

const quarter = 900_000;

/** Zones change their offset at quarters of an hour: what was found for one counts for all of it. */
const mostQuarters = 10_000;

/** A zone, as C's functions of the local time know it. Its data is the browser's. */
export class TimeZone {
  readonly #at: (time: number) => ZoneTime;

  private constructor(at: (time: number) => ZoneTime) {
    this.#at = at;
  }

  static readonly #known = new Map<string | undefined, TimeZone>();

  /**
   * The zone that a program has.
   *
   * @param variable `TZ` of its environment; undefined: that of the computer. What nobody knows is taken for Greenwich's
   *   time, under its own name, as by glibc
   */
  static of(variable: string | undefined): TimeZone {
    const known = TimeZone.#known.get(variable);
    if (known) return known;
    const made = new TimeZone(zoneOf(variable?.replace(/^:/, "")));
    if (TimeZone.#known.size < 100) TimeZone.#known.set(variable, made);
    return made;
  }

  /** What is so at a time, in milliseconds of the epoch. */
  at(time: number): ZoneTime {
    return this.#at(time);
  }

  /**
   * When its clocks show what they would show in Greenwich at `local`, in milliseconds.
   *
   * @param summer whether that is meant as summer time, as C's `tm_isdst`; undefined: whatever it is. What the clocks
   *   never show counts from before they were put forward
   */
  whenShown(local: number, summer?: boolean): number {
    const day = 24 * 4 * quarter;
    const around = [this.at(local - day), this.at(local + day)];
    const times = around
      .map(({ offset }) => ({ offset, time: local - offset * 1000 }))
      .filter(({ offset, time }) => this.at(time).offset === offset)
      .map(({ time }) => time);
    const found = times.find((time) => summer === undefined || this.at(time).isSummer === summer);
    if (found !== undefined) return found;
    const first = times[0] ?? local - (around[0]?.offset ?? 0) * 1000;
    if (summer === undefined) return first;
    // As if the other half of the year were meant.
    const year = new Date(local).getUTCFullYear();
    const other = [0, 6].map((month) => this.at(Date.UTC(year, month))).find(({ isSummer }) => isSummer === summer);
    // Where there is no summer time, glibc takes an hour all the same.
    return other === undefined ? first - 4 * quarter : local - other.offset * 1000;
  }
}

function zoneOf(variable: string | undefined): (time: number) => ZoneTime {
  if (variable === undefined) return named(new Intl.DateTimeFormat().resolvedOptions().timeZone) ?? fixed("UTC");
  if (variable === "") return fixed("UTC");
  return posixTimeZone(variable) ?? named(variable) ?? fixed(/^[A-Za-z]{3,}/.exec(variable)?.[0] ?? "UTC");
}

function fixed(name: string): (time: number) => ZoneTime {
  return () => ({ offset: 0, isSummer: false, name });
}

/** A zone of the IANA's; undefined if the browser does not know it. */
function named(zone: string): ((time: number) => ZoneTime) | undefined {
  if (!/^[A-Za-z]/.test(zone)) return undefined;
  if (/^(?:Etc\/)?(?:GMT|GMT[+-]?0|Greenwich)$/.test(zone)) return fixed("GMT");
  let format: Intl.DateTimeFormat;
  try {
    format = formatOf("en-US", zone);
  } catch {
    // A RangeError: there is no such zone.
    return undefined;
  }
  const offsets = new Map<number, number>();
  const offsetAt = (time: number): number => {
    const index = Math.floor(time / quarter);
    const known = offsets.get(index);
    if (known !== undefined) return known;
    if (offsets.size >= mostQuarters) offsets.clear();
    const found = offsetShown(format, index * quarter);
    offsets.set(index, found);
    return found;
  };
  const names = new Map<number, string>();
  return (time) => {
    const offset = offsetAt(time);
    const year = new Date(time).getUTCFullYear();
    const isSummer = offset > Math.min(offsetAt(Date.UTC(year, 0)), offsetAt(Date.UTC(year, 6)));
    const key = isSummer ? offset + 0.5 : offset;
    const name = names.get(key) ?? abbreviation(zone, time, offset);
    names.set(key, name);
    return { offset, isSummer, name };
  };
}

function formatOf(locale: string, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    timeZoneName: "short",
  });
}

/** In seconds. */
function offsetShown(format: Intl.DateTimeFormat, time: number): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(time)) shown[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Math.round(
    (new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000 - time) / 1000,
  );
}

/** Where each zone is called by a name of its own, in English. */
const locales = ["en-US", "en-GB", "en-IE", "en-AU", "en-NZ", "en-IN", "en-ZA", "en-CA"];

/** Those that the IANA's data has a name for, and English has not. */
const local: Readonly<Record<string, string>> = {
  "Asia/Tokyo": "JST",
  "Asia/Seoul": "KST",
  "Asia/Shanghai": "CST",
  "Asia/Taipei": "CST",
  "Asia/Hong_Kong": "HKT",
  "Asia/Manila": "PST",
  "Asia/Jakarta": "WIB",
  "Asia/Karachi": "PKT",
  "Europe/Moscow": "MSK",
};

function abbreviation(zone: string, time: number, offset: number): string {
  for (const locale of locales) {
    const parts = formatOf(locale, zone).formatToParts(time);
    const found = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
    if (/^[A-Z]{3,5}$/.test(found)) return found;
  }
  const own = Object.hasOwn(local, zone) ? local[zone] : undefined;
  if (own !== undefined) return own;
  if (/^(?:Asia\/Jerusalem|Asia\/Tel_Aviv|Israel)$/.test(zone)) return offset === 7200 ? "IST" : "IDT";
  const minutes = Math.abs(Math.round(offset / 60));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${minutes % 60 === 0 ? "" : two(minutes % 60)}`;
}
