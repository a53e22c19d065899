import { TimeZone, type ZoneTime } from "../time-zone/time-zone.ts";

/** Longest name of a zone, with its end: as much room as C's library has for it. */
const longestName = 16;

/**
 * The local time of C code, by the zone that the process has chosen. Emscripten's own functions know the browser's zone
 * only, and no names of zones.
 */
export class LocalTime {
  #zone = TimeZone.of(undefined);
  #exports: WebAssembly.Exports | undefined;
  /** Names of zones in memory, that stay. */
  readonly #names = new Map<string, number>();

  /** Takes the place of Emscripten's functions, before the interpreter is made. */
  install(imports: WebAssembly.Imports): void {
    const { env } = imports;
    if (env === undefined) return;
    env["_localtime_js"] = (seconds: bigint, address: number) => this.#tell(Number(seconds) * 1000, address);
    env["_mktime_js"] = (address: number) => this.#understand(address);
    env["_tzset_js"] = (zone: number, daylight: number, standardName: number, summerName: number) => {
      const [standard, summer] = this.#halves();
      const memory = this.#memory();
      memory.setInt32(zone, -standard.offset, true);
      memory.setInt32(daylight, Number(standard.offset !== summer.offset), true);
      for (const [at, { name }] of [
        [standardName, standard],
        [summerName, summer],
      ] as const) {
        new Uint8Array(memory.buffer).set(textOf(name), at);
      }
    };
  }

  /** The instance whose local time it is. */
  attach({ exports }: WebAssembly.Instance): void {
    this.#exports = exports;
  }

  /** As tzset(3). `variable`: the environment's `TZ`, undefined where it has none. */
  choose(variable: string | undefined): void {
    this.#zone = TimeZone.of(variable);
  }

  /** What is so in winter and in summer of this year, the standard time first. */
  #halves(): [ZoneTime, ZoneTime] {
    const year = new Date().getUTCFullYear();
    const [january, july] = [this.#zone.at(Date.UTC(year, 0)), this.#zone.at(Date.UTC(year, 6))];
    return january.isSummer ? [july, january] : [january, july];
  }

  /** Fills C's `struct tm`. */
  #tell(time: number, address: number): void {
    const { offset, isSummer, name } = this.#zone.at(time);
    const local = new Date(time + offset * 1000);
    const year = local.getUTCFullYear();
    const memory = this.#memory();
    [
      local.getUTCSeconds(),
      local.getUTCMinutes(),
      local.getUTCHours(),
      local.getUTCDate(),
      local.getUTCMonth(),
      year - 1900,
      local.getUTCDay(),
      Math.floor((local.getTime() - new Date(0).setUTCFullYear(year, 0, 1)) / 86_400_000),
      Number(isSummer),
      offset,
    ].forEach((value, index) => {
      memory.setInt32(address + 4 * index, value, true);
    });
    this.#call(isSummer, name);
  }

  /** What C's library says next that the zone is called: it takes one of its two names. */
  #call(isSummer: boolean, name: string): void {
    const names = this.#exports?.["tzname"];
    const malloc = this.#exports?.["malloc"];
    if (!(names instanceof WebAssembly.Global) || typeof malloc !== "function") return;
    let text = this.#names.get(name);
    if (text === undefined) {
      const bytes = textOf(name);
      text = Number(malloc(bytes.length));
      new Uint8Array(this.#memory().buffer).set(bytes, text);
      this.#names.set(name, text);
    }
    this.#memory().setUint32(Number(names.value) + (isSummer ? 4 : 0), text, true);
  }

  /** As mktime(3): the time in seconds, and the structure put right. */
  #understand(address: number): bigint {
    const memory = this.#memory();
    const field = (index: number) => memory.getInt32(address + 4 * index, true);
    const midnight = new Date(0).setUTCFullYear(field(5) + 1900, field(4), field(3));
    const local = midnight + ((field(2) * 60 + field(1)) * 60 + field(0)) * 1000;
    const summer = field(8) < 0 ? undefined : field(8) > 0;
    const time = this.#zone.whenShown(local, summer);
    if (!Number.isFinite(time)) return -1n;
    this.#tell(time, address);
    return BigInt(time / 1000);
  }

  #memory(): DataView {
    const memory = this.#exports?.["memory"];
    if (!(memory instanceof WebAssembly.Memory)) throw new Error("The interpreter has no memory");
    return new DataView(memory.buffer);
  }
}

/** A C string. */
function textOf(name: string): Uint8Array {
  return new TextEncoder().encode(`${name.slice(0, longestName - 1)}\0`);
}
