import { signalNumbers } from "../../../../host-types.ts";
import { SyscallError } from "../../../kernel/errno.ts";
import type { Fd } from "../../../kernel/protocol.ts";
import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";

const newline = 0x0a;

interface Wanted {
  readonly names: readonly string[];
  readonly raw: boolean;
  readonly prompt: string;
  /** In milliseconds. */
  readonly timeout: number | undefined;
  readonly most: number | undefined;
  /** Undefined: none ends it. */
  readonly delimiter: number | undefined;
  readonly array: string | undefined;
  readonly silent: boolean;
  readonly fd: number;
  /** All that was read is one text, whatever splits others (`-N`). */
  readonly whole: boolean;
}

/** What `read` was given, told apart. */
interface Given {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly names: readonly string[];
}

function given(isBash: boolean, args: readonly string[]): Given {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const rest = [...args];
  while (/^-./.test(rest[0] ?? "")) {
    const word = rest.shift() ?? "";
    if (word === "--") break;
    takeLetters(isBash, word, rest, flags, values);
  }
  return { flags, values, names: rest };
}

function takeLetters(
  isBash: boolean,
  word: string,
  rest: string[],
  flags: Set<string>,
  values: Map<string, string>,
): void {
  const withValue = isBash ? "pnNtdau" : "p";
  const known = isBash ? "rse" : "r";
  for (let place = 1; place < word.length; place += 1) {
    const letter = word.charAt(place);
    if (withValue.includes(letter)) {
      values.set(letter, word.slice(place + 1) || (rest.shift() ?? ""));
      return;
    }
    if (!known.includes(letter)) {
      throw new ShellError(isBash ? `read: -${letter}: invalid option` : `read: Illegal option -${letter}`);
    }
    flags.add(letter);
  }
}

function wantedOf({ isBash }: Shell, args: readonly string[]): Wanted {
  const { flags, values, names } = given(isBash, args);
  const wrong = names.find((name) => !/^[A-Za-z_]\w*$/.test(name));
  if (wrong !== undefined) {
    throw new ShellError(isBash ? `read: \`${wrong}': not a valid identifier` : `read: ${wrong}: bad variable name`);
  }
  if (names.length === 0 && !isBash) throw new ShellError("read: arg count");
  const delimiter = values.get("d");
  const timeout = values.get("t");
  return {
    names: names.length === 0 ? ["REPLY"] : names,
    raw: flags.has("r"),
    prompt: values.get("p") ?? "",
    timeout: timeout === undefined ? undefined : Number(timeout) * 1000,
    most: values.has("n") || values.has("N") ? Number(values.get("N") ?? values.get("n")) : undefined,
    delimiter: values.has("N") ? undefined : delimiterOf(delimiter),
    array: values.get("a"),
    silent: flags.has("s"),
    fd: Number(values.get("u") ?? 0),
    whole: values.has("N"),
  };
}

/** The byte that ends a line; an empty text stands for a zero. */
function delimiterOf(text: string | undefined): number {
  return text === undefined ? newline : (new TextEncoder().encode(text)[0] ?? 0);
}

const read: Builtin = async (shell, [, ...args], io) => {
  const wanted = wantedOf(shell, args);
  const fd = io.get(wanted.fd);
  if (fd === undefined) {
    if (!shell.isBash) return 1;
    throw new ShellError(`read: ${wanted.fd}: invalid file descriptor: Bad file descriptor`, 1);
  }
  const terminal = shell.system.descriptors.isTerminal(fd);
  if (wanted.prompt !== "" && (terminal || !shell.isBash)) await shell.write(io, 2, wanted.prompt);
  await shell.start.beforeProgram?.();
  const { text, literal, ended, late } = await readLine(shell, fd, wanted);
  const status = late ? lateStatus : ended ? 1 : 0;
  if (wanted.array !== undefined) {
    shell.variables.setArray(wanted.array);
    for (const [index, field] of fieldsOf(text, literal, splittersOf(shell), Number.POSITIVE_INFINITY).entries()) {
      shell.variables.setElement(wanted.array, String(index), field);
    }
    return status;
  }
  const whole =
    wanted.whole ||
    args.length === 0 ||
    (wanted.names.length === 1 && wanted.names[0] === "REPLY" && shell.isBash && !args.includes("REPLY"));
  const fields = whole ? [text] : fieldsOf(text, literal, splittersOf(shell), wanted.names.length);
  for (const [index, name] of wanted.names.entries()) shell.set(name, fields[index] ?? "");
  return status;
};

function splittersOf(shell: Shell): string {
  return shell.variables.find("IFS") === undefined ? " \t\n" : (shell.variables.get("IFS") ?? "");
}

/** A line as it was read. `literal`: places of characters that a backslash has made no splitters. */
interface Line {
  readonly text: string;
  readonly literal: ReadonlySet<number>;
  /** The input was over before the line's end. */
  readonly ended: boolean;
  /** The time was over before. */
  readonly late: boolean;
}

/** As if SIGALRM had ended it. */
const lateStatus = 128 + signalNumbers.SIGALRM;

