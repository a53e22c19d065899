/** What an nginx configuration is made of. */
import type { Place } from "../findings/finding.ts";

/** `listen 80;`, or `location / { … }`. */
export interface Directive extends Place {
  readonly name: string;
  /** Its words after the name, without quotes. */
  readonly values: readonly string[];
  /** All of its words with their places, the name first. */
  readonly words: readonly NginxWord[];
  /** What stands between its braces; `undefined` for a directive without. */
  readonly block: readonly Directive[] | undefined;
}

/** A word of a directive. */
export interface NginxWord extends Place {
  readonly text: string;
  readonly quoted: boolean;
  /** Only blanks stand before it in its line. */
  readonly startsLine: boolean;
}

/** A configuration that nginx would refuse, in its words. */
export interface NginxMistake extends Place {
  readonly message: string;
}
