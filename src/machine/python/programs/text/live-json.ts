/** Values of JSON as they come: jq looks at each by itself. */
import type { System } from "../../native/system.ts";
import { latin1 } from "./just-bash-files.ts";

/** Whether jq with these arguments keeps nothing from one value to the next, and reads values. */
export function worksValueByValue(args: readonly string[]): boolean {
  return !args.some(
    (arg) =>
      /^-[a-zA-Z]*[nsR]/.test(arg) ||
      /^--(?:null-input|slurp|raw-input|seq|stream|slurpfile|rawfile)/.test(arg) ||
      (!arg.startsWith("-") && /\binputs?\b|\binput_line_number\b|\$__prog/.test(arg)),
  );
}

/** Standard input as it comes, cut where a line ends and no value is open. Each character is a byte. */
export async function* wholeValues(system: System): AsyncGenerator<string> {
  let waiting = "";
  const place = new PlaceInJson();
  for (let bytes = await system.read(0); bytes !== null; bytes = await system.read(0)) {
    const text = latin1(bytes);
    const end = place.lastEndIn(text);
    if (end > 0) yield waiting + text.slice(0, end);
    waiting = end > 0 ? text.slice(end) : waiting + text;
  }
  if (waiting !== "") yield waiting;
}

/** Follows a text of JSON: what is open where. */
class PlaceInJson {
  #depth = 0;
  #isText = false;
  #isEscaped = false;

  /** Where the last line ends, in this next piece, in which nothing is open; 0 if none does. */
  lastEndIn(piece: string): number {
    let end = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece.charAt(at);
      if (this.#isText) this.#inText(character);
      else if (character === '"') this.#isText = true;
      else if (character === "{" || character === "[") this.#depth += 1;
      else if (character === "}" || character === "]") this.#depth = Math.max(0, this.#depth - 1);
      else if (character === "\n" && this.#depth === 0) end = at + 1;
    }
    return end;
  }

  #inText(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (character === "\\") this.#isEscaped = true;
    // No text of JSON has more than one line: this is none, and jq says so.
    else if (character === '"' || character === "\n") this.#isText = false;
  }
}
