/** In which order a question shows its choices: who answers again cannot go by where the right one was. */

/**
 * The choices in the order of an attempt. The first shows them as the lesson's author wrote them, as does the page
 * before scripts run; each further one in an order of its own, the same whenever it is shown.
 *
 * @param question its name, which is the seed together with the attempt
 * @param attempt how often the question was answered before; it is kept with the answers
 */
export function choicesOf<Choice extends { readonly text: string }>(
  choices: readonly Choice[],
  question: string,
  attempt: number,
): readonly Choice[] {
  if (attempt <= 0) return choices;
  const rank = ({ text }: Choice) => hash(`${question} ${attempt} ${text}`);
  return [...choices].sort((one, other) => rank(one) - rank(other));
}

/** FNV-1a, 32 bits, with a last mix: texts that differ in one character are far from each other. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  sum = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
  return (sum ^ (sum >>> 13)) >>> 0;
}
