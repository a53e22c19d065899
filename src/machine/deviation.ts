/** How one way in which a machine differs from a laptop is put. */
export interface DeviationWords {
  /** What differs, as a student would name it: `fork()`. */
  readonly what: string;
  /** What stands in its place here, or what happens instead. */
  readonly here: string;
  /** What a program can notice. */
  readonly noticed: string;
}

/** One way in which a machine differs from a laptop. The truth page lists all of them. */
export interface Deviation extends DeviationWords {
  /** Its name among the words, the same in every language. */
  readonly name: string;
  /** The test that holds it, by its path in the repository. */
  readonly heldBy: string;
}

/**
 * Joins words with the tests that hold them, in the order of the words. The words are looked up when they are said: in
 * the build one list serves the pages of all languages.
 */
export function deviations<Name extends string>(
  words: Readonly<Record<Name, DeviationWords>>,
  tests: Readonly<Record<NoInfer<Name>, string>>,
): readonly Deviation[] {
  const names: readonly Name[] = Object.keys(words).filter((name): name is Name => Object.hasOwn(tests, name));
  return names.map((name) => ({
    name,
    get what() {
      return words[name].what;
    },
    get here() {
      return words[name].here;
    },
    get noticed() {
      return words[name].noticed;
    },
    heldBy: tests[name],
  }));
}
