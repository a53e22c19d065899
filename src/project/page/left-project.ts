/**
 * The project that was open when its page was left: kept as long as the tab is, so that a reload loses nothing. Its
 * files of secrets are not kept, only what they are called.
 */
import { readSessionItem, removeSessionItem, writeSessionItem } from "../../lab/session/session-storage.ts";
import { holdsSecrets } from "../files/project-file.ts";
import type { SharedProject } from "../share/shared-project.ts";

/** What is kept of it. */
export interface LeftProject {
  readonly name: string;
  /** As `writeProject` has written it. */
  readonly text: string;
  /** Paths of its files that were not kept, because they hold secrets. */
  readonly secrets: readonly string[];
}

const item = "open-project";

/**
 * Keeps a project. Says whether that was possible: a tab's storage takes a few megabytes.
 *
 * @param text the project as `writeProject` has written it
 */
export function keepLeftProject({ name, files }: Pick<SharedProject, "name" | "files">, text: string): boolean {
  const secrets = files.map(({ path }) => path).filter(holdsSecrets);
  return writeSessionItem(item, { name, text, secrets } satisfies LeftProject);
}

/** What is kept. */
export function leftProject(): LeftProject | undefined {
  const kept = readSessionItem(item);
  if (typeof kept !== "object" || kept === null || !("name" in kept && "text" in kept && "secrets" in kept))
    return undefined;
  const { name, text, secrets } = kept;
  if (typeof name !== "string" || typeof text !== "string" || !Array.isArray(secrets)) return undefined;
  return { name, text, secrets: secrets.filter((path) => typeof path === "string") };
}

/** Keeps it no longer. */
export function forgetLeftProject(): void {
  removeSessionItem(item);
}
