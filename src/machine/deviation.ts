/** One way in which a machine differs from a laptop. The truth page lists all of them. */
export interface Deviation {
  /** What differs, as a student would name it: `fork()`. */
  readonly what: string;
  /** What stands in its place here, or what happens instead. */
  readonly here: string;
  /** What a program can notice. */
  readonly noticed: string;
  /** The test that holds it, by its path in the repository. */
  readonly heldBy: string;
}
