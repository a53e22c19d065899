/** JSON objects as lines of text that survive a terminal: plain ASCII, and marked, so that an echo is no message. */

/** Begins every line that is a message; no program prints it by chance (RFC 7464 uses it the same way). */
const mark = "\x1e";

/**
 * The line of a message. WebContainer decodes its output chunk by chunk, which would break characters of several bytes.
 */
export function toLine(message: object): string {
  const json = JSON.stringify(message).replace(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${mark}${json}\n`;
}

/** Cuts text that comes in pieces into messages. What is none goes to `other`. */
export class LineReader {
  #rest = "";

  constructor(
    private readonly onMessage: (message: unknown) => void,
    private readonly other: (line: string) => void = () => {},
  ) {}

  push(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#read(line.replace(/\r$/, ""));
  }

  #read(line: string): void {
    const start = line.indexOf(mark);
    const message = start === -1 ? undefined : parsed(line.slice(start + 1));
    if (message === undefined) {
      if (line !== "") this.other(line);
    } else {
      this.onMessage(message);
    }
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
