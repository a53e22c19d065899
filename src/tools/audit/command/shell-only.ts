/** What only a shell understands. */
import type { PlacedWord } from "./placed-word.ts";

/** Words that a shell acts on: operators, redirections, substitutions, a comment at the end of the line. */
const operator = /^(?:&&|\|\|?|&|<|\d*>>?(?:&\d|.*)?|#.*)$/s;
/** Programs that are none: a shell's own. */
const builtins: ReadonlySet<string> = new Set([
  "cd",
  "source",
  ".",
  "export",
  "exec",
  "ulimit",
  "umask",
  "set",
  "alias",
]);

/**
 * The first word that somebody meant for a shell, in a command that none runs; undefined if there is none. What is
 * handed to a shell (`bash -c '…'`) is one word, and is that shell's business.
 */
export function shellOnly(words: readonly PlacedWord[]): PlacedWord | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  if (builtins.has(first.text)) return first;
  const [, name] = /^([A-Za-z_]\w*=)/.exec(first.text) ?? [];
  if (name !== undefined) return { ...first, text: name };
  if (/(?:^|\/)(?:ba|da|z)?sh$/.test(first.text)) return undefined;
  const found = rest.find(({ text }) => operator.test(text) || /\$\(|`/.test(text));
  if (found === undefined) return undefined;
  const [substitution] = /\$\(|`/.exec(found.text) ?? [];
  return substitution === undefined ? found : { ...found, text: substitution };
}
