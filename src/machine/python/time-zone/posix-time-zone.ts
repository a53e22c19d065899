/** A zone as `TZ` may spell it out, without a name that anybody would have to look up: `EST5EDT,M3.2.0,M11.1.0`. */

const hour = 3600;
const day = 86_400_000;

/** Summer time of such a zone: `begin` and `end` tell the moment in a year, in milliseconds of the local clock. */
interface Summer {
  readonly name: string;
  /** Seconds east of Greenwich. */
  readonly offset: number;
  readonly begin: (year: number) => number;
  readonly end: (year: number) => number;
}

/** What is so at a moment: seconds east of Greenwich, and what the zone is called then. */
export interface ZoneTime {
  readonly offset: number;
  readonly isSummer: boolean;
  readonly name: string;
}

const name = "(<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,})";
const clock = "([+-]?\\d{1,3}(?::\\d{1,2}){0,2})";
const rule = "(M\\d{1,2}\\.\\d\\.\\d|J?\\d{1,3})(?:/([+-]?\\d{1,3}(?::\\d{1,2}){0,2}))?";
const spelling = new RegExp(`^${name}${clock}(?:${name}${clock}?(?:,${rule},${rule})?)?$`);

/** What `TZ` says by itself, as a function of the time in milliseconds; undefined if it is not of this form. */
export function posixTimeZone(variable: string): ((time: number) => ZoneTime) | undefined {
  const [, standardName, west, summerName, summerWest, begin, beginsAt, end, endsAt] = spelling.exec(variable) ?? [];
  if (standardName === undefined || west === undefined) return undefined;
  const standard: ZoneTime = { offset: -seconds(west), isSummer: false, name: bare(standardName) };
  if (summerName === undefined) return () => standard;
  const summer: Summer = {
    name: bare(summerName),
    offset: summerWest === undefined ? standard.offset + hour : -seconds(summerWest),
    // Without rules of its own it has those of the United States.
    begin: yearly(begin ?? "M3.2.0", beginsAt),
    end: yearly(end ?? "M11.1.0", endsAt),
  };
  return (time) => {
    const year = new Date(time + standard.offset * 1000).getUTCFullYear();
    const from = summer.begin(year) - standard.offset * 1000;
    const to = summer.end(year) - summer.offset * 1000;
    const isSummer = from < to ? time >= from && time < to : time >= from || time < to;
    return isSummer ? { offset: summer.offset, isSummer, name: summer.name } : standard;
  };
}

function bare(quoted: string): string {
  return quoted.replace(/^<|>$/g, "");
}

function seconds(text: string): number {
  const [hours = 0, minutes = 0, rest = 0] = text.replace(/^[+-]/, "").split(":").map(Number);
  return (text.startsWith("-") ? -1 : 1) * (hours * hour + minutes * 60 + rest);
}

/** The moment that a rule names in a year. It is two o'clock unless it says so. */
function yearly(date: string, time = "2"): (year: number) => number {
  const clockTime = seconds(time) * 1000;
  const [month = 0, week = 0, weekday = 0] = date.replace("M", "").split(".").map(Number);
  if (date.startsWith("M")) {
    return (year) => {
      const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
      let found = 1 + ((weekday - first + 7) % 7) + (week - 1) * 7;
      // The fifth is the last.
      while (found > new Date(Date.UTC(year, month, 0)).getUTCDate()) found -= 7;
      return Date.UTC(year, month - 1, found) + clockTime;
    };
  }
  const number = Number(date.replace("J", ""));
  return (year) => {
    const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
    // With a J, the 29th of February is never counted.
    const index = date.startsWith("J") ? number - 1 + (isLeap && number > 59 ? 1 : 0) : number;
    return Date.UTC(year, 0, 1) + index * day + clockTime;
  };
}
