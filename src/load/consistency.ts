/**
 * Whether the answers of a run fit together. An answer can be quick, have status 200, and be wrong all the same: it
 * contradicts what the server has said before. Only the client can tell, who remembers.
 *
 * What is compared is a number: the first one in an answer's body.
 */

/**
 * What the numbers of a server must not do.
 *
 * - `never-falls`: a reader who has seen a number does not see a lower one afterwards ("monotonic reads"). Two readers
 *   may see different ones.
 * - `never-repeats`: no number is given twice, whoever asks: an order's number, a ticket's.
 */
export type NumberRule = "never-falls" | "never-repeats";

/** All rules. */
export const numberRules = ["never-falls", "never-repeats"] as const satisfies readonly NumberRule[];

/** A number is looked for in so many characters of an answer. */
export const longestLookedAt = 1000;

/** What the readers of one run have been told. */
export class Consistency {
  readonly #given = new Set<bigint>();
  readonly #highest = new WeakMap<object, bigint>();

  /**
   * Takes note of a successful answer, and says whether it contradicts an earlier one. Answers without a number say
   * nothing that could.
   *
   * @param reader who was answered: the same object, the same memory
   * @param body the answer's text, or its beginning
   */
  contradicts(rule: NumberRule, reader: object, body: string): boolean {
    const number = firstNumber(body);
    if (number === undefined) return false;
    if (rule === "never-repeats") {
      const again = this.#given.has(number);
      this.#given.add(number);
      return again;
    }
    const highest = this.#highest.get(reader);
    if (highest !== undefined && number < highest) return true;
    this.#highest.set(reader, number);
    return false;
  }
}

/** The first whole number in a text, however long. `undefined` if none begins and ends in what is looked at. */
export function firstNumber(text: string): bigint | undefined {
  const digits = /\d+/.exec(text.slice(0, longestLookedAt));
  if (digits === null) return undefined;
  const [number] = digits;
  const end = digits.index + number.length;
  // The rest of it may lie beyond: half a number is another number.
  if (end === longestLookedAt && text.length > longestLookedAt) return undefined;
  return BigInt(number);
}
