import type { Command, List, Redirection, Word } from "../../../../../shell/syntax.ts";
import { SyscallError } from "../../../kernel/errno.ts";
import type { Fd } from "../../../kernel/protocol.ts";
import { loopbackOf } from "../../loopback-names.ts";
import { expandText } from "../expansion/expansion.ts";
import { pipeTo, removeTemporary } from "../expansion/substitution.ts";
import type { Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";

/** Descriptors from here on are the shell's own: scripts number theirs below. */
const firstOfShell = 10;

/** Paths that stand for descriptors. */
const descriptorPath = /^\/dev\/(?:fd\/(\d+)|(stdin)|(stdout)|(stderr))$/;

/** What a redirection does: from now on the descriptor leads there, or nowhere. */
type Redirect = (fd: number, target: Fd | undefined) => void;

/** Opens what a command's redirections name, runs `act`, and closes it again. Throws `ShellError`. */
export async function redirected(
  shell: Shell,
  { redirections }: Pick<Command, "redirections">,
  outer: Io,
  act: (io: Io) => Promise<void>,
): Promise<void> {
  if (redirections.length === 0) {
    await act(outer);
    return;
  }
  const io = outer.over();
  const temporary = shell.temporary.length;
  let opened: readonly Fd[] = [];
  try {
    opened = await openRedirections(redirections, shell, io, (fd, target) => io.set(fd, target));
    await act(io);
  } finally {
    for (const fd of opened) if (!outer.leadsTo(fd)) shell.system.descriptors.close(fd);
    await removeTemporary(shell, temporary);
    shell.system.flush();
  }
}

/** `exec > file`: what is redirected stays so. Throws `ShellError`. */
export async function redirectForGood(
  shell: Shell,
  { redirections }: Pick<Command, "redirections">,
  io: Io,
): Promise<void> {
  await openRedirections(redirections, shell, io, (fd, target) => io.exec(fd, target));
  closeUnused(shell, io);
  shell.status = 0;
}

/** What nothing leads to any more is closed, so that who reads at the other end hears of it. */
function closeUnused(shell: Shell, io: Io): void {
  const { descriptors } = shell.system;
  for (const fd of descriptors.all()) {
    if (Array.from(shell.session.beside).some((each) => each.leadsTo(fd))) continue;
    if (!io.leadsTo(fd) && !shell.io.leadsTo(fd) && (fd > 2 || !shell.interactive) && shell.level === 0) {
      descriptors.close(fd);
    }
  }
  shell.system.flush();
}

/**
 * Opens what redirections name, in their order. Answers what was opened. Throws `ShellError`; then nothing stays open.
 */
async function openRedirections(
  redirections: readonly Redirection[],
  shell: Shell,
  io: Io,
  redirect: Redirect,
): Promise<readonly Fd[]> {
  const opened: Fd[] = [];
  try {
    for (const redirection of redirections) {
      const made = await open(redirection, shell, io, redirect);
      if (made !== undefined) opened.push(made);
    }
    return opened;
  } catch (error) {
    for (const fd of opened) shell.system.descriptors.close(fd);
    shell.system.flush();
    throw error;
  }
}

async function open(
  { fd: number, operator, target, variable }: Redirection,
  shell: Shell,
  io: Io,
  redirect: Redirect,
): Promise<Fd | undefined> {
  const process = operator === "<" || operator === ">" || operator === ">>" ? processIn(target) : undefined;
  const context = shell.expansionContext(io);
  const around = operator === "<<" && shell.isBash ? { ...context, inHereDocument: true } : context;
  const name = process === undefined ? await expandText(target, around) : "";
  const fd = variable === undefined ? number : descriptorOf(shell, variable, name, io);
  if (process !== undefined) {
    const made = pipeTo(shell, process.list, process.reads, io);
    redirect(fd, made);
    return made;
  }
  return openNamed({ fd, operator, name }, shell, io, redirect);
}

/** The list in `< <(list)` and `> >(list)`: what stands there alone needs no file. */
function processIn({ parts: [part, ...more] }: Word): { readonly list: List; readonly reads: boolean } | undefined {
  return part?.kind === "process" && more.length === 0 ? part : undefined;
}

/** `{name}>`: a number that is free, which the variable gets; `{name}>&-`: the one that it holds. */
function descriptorOf(shell: Shell, variable: string, target: string, io: Io): number {
  if (target === "-") return Number(shell.variables.get(variable));
  let free = firstOfShell;
  while (io.get(free) !== undefined) free += 1;
  shell.set(variable, String(free));
  return free;
}

async function openNamed(
  { fd, operator, name }: { readonly fd: number; readonly operator: Redirection["operator"]; readonly name: string },
  shell: Shell,
  io: Io,
  redirect: Redirect,
): Promise<Fd | undefined> {
  if (operator === "<<") {
    const pipe = shell.system.descriptors.pipe();
    redirect(fd, pipe.read);
    feed(shell, pipe.write, name);
    return pipe.read;
  }
  if (operator === ">&" || operator === "<&") {
    duplicate(fd, operator, name, shell, io, redirect);
    return undefined;
  }
  const same = descriptorPath.exec(name);
  if (same !== null) {
    const number = same[1] ?? String(same.indexOf(name.slice("/dev/".length), 2) - 2);
    duplicate(fd, ">&", number, shell, io, redirect);
    return undefined;
  }
  if (name === "/dev/tty") {
    if (!shell.system.descriptors.isTerminal(0)) throw new ShellError(`cannot open ${name}: No such device or address`);
    redirect(fd, 0);
    return undefined;
  }
  const made =
    (await openConnection(name, shell, io)) ??
    (await openProc(operator, name, shell)) ??
    openFile(operator, name, shell);
  const { system } = shell;
  if (operator !== "<>" && system.descriptors.isNamedPipe(made)) {
    // Nobody would wait for the shell's part, which is what it is opened for.
    await system.call("fifoMet", { fd: made, noBlock: false });
  }
  redirect(fd, made);
  return made;
}

/** `/dev/tcp/HOST/PORT`, of bash. Undefined: it is none. */
async function openConnection(name: string, shell: Shell, io: Io): Promise<Fd | undefined> {
  const [, host, port] = (shell.isBash && /^\/dev\/tcp\/([^/]+)\/(\d+)$/.exec(name)) || [];
  if (host === undefined) return undefined;
  const { system } = shell;
  const address = loopbackOf(host, system.hostName);
  if (address === undefined) {
    await shell.complain(io, `${host}: Name or service not known`);
    throw new ShellError(`${name}: Invalid argument`, 1);
  }
  const fd = system.descriptors.socket(firstOfShell);
  try {
    await system.call("connect", { fd, address, port: Number(port) });
    return fd;
  } catch (error) {
    system.descriptors.close(fd);
    if (!(error instanceof SyscallError)) throw error;
    await shell.complain(io, `connect: ${error.message}`);
    throw new ShellError(`${name}: ${error.message}`, 1);
  }
}

/** What a here-document holds goes into the pipe as far as its reader takes it. */
function feed(shell: Shell, fd: Fd, text: string): void {
  const { system } = shell;
  system
    .write(fd, text)
    .catch((error: unknown) => {
      // Whoever was to read it has ended before.
      if (!(error instanceof SyscallError)) throw error;
    })
    .finally(() => {
      system.descriptors.close(fd);
      system.flush();
    });
}

function duplicate(fd: number, operator: ">&" | "<&", name: string, shell: Shell, io: Io, redirect: Redirect): void {
  if (name === "-") {
    redirect(fd, undefined);
    return;
  }
  if (!/^\d+$/.test(name)) {
    if (!shell.isBash || operator === "<&") {
      throw new ShellError(
        shell.isBash ? `${name}: ambiguous redirect` : "Bad fd number",
        shell.isBash ? 1 : 2,
        !shell.isBash,
      );
    }
    const made = openFile(">", name, shell);
    redirect(1, made);
    redirect(2, made);
    return;
  }
  const other = io.get(Number(name));
  if (other === undefined) throw new ShellError(`${name}: Bad file descriptor`, shell.isBash ? 1 : 2);
  redirect(fd, other);
}

/** What `/proc` says now, in a pipe: no other process has such a file. Undefined: it is none. */
async function openProc(operator: Redirection["operator"], name: string, shell: Shell): Promise<Fd | undefined> {
  const { descriptors, files } = shell.system;
  const path = shell.path(name);
  if (operator !== "<" || !path.startsWith("/proc/")) return undefined;
  await shell.system.lookAt(path);
  if (files.status(path)?.type !== "file") return undefined;
  const { read, write } = descriptors.pipe();
  feed(shell, write, new TextDecoder().decode(files.read(path)));
  return read;
}

function openFile(operator: Redirection["operator"], name: string, shell: Shell): Fd {
  const { descriptors, files, umask } = shell.system;
  const path = shell.path(name);
  const reads = operator === "<";
  try {
    if (name === "") throw new SyscallError("ENOENT");
    const there = files.status(path);
    if (operator === ">" && shell.options.has("C") && there?.type === "file") throw new SyscallError("EEXIST");
    if (name.endsWith("/") && there?.type !== "directory") throw new SyscallError(there ? "ENOTDIR" : "ENOENT");
    const how = reads ? "read" : operator === ">>" ? "append" : operator === "<>" ? "update" : "write";
    // Who may do everything may read folders, but not write them.
    if (reads && there?.type === "directory") return descriptors.open("/dev/null", "read", firstOfShell);
    return descriptors.open(path, how, firstOfShell, 0o666 & ~umask);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    const verb = reads || operator === "<>" ? "open" : "create";
    throw new ShellError(`cannot ${verb} ${name}: ${reasonOf(error, verb)}`, shell.isBash ? 1 : 2);
  }
}

function reasonOf(error: SyscallError, verb: "open" | "create"): string {
  if (error.errno !== "ENOENT") return error.message;
  return verb === "open" ? "No such file" : "Directory nonexistent";
}
