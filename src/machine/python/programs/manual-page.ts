/** What a page says of a command. */
export interface ManualPage {
  /** What it does, for the line of names. */
  readonly what: string;
  /** How it is written. */
  readonly usage: string;
  /** Options, and what each does. */
  readonly options?: readonly (readonly [option: string, meaning: string])[];
  /** What else is worth knowing, a paragraph each. */
  readonly notes?: readonly string[];
  /** Commands that are used beside it. */
  readonly see?: readonly string[];
}
