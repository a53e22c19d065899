/** A word that cannot be expanded. The message is what the shell says, in dash's words where it has some. */
export class ExpansionError extends Error {
  override readonly name = "ExpansionError";
}

/** A parameter that has to be there and is not: a script ends with it. */
export class UnsetError extends ExpansionError {}

const mostSteps = 3_000_000;
const mostWords = 100_000;
const mostCharacters = 16_777_216;

/**
 * What one expansion may still cost. The shell cannot hear ^C while it expands, so whatever grows or searches there
 * must end by itself. All methods throw `ExpansionError`.
 */
export class ExpansionBudget {
  #steps = mostSteps;
  #words = mostWords;
  #characters = mostCharacters;

  /** Comparisons of a character, or looks at a name. */
  search(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new ExpansionError("Pattern too complex");
  }

  /** Words that an expansion makes. */
  make(words: number): void {
    this.#words -= words;
    if (!(this.#words >= 0)) throw new ExpansionError("Out of space");
  }

  /** Characters that an expansion makes, in UTF-16 code units. */
  write(characters: number): void {
    this.#characters -= characters;
    if (!(this.#characters >= 0)) throw new ExpansionError("Out of space");
  }
}