async function readLine(shell: Shell, fd: Fd, wanted: Wanted): Promise<Line> {
  const bytes: number[] = [];
  const giveUp = new AbortController();
  let late = false;
  const timeIsOver = () => {
    late = true;
    giveUp.abort();
  };
  const timer = wanted.timeout === undefined ? undefined : setTimeout(timeIsOver, wanted.timeout);
  const stop = new AbortController();
  shell.session
    .until(() => stop.signal.aborted)
    .then(
      () => giveUp.abort(),
      () => {},
    );
  let ended = false;
  try {
    ended = await collect(shell, fd, wanted, bytes, giveUp.signal);
  } finally {
    clearTimeout(timer);
    stop.abort();
    shell.session.wake();
  }
  return { ...lineOf(new TextDecoder().decode(Uint8Array.from(bytes)), wanted.raw), ended, late: late && ended };
}

/** Reads bytes up to the end of a line; whether the input was over before. */
async function collect(shell: Shell, fd: Fd, wanted: Wanted, bytes: number[], signal: AbortSignal): Promise<boolean> {
  const { descriptors } = shell.system;
  let escaped = false;
  while (true) {
    let chunk: Uint8Array | null;
    try {
      chunk = await shell.system.read(fd, signal);
    } catch (error) {
      if (error instanceof SyscallError && error.errno === "EINTR" && !shell.session.isInterrupted) return true;
      throw error;
    }
    if (chunk === null) return true;
    for (const [index, byte] of chunk.entries()) {
      const ends = byte === wanted.delimiter && !escaped;
      if (!ends) bytes.push(byte);
      escaped = !wanted.raw && byte === 0x5c && !escaped;
      if (!ends && bytes.length !== wanted.most) continue;
      descriptors.unread(fd, chunk.slice(index + 1));
      return false;
    }
  }
}

/** Takes backslashes away, unless the line is wanted as it is. */
function lineOf(raw: string, isRaw: boolean): Pick<Line, "text" | "literal"> {
  const literal = new Set<number>();
  if (isRaw) return { text: raw, literal };
  let text = "";
  for (let at = 0; at < raw.length; at += 1) {
    if (raw.charAt(at) === "\\") {
      at += 1;
      if (raw.charAt(at) === "\n") continue;
      literal.add(text.length);
    }
    text += raw.charAt(at);
  }
  return { text, literal };
}

/** Cut at splitters; the last of `most` has all that is left. */
function fieldsOf(text: string, literal: ReadonlySet<number>, splitters: string, most: number): string[] {
  const isSplitter = (at: number) => at < text.length && splitters.includes(text.charAt(at)) && !literal.has(at);
  const isBlank = (at: number) => isSplitter(at) && /[ \t\n]/.test(text.charAt(at));
  const fields: string[] = [];
  let at = 0;
  while (isBlank(at)) at += 1;
  while (at < text.length) {
    if (fields.length === most - 1) {
      fields.push(lastField(text, at, isSplitter, isBlank));
      return fields;
    }
    let end = at;
    while (end < text.length && !isSplitter(end)) end += 1;
    fields.push(text.slice(at, end));
    at = afterBorder(end, isSplitter, isBlank);
  }
  return fields;
}

/** Blanks, and one other splitter among them. */
function afterBorder(end: number, isSplitter: (at: number) => boolean, isBlank: (at: number) => boolean): number {
  let at = end;
  while (isBlank(at)) at += 1;
  if (isSplitter(at)) at += 1;
  while (isBlank(at)) at += 1;
  return at;
}

function lastField(
  text: string,
  from: number,
  isSplitter: (at: number) => boolean,
  isBlank: (at: number) => boolean,
): string {
  let end = text.length;
  while (end > from && isBlank(end - 1)) end -= 1;
  // A splitter at the end belongs to the field only if there are more of them.
  if (end > from && isSplitter(end - 1) && !isBlank(end - 1)) {
    let other = from;
    while (other < end - 1 && !isSplitter(other)) other += 1;
    if (other === end - 1) end -= 1;
  }
  return text.slice(from, end);
}

/** `mapfile` of bash: the lines of an input, as an array. */
export const mapfile: Builtin = async (shell, [, ...args], io: Io) => {
  const { flags, values, name } = mapfileArguments(args);
  const fd = io.get(Number(values.get("u") ?? 0));
  const text = fd === undefined ? "" : new TextDecoder().decode(await shell.system.readAll(fd));
  const delimiter = String.fromCharCode(delimiterOf(values.get("d")));
  const all = text.split(delimiter);
  const last = all.pop() ?? "";
  const lines = [...all.map((line) => (flags.has("t") ? line : line + delimiter)), ...(last === "" ? [] : [last])];
  const skipped = Number(values.get("s") ?? 0);
  const most = Number(values.get("n") ?? 0) || lines.length;
  const first = Number(values.get("O") ?? 0);
  if (!values.has("O")) shell.variables.setArray(name);
  for (const [index, line] of lines.slice(skipped, skipped + most).entries()) {
    shell.variables.setElement(name, String(first + index), line);
  }
  return 0;
};

function mapfileArguments(args: readonly string[]) {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const rest = [...args];
  while (/^-./.test(rest[0] ?? "")) {
    const word = rest.shift() ?? "";
    if (word === "--") break;
    for (let place = 1; place < word.length; place += 1) {
      const letter = word.charAt(place);
      if ("dnOsu".includes(letter)) {
        values.set(letter, word.slice(place + 1) || (rest.shift() ?? ""));
        break;
      }
      if (letter !== "t") throw new ShellError(`mapfile: -${letter}: invalid option`);
      flags.add(letter);
    }
  }
  return { flags, values, name: rest[0] ?? "MAPFILE" };
}

/** `read`, by name. */
export const readingBuiltins: readonly (readonly [string, Builtin])[] = [["read", read]];
