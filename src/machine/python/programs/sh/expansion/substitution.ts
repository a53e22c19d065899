/** `$(list)` and `<(list)`: what a list prints, within the line that is being expanded. */
import type { List, Word } from "../../../../../shell/syntax.ts";
import { SyscallError } from "../../../kernel/errno.ts";
import type { Fd } from "../../../kernel/protocol.ts";
import type { Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";
import type { ShellState } from "../state/shell-state.ts";
import { expandText } from "./expansion.ts";
import { ExpansionError } from "./expansion-budget.ts";

/** What a command may print into a line, in bytes. */
const mostOutput = 16_777_216;

const newline = 0x0a;

/** What a list prints, without newlines at its end. Throws `ExpansionError` if it is too much. */
export async function outputOf(shell: Shell, list: List, io: Io): Promise<string> {
  const bytes = await printed(shell, list, io);
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === newline) end -= 1;
  return new TextDecoder().decode(bytes.subarray(0, end)).replaceAll("\0", "");
}

async function printed(shell: Shell, list: List, io: Io): Promise<Uint8Array> {
  const file = onlyInput(list);
  return file === undefined ? printedByCopy(shell, list, io) : contentOf(shell, file, io);
}

async function contentOf(shell: Shell, file: Word, io: Io): Promise<Uint8Array> {
  const path = shell.path(await expandText(file, shell.expansionContext(io)));
  await shell.system.lookAt(path);
  try {
    return path === "/dev/null" ? new Uint8Array() : shell.system.files.read(path);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    throw new ShellError(`${path}: ${error.message}`, 1);
  }
}

async function printedByCopy(shell: Shell, list: List, io: Io): Promise<Uint8Array> {
  const { system } = shell;
  const { descriptors } = system;
  const pipe = descriptors.pipe();
  const inner = io.over();
  inner.set(1, pipe.write);
  const copy = shell.copy(inner);
  copy.place = { ...copy.place, job: undefined, quiet: isOneProgram(list) };
  copy.traceDepth += 1;
  const running = copy
    .runToEnd(() => copy.runList(list, copy.io))
    .finally(() => {
      descriptors.close(pipe.write);
      system.flush();
    });
  // What fails is thrown below, once everything that was printed has been read.
  running.catch(() => {});
  const bytes = await system.readAll(pipe.read, mostOutput);
  descriptors.close(pipe.read);
  system.flush();
  shell.substitutionStatus = await running;
  shell.checkInterrupt();
  if (bytes.length > mostOutput) throw new ExpansionError("Out of space");
  return bytes;
}

/** One command alone, which takes the place of the shell's copy. */
function isOneProgram([only, ...more]: List): boolean {
  return more.length === 0 && only?.rest.length === 0 && only.first.commands.length === 1;
}

/** The path of a file with what a list prints. It is removed once the command is over. */
export async function fileWithOutput(shell: Shell, list: List, io: Io): Promise<string> {
  const bytes = await printed(shell, list, io);
  const { files } = shell.system;
  const path = temporaryPath(shell);
  files.write(files.fileForWriting(path), 0, bytes);
  shell.temporary.push({ path });
  return path;
}

/** No other copy of the shell in this process uses it. */
function temporaryPath({ session, system }: Shell): string {
  session.temporaryFiles += 1;
  return `/tmp/.sh-${system.pid}-${session.temporaryFiles}`;
}

/** The path of an empty file; what a command has written into it by its end is what a list reads then. */
export async function fileForInput(shell: Shell, list: List, io: Io): Promise<string> {
  const { files } = shell.system;
  const path = temporaryPath(shell);
  files.fileForWriting(path);
  shell.temporary.push({ path, atEnd: () => readByCopy(shell, list, path, io) });
  return path;
}

async function readByCopy(shell: Shell, list: List, path: string, io: Io): Promise<void> {
  const { descriptors } = shell.system;
  const fd = descriptors.open(path, "read", 10);
  const inner = io.over();
  inner.set(0, fd);
  const copy = shell.copy(inner);
  copy.place = { ...copy.place, job: undefined };
  await copy.runToEnd(() => copy.runList(list, copy.io)).finally(() => descriptors.close(fd));
}

/**
 * A pipe's end for a redirection to `<(list)` or `>(list)`: the list runs at the same time, in a copy of the shell,
 * which nobody waits for.
 */
export function pipeTo(shell: Shell, list: List, reads: boolean, io: Io): Fd {
  const { descriptors } = shell.system;
  const pipe = descriptors.pipe();
  const inner = io.over();
  const [theirs, ours] = reads ? [pipe.read, pipe.write] : [pipe.write, pipe.read];
  inner.set(reads ? 0 : 1, theirs);
  const copy = shell.copy(inner);
  const { beside } = shell.session;
  beside.add(copy.io);
  const open = [theirs];
  const close = () => {
    for (const fd of open.splice(0)) descriptors.close(fd);
    shell.system.flush();
  };
  const end = () => {
    close();
    beside.delete(copy.io);
  };
  const [only] = list;
  const isProgram = list.length === 1 && only?.rest.length === 0 && only.first.commands[0]?.kind === "simple";
  copy.place = { job: undefined, isLast: true, release: isProgram ? close : undefined };
  // What it has to say of a failure it has said.
  void copy.runToEnd(() => copy.runList(list, copy.io)).then(end, end);
  return ours;
}

/** Ends what the files for `<(list)` and `>(list)` are for that were made since there were so many. */
export async function removeTemporary({ system, temporary }: ShellState, before: number): Promise<void> {
  for (const { path, atEnd } of temporary.splice(before)) {
    await atEnd?.();
    if (system.files.status(path) !== undefined) system.files.unlink(path);
  }
}

/** The file in `$(< file)`. */
function onlyInput(list: List): Word | undefined {
  const [andOr, ...more] = list;
  const [command, ...others] = andOr?.first.commands ?? [];
  if (more.length > 0 || others.length > 0 || command?.kind !== "simple" || andOr?.rest.length !== 0) return undefined;
  const { words, assignments, redirections } = command;
  const [redirection, ...further] = redirections;
  const alone = words.length === 0 && assignments.length === 0 && further.length === 0;
  return alone && redirection?.operator === "<" && redirection.fd === 0 ? redirection.target : undefined;
}
