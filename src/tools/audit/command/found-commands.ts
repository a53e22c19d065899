/** What a file of commands holds, whatever kind it is. */
import type { Finding } from "../findings/finding.ts";
import type { ReadCommands } from "./server-commands.ts";

/** The servers that a file starts, and what the file itself says. */
export interface FoundCommands extends ReadCommands {
  /** What there is to say of the file apart from its servers. */
  readonly findings: readonly Finding[];
}
