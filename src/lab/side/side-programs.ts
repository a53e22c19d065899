/** Which programs of a side something is about: its server, the program beside it, or both. */
import type { Programs, SideSession } from "./side-session.ts";

/** Those of a side that are neither there nor on their way. */
export function missingPrograms({ alive, beside }: SideSession): Programs | undefined {
  return programs(!alive.value, beside?.alive.value === false);
}

/** Those of a side that were not started, or were stopped. One that ended by itself is not among them. */
export function restingPrograms({ phase, port, beside }: SideSession): Programs | undefined {
  const rests = (kind: string | undefined) => kind === "idle" || kind === "stopped";
  return programs(port.value === undefined && rests(phase.value.kind), rests(beside?.phase.value.kind));
}

/** Whether a program of a side is there or on its way. */
export function hasLife({ alive, beside }: SideSession): boolean {
  return alive.value || beside?.alive.value === true;
}

/** Whether no program of a side is on its way up or down. */
export function hasSettled({ phase, beside }: SideSession): boolean {
  return ![phase.value.kind, beside?.phase.value.kind].some((kind) => kind === "starting" || kind === "stopping");
}

/** Whether a program of a side does not run, or runs with an older command or older files. */
export function isOutdated({ line, beside }: SideSession): boolean {
  return [line, beside?.line].some((each) => each && (!each.alive.value || each.changed.value || each.edited.value));
}

function programs(server: boolean, beside: boolean): Programs | undefined {
  if (server) return beside ? "both" : "server";
  return beside ? "beside" : undefined;
}
