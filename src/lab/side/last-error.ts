/** What a program's output says of why it ended. */

const longest = 200;

/** gunicorn's master gives up: a worker has said why before. */
const consequence = /^gunicorn\.errors\.HaltServer:/;

/**
 * The last error in a terminal's text, as Python prints it: the line after the last traceback, or what a command calls
 * an error. Of what a program printed before the last command line, nothing is said.
 */
export function lastError(text: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const sinceCommand = lines.slice(lines.findLastIndex((line) => line.startsWith("$ ")) + 1);
  const raised = sinceCommand.flatMap((line, at) =>
    line.startsWith("Traceback (most recent call last):")
      ? (sinceCommand.slice(at + 1).find((each) => /^\S/.test(each)) ?? [])
      : [],
  );
  const error =
    raised.findLast((line) => !consequence.test(line)) ??
    raised.at(-1) ??
    sinceCommand.findLast((line) => line.startsWith("Error: "));
  if (error === undefined) return undefined;
  const said = error.trim();
  return said.length > longest ? `${said.slice(0, longest)}…` : said;
}
