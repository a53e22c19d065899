/** Why a command is not found, where everybody is puzzled by it once. */

const causes: readonly (readonly [RegExp, string])[] = [
  [/\r$/, "the line ends with a carriage return, as files from Windows do: sed -i 's/\\r$//' FILE takes them away"],
  [/^(?:[$%#]|❯|➜)$/, "that sign is the prompt of the page that the line was copied from: type what stands behind it"],
  [/^>>>$|^\.\.\.$/, "that is the prompt of Python: start python first, and type what stands behind it"],
  [/[\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb]/, "the quotes are those of a printed text: type ' or \" instead"],
  [/\u00a0|\u202f|\u2009/, "there is a non-breaking space in it, as web pages have them: type the spaces anew"],
  [/[\u2013\u2014\u2212]/, "the dash is that of a printed text: type - instead"],
  [/\u200b|\u200c|\u200d|\ufeff/, "there is a character in it that cannot be seen: type the line anew"],
];

/** One line of help for a command of this name that was not found; undefined if the cause is none that is known. */
export function causeOf(name: string): string | undefined {
  return causes.find(([pattern]) => pattern.test(name))?.[1];
}

/** One line of help for a line that was typed and failed; undefined if it holds nothing of that kind. */
export function causeInLine(line: string): string | undefined {
  return causes.slice(3).find(([pattern]) => pattern.test(line))?.[1];
}
