/** Why a command is not found, or a line fails, where everybody is puzzled by it once. */

type Cause = readonly [pattern: RegExp, help: string];

const prompt = "that sign is the prompt of the page that the line was copied from: type what stands behind it";
const python = "that is the prompt of Python: start python first, and type what stands behind it";
const returns = "as files from Windows do: sed -i 's/\\r$//' FILE takes them away";

/** Characters that look like others, or like nothing. */
const characters: readonly Cause[] = [
  [/[\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb]/, "the quotes are those of a printed text: type ' or \" instead"],
  [/\u00a0|\u202f|\u2009/, "there is a non-breaking space in it, as web pages have them: type the spaces anew"],
  [/[\u2013\u2014\u2212]/, "the dash is that of a printed text: type - instead"],
  [/\u200b|\u200c|\u200d|\ufeff/, "there is a character in it that cannot be seen: type the line anew"],
];

const names: readonly Cause[] = [
  [/\r$/, `the line ends with a carriage return, ${returns}`],
  [/^(?:[$%#]|❯|➜)$/, prompt],
  [/^[\w.-]+@[\w.-]+:\S*[$#%]$/, prompt],
  [/^>>>$|^\.\.\.$/, python],
  ...characters,
];

/** Prompts of other shells and programs, with what stands behind them. */
const lines: readonly Cause[] = [
  [/^\s*\([\w. -]+\)\s*(?:\S+\s*)?[$%>#]\s/, prompt],
  [/^\s*(?:[$%#]|❯|➜)\s/, prompt],
  [/^\s*[\w.-]+@[\w.-]+:\S*[$#%]\s/, prompt],
  [/^\s*(?:PS )?[A-Za-z]:\\\S*>/, "that is the prompt of Windows: type what stands behind it"],
  [/^\s*(?:>>>|\.\.\.)(?:\s|$)/, python],
  [/^\s*In \[\d*\]:/, "that is the prompt of IPython: start python first, and type what stands behind it"],
  ...characters,
];

/** One line of help for a script whose first line names what is not there; undefined if the cause is none that is known. */
export function causeOfInterpreter(interpreter: string): string | undefined {
  if (!interpreter.endsWith("\r")) return undefined;
  const why = `its first line ends with a carriage return, ${returns}`;
  return `${interpreter.slice(0, -1)}^M: bad interpreter: ${why}`;
}

/** One line of help for a command of this name that was not found; undefined if the cause is none that is known. */
export function causeOf(name: string): string | undefined {
  return names.find(([pattern]) => pattern.test(name))?.[1];
}

/**
 * One line of help for a line that was typed and failed; undefined if it holds nothing of that kind. `told`: a command was not found, and
 * `causeOf` its name was asked already.
 */
export function causeInLine(line: string, told: boolean): string | undefined {
  const [first = ""] = line.trim().split(/[ \t]/);
  if (told && causeOf(first) !== undefined) return undefined;
  return lines.find(([pattern]) => pattern.test(line))?.[1];
}

/** One line of help for a script that failed; undefined if nothing of that kind is in it. */
export function causeInScript(text: string): string | undefined {
  return text.includes("\r\n") ? `the lines of this script end with carriage returns, ${returns}` : undefined;
}
