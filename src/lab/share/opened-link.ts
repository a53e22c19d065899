/**
 * Remembers within a tab that a link was opened in a lab. What it brought stays there when the page is left and comes
 * back, perhaps by an address without the link: the reader is shown again what differs, and never takes a stranger's
 * changes for their own.
 */
import type { LabSession } from "../session/lab-session.ts";
import { isUnchanged } from "../session/lab-state.ts";
import { readSessionItem } from "../session/session-storage.ts";

/** The name under which the last link that was opened in a lab is kept: its fragment. */
export function openedKey(lab: string): string {
  return `link:${lab}`;
}

/** Whether what stands in a lab may have come from a link. */
export function standsFromLink(session: LabSession, lab: string): boolean {
  return typeof readSessionItem(openedKey(lab)) === "string" && !isUnchanged(session.state());
}
