/** Whether a lab is likely too large for a device. A rule of thumb: no browser says what a page may take. */
import { parseCommand } from "../command/parse-command-line.ts";
import { expectedWorkers } from "../command/workforce.ts";

/**
 * Of an interpreter with Flask and of the page with its kernel, in megabytes: about what `npm run bench -- visit` finds
 * for six of them together, rounded up.
 */
export const megabytes = { process: 60, page: 200 };

/** A browser on a small device is taken to leave a page this share of the device's memory. */
const share = 1 / 4;
/** A phone that does not say how much memory it has is taken for one of this many gigabytes. */
const usualPhone = 2;

/** What is known of a device. */
export interface Device {
  /** `navigator.deviceMemory`: rounded, at most 8 or so; only Chromium tells it. */
  readonly gigabytes: number | undefined;
  /** A small screen, used with a finger. */
  readonly phone: boolean;
}

/** What a lab with these commands takes: processes, a server and its workers, and megabytes for all of it. */
export function needOf(commands: readonly string[]): { readonly processes: number; readonly megabytes: number } {
  const processes = commands.reduce((sum, line) => {
    const parsed = parseCommand(line);
    return sum + 1 + ((parsed.ok ? expectedWorkers(parsed.command.argv) : undefined) ?? 0);
  }, 0);
  return { processes, megabytes: megabytes.page + processes * megabytes.process };
}

/** Whether a device is likely too small for that. */
export function isTooSmall({ gigabytes, phone }: Device, need: { readonly megabytes: number }): boolean {
  const memory = gigabytes ?? (phone ? usualPhone : undefined);
  return memory !== undefined && need.megabytes > memory * 1000 * share;
}

/** The reader's device. */
export function thisDevice(): Device {
  const told: unknown = Reflect.get(navigator, "deviceMemory");
  return {
    gigabytes: typeof told === "number" ? told : undefined,
    phone: matchMedia("(pointer: coarse) and (max-width: 719px)").matches,
  };
}
