/**
 * `nano`: edits a file of this computer at the terminal. Our own, in nano's shape and with its keys: what npm has for this draws on Node's terminal
 * and files, or on a page's elements.
 */
import type { TerminalModes } from "../../kernel/protocol.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { readFile } from "./nano-file.ts";
import { editorKeys } from "./nano-keys.ts";
import { NanoSession } from "./nano-session.ts";

const raw: TerminalModes = { canonical: false, echo: false, signals: false, outputNewline: false, inputNewline: false };

const usage = `Usage: nano [OPTIONS] [+LINE[,COLUMN]] FILE

 -l             line numbers
 -v             view: nothing is changed
 -h             this text

At work: ^O writes the file, ^X leaves, ^F looks for a text, ^K cuts a line, ^U puts it back, ^G helps.
`;

/** What its arguments ask for. */
interface Invocation {
  readonly file: string | undefined;
  readonly row: number;
  readonly column: number;
  readonly numbers: boolean;
  readonly viewing: boolean;
}

export const nano: NativeProgram = async (system) => {
  const asked = invocation(system.args);
  if (typeof asked === "string") {
    await system.write(2, asked);
    return 1;
  }
  if (asked === undefined) {
    await system.print(usage);
    return 0;
  }
  if (!system.descriptors.isTerminal(0) || !system.descriptors.isTerminal(1)) {
    await system.complain("it edits at a terminal, and standard input or output is none");
    return 1;
  }
  const read =
    asked.file === undefined
      ? { text: "", dos: false, message: "Welcome to nano. ^G helps." }
      : readFile(system, asked.file);
  if ("why" in read) {
    await system.complain(read.why);
    return 1;
  }
  const session = new NanoSession(system, { ...asked, ...read });
  return atTerminal(system, session);
};

/** What the arguments ask for; undefined: help; a text: what is wrong with them. */
function invocation(args: readonly string[]): Invocation | undefined | string {
  let file: string | undefined;
  let [row, column] = [1, 1];
  let [numbers, viewing] = [false, false];
  for (const arg of args) {
    const place = /^\+(\d+)(?:,(\d+))?$/.exec(arg);
    if (place !== null) {
      row = Number(place[1]);
      column = Number(place[2] ?? 1);
    } else if (arg === "-h" || arg === "--help") return undefined;
    else if (arg === "-l" || arg === "--linenumbers") numbers = true;
    else if (arg === "-v" || arg === "--view") viewing = true;
    else if (/^-./.test(arg)) return `nano: ${arg} is unknown here\n${usage}`;
    else if (file === undefined) file = arg;
    else return `nano: one file at a time, here\n${usage}`;
  }
  return { file, row, column, numbers, viewing };
}

/** Gives the session keys until it is over, and the terminal back as it was. */
async function atTerminal(system: System, session: NanoSession): Promise<number> {
  const { modes } = await system.terminal(0);
  const give = async () => {
    await system.write(1, "\x1b[?1049l");
    await system.setTerminalModes(0, modes);
  };
  const leave = new AbortController();
  for (const name of ["SIGTERM", "SIGHUP"] as const) system.onSignal(name, () => leave.abort());
  const draw = async () => {
    const { columns, rows } = await system.terminal(0);
    await system.write(1, session.draw({ columns, rows }));
  };
  system.onSignal("SIGWINCH", () => void draw());
  await system.setTerminalModes(0, raw);
  await system.write(1, "\x1b[?1049h");
  const decoder = new TextDecoder();
  try {
    while (!session.over) {
      await draw();
      const bytes = await system.read(0, leave.signal);
      if (bytes === null) return 1;
      for (const key of editorKeys(decoder.decode(bytes, { stream: true }))) {
        if (!session.over) await session.press(key);
      }
    }
    return 0;
  } catch (error) {
    if (leave.signal.aborted) return 143;
    throw error;
  } finally {
    await give();
  }
}
