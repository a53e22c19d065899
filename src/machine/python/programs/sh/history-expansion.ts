/** `!!`, `!$` and their relatives: what was typed before, in the line that is typed now. */

/** A line as it is run; `changed`: it is not what was typed. */
export interface ExpandedLine {
  readonly text: string;
  readonly changed: boolean;
}

/** `!word` for which nothing was typed before. The message is bash's. */
export class EventNotFound extends Error {
  override readonly name = "EventNotFound";
}

const event =
  /!(?:(!)|(\$)|(\*)|(\^)|(-?\d+)|\?([^?\n]+)\??|([A-Za-z_./][^\s;|&<>()"':]*))(:[\d^$*](?:-\d+)?|:[hrtep])?/y;

/** Takes the place of each reference to the history. Throws `EventNotFound`. */
export function expandHistory(line: string, history: readonly string[]): ExpandedLine {
  const [, from, to] = /^\^([^^]+)\^([^^]*)\^?$/.exec(line) ?? [];
  if (from !== undefined && to !== undefined) {
    const last = history.at(-1);
    if (!last?.includes(from)) throw new EventNotFound(`:s${line}: substitution failed`);
    return { text: last.replace(from, to), changed: true };
  }
  let text = "";
  let quoted = false;
  let changed = false;
  for (let at = 0; at < line.length; ) {
    const character = line.charAt(at);
    if (character === "\\") {
      text += line.slice(at, at + 2);
      at += 2;
      continue;
    }
    if (character === "'" && !quoted) {
      const end = line.indexOf("'", at + 1);
      const next = end === -1 ? line.length : end + 1;
      text += line.slice(at, next);
      at = next;
      continue;
    }
    if (character === '"') quoted = !quoted;
    const found = character === "!" && line.charAt(at - 1) !== "$" ? matchAt(line, at) : undefined;
    if (found === undefined) {
      text += character;
      at += 1;
      continue;
    }
    text += referred(found, history);
    at += found[0].length;
    changed = true;
  }
  return { text, changed };
}

function matchAt(line: string, at: number): RegExpExecArray | undefined {
  event.lastIndex = at;
  return event.exec(line) ?? undefined;
}

/** The line, or the part of it, that a reference stands for. */
function referred(found: RegExpExecArray, history: readonly string[]): string {
  const [whole, same, last, all, first, number, within, beginning, part] = found;
  const isPart = last ?? all ?? first;
  const wanted =
    (same ?? isPart) !== undefined
      ? history.at(-1)
      : number !== undefined
        ? history.at(Number(number) < 0 ? Number(number) : Number(number) - 1)
        : history.findLast((line) => (within === undefined ? line.startsWith(beginning ?? "") : line.includes(within)));
  if (wanted === undefined) throw new EventNotFound(`${whole}: event not found`);
  return wordsOf(wanted, isPart ?? part?.slice(1));
}

/** `$`: the last word; `*`: all but the first; `^`: the second; a number: that word. */
function wordsOf(line: string, wanted: string | undefined): string {
  const words = line.match(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(wanted ?? "") ?? [];
  if (from !== undefined) return words.slice(Number(from), Number(to ?? from) + 1).join(" ");
  if (wanted === "$") return words.at(-1) ?? "";
  if (wanted === "*") return words.slice(1).join(" ");
  return wanted === "^" ? (words[1] ?? "") : line;
}
