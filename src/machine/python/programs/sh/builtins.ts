import { parseScript } from "../../../../shell/parser.ts";
import { ShellSyntaxError } from "../../../../shell/syntax.ts";
import { signalNumbers } from "../../../host-types.ts";
import { SyscallError } from "../../kernel/errno.ts";
import { killArguments, signalList } from "../processes/kill.ts";
import { findCommand } from "../python/find-command.ts";
import { echoText } from "../text/echo.ts";
import { ControlFlow } from "./control-flow.ts";
import { helpText } from "./help-text.ts";
import type { Job } from "./jobs.ts";
import type { Builtin, Io, Shell } from "./shell.ts";
import { testExpression } from "./test-expression.ts";

const nameOfVariable = /^[A-Za-z_][A-Za-z0-9_]*$/;

const cd: Builtin = async (shell, [, wanted], io) => {
  const home = shell.variables.get("HOME")?.value ?? "/";
  const previous = shell.variables.get("OLDPWD")?.value;
  if (wanted === "-" && previous === undefined) {
    await shell.complain(io, "cd: OLDPWD not set");
    return 2;
  }
  const path = shell.system.path(wanted === "-" ? (previous ?? home) : (wanted ?? home));
  if (!shell.system.files.isFolder(path)) {
    await shell.complain(io, `cd: can't cd to ${wanted ?? home}`);
    return 2;
  }
  shell.set("OLDPWD", shell.system.cwd);
  shell.system.cwd = path;
  shell.variables.set("PWD", { value: path, exported: true });
  if (wanted === "-") await shell.write(io, 1, `${path}\n`);
  return 0;
};

const exportVariables: Builtin = async (shell, [, ...args], io) => {
  const given = args.filter((arg) => arg !== "-p");
  if (given.length === 0) {
    const lines = Object.entries(shell.environment).map(([name, value]) => `export ${name}='${quoted(value)}'\n`);
    await shell.write(io, 1, lines.sort().join(""));
    return 0;
  }
  for (const arg of given) {
    const [, name = arg, value] = /^([^=]*)=(.*)$/s.exec(arg) ?? [];
    if (!nameOfVariable.test(name)) {
      await shell.complain(io, `export: ${name}: bad variable name`);
      return 2;
    }
    const before = shell.variables.get(name)?.value;
    shell.variables.set(name, { value: value ?? before ?? "", exported: true });
  }
  return 0;
};

const set: Builtin = async (shell, [, ...args], io) => {
  if (args.length === 0) {
    const lines = Array.from(shell.variables, ([name, { value }]) => `${name}='${quoted(value)}'\n`);
    await shell.write(io, 1, lines.sort().join(""));
  }
  if (args[0] === "--") shell.positional.arguments = args.slice(1);
  return 0;
};

const unset: Builtin = async (shell, [, ...names]) => {
  const functions = names[0] === "-f";
  for (const name of names) {
    if (functions) shell.functions.delete(name);
    else shell.variables.delete(name);
  }
  return 0;
};

const kill: Builtin = async (shell, [, ...args], io) => {
  const parsed = killArguments(args);
  if (parsed.kind === "list") {
    await shell.write(io, 1, `${signalList}\n`);
    return 0;
  }
  if (parsed.kind === "wrong") {
    await shell.complain(io, `kill: ${parsed.message}`);
    return 2;
  }
  let status = 0;
  for (const target of parsed.targets) {
    const job = target.startsWith("%") ? shell.jobs.find(target) : undefined;
    const pid = target.startsWith("%") ? -(job?.group ?? Number.NaN) : Number(target);
    if (!Number.isInteger(pid) || target === "") {
      await shell.complain(
        io,
        target.startsWith("%") ? `kill: No such job: ${target}` : `kill: Illegal number: ${target}`,
      );
      status = 2;
      continue;
    }
    try {
      await shell.system.kill(pid, parsed.signal);
      // What stands still would hear of it only when it goes on.
      if (
        job?.state === "stopped" &&
        parsed.signal !== signalNumbers.SIGSTOP &&
        parsed.signal !== signalNumbers.SIGTSTP
      ) {
        await shell.system.kill(pid, signalNumbers.SIGCONT);
      }
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      await shell.complain(io, `kill: ${error.message}`);
      status = 1;
    }
  }
  return status;
};

const jobs: Builtin = async (shell, [, option], io) => {
  await shell.lookAfterJobs();
  for (const job of shell.jobs.all()) {
    await shell.write(io, 1, option === "-p" ? `${job.group}\n` : shell.jobs.line(job));
    if (job.state === "done") shell.jobs.remove(job);
  }
  return 0;
};

async function jobFor(shell: Shell, argv: readonly string[], io: Io): Promise<Job | undefined> {
  await shell.lookAfterJobs();
  const [name, word] = argv;
  const job = shell.jobs.find(word);
  if (!shell.interactive) await shell.complain(io, `${name}: job control is off`);
  else if (job === undefined)
    await shell.complain(io, word ? `${name}: No such job: ${word}` : `${name}: No current job`);
  else if (job.state === "done") await shell.complain(io, `${name}: job ${job.number} has ended`);
  else return job;
  return undefined;
}

const fg: Builtin = async (shell, argv, io) => {
  const job = await jobFor(shell, argv, io);
  if (job === undefined) return 2;
  await shell.write(io, 1, `${job.command}\n`);
  await shell.beforeProgram();
  await shell.system.setForeground(0, job.group);
  job.state = "running";
  await shell.system.kill(-job.group, signalNumbers.SIGCONT);
  await shell.waitFor(job);
  return shell.status;
};

const bg: Builtin = async (shell, argv, io) => {
  const job = await jobFor(shell, argv, io);
  if (job === undefined) return 2;
  job.state = "running";
  await shell.system.kill(-job.group, signalNumbers.SIGCONT);
  await shell.write(io, 1, `[${job.number}] ${job.command}\n`);
  return 0;
};

const wait: Builtin = async (shell, [, ...words]) => {
  const wanted =
    words.length === 0
      ? shell.jobs.all()
      : words.flatMap((word) =>
          word.startsWith("%")
            ? (shell.jobs.find(word) ?? [])
            : shell.jobs.all().filter(({ pids, lastPid }) => pids.has(Number(word)) || lastPid === Number(word)),
        );
  if (words.length > 0 && wanted.length === 0) return 127;
  let status = 0;
  let over = false;
  shell.onInterrupt = () => {
    over = true;
  };
  for (const job of wanted) {
    while (job.state === "running" && !over) {
      await shell.lookAfterJobs();
      if (job.state === "running") await shell.system.sleep(20);
    }
    status = job.status;
    if (job.state === "done" && words.length > 0) shell.jobs.remove(job);
  }
  shell.onInterrupt = undefined;
  return over ? 130 : status;
};

const exit: Builtin = async (shell, [, code]) => {
  if (code !== undefined) shell.status = Number(code) & 0xff;
  throw new ControlFlow("exit", 0);
};

const returnFromFunction: Builtin = async (shell, [, code]) => {
  if (code !== undefined) shell.status = Number(code) & 0xff;
  throw new ControlFlow("return");
};

const local: Builtin = async (shell, [, ...args], io) => {
  for (const arg of args) {
    const [, name = arg, value] = /^([^=]*)=(.*)$/s.exec(arg) ?? [];
    if (!nameOfVariable.test(name)) {
      await shell.complain(io, `local: ${name}: bad variable name`);
      return 2;
    }
    if (!shell.makeLocal(name)) {
      await shell.complain(io, "local: not in a function");
      return 2;
    }
    if (value !== undefined) shell.set(name, value);
  }
  return 0;
};

const leaveLoop =
  (what: "break" | "continue"): Builtin =>
  async (_shell, [, levels = "1"]) => {
    throw new ControlFlow(what, Math.max(1, Number(levels) || 1));
  };

const history: Builtin = async (shell, [, option], io) => {
  if (option === "-c") shell.history.splice(0);
  const first = option !== undefined && /^\d+$/.test(option) ? Math.max(0, shell.history.length - Number(option)) : 0;
  const lines = shell.history.slice(first).map((line, index) => `${String(first + index + 1).padStart(5)}  ${line}\n`);
  await shell.write(io, 1, lines.join(""));
  return 0;
};

const type: Builtin = async (shell, [name, ...words], io) => {
  let status = 0;
  for (const word of words.filter((each) => each !== "-v" && each !== "-V")) {
    const path = shell.variables.get("PATH")?.value ?? "";
    const found = builtins.has(word) ? undefined : findCommand(word, shell.system.cwd, path, shell.system.files);
    const brief = name === "command";
    if (shell.functions.has(word)) await shell.write(io, 1, brief ? `${word}\n` : `${word} is a shell function\n`);
    else if (found === undefined) await shell.write(io, 1, brief ? `${word}\n` : `${word} is a shell builtin\n`);
    else if (found.kind === "found") await shell.write(io, 1, brief ? `${found.path}\n` : `${word} is ${found.path}\n`);
    else {
      if (!brief) await shell.write(io, 2, `${word}: not found\n`);
      status = 127;
    }
  }
  return status;
};

const read: Builtin = async (shell, [, ...args], io) => {
  const names = args.filter((arg) => !arg.startsWith("-"));
  const fd = io.get(0);
  if (fd === undefined) return 1;
  const giveUp = new AbortController();
  shell.onInterrupt = () => giveUp.abort();
  const chunks: Uint8Array[] = [];
  let ended = false;
  try {
    while (chunks.at(-1)?.at(-1) !== 0x0a) {
      const chunk = await shell.system.read(fd, giveUp.signal);
      if (chunk === null) {
        ended = true;
        break;
      }
      const end = chunk.indexOf(0x0a);
      chunks.push(end === -1 ? chunk : chunk.subarray(0, end + 1));
      if (end !== -1) shell.system.descriptors.unread(fd, chunk.slice(end + 1));
    }
  } finally {
    shell.onInterrupt = undefined;
  }
  const decoder = new TextDecoder();
  const line = `${chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("")}${decoder.decode()}`.trim();
  const words = line.split(/\s+/);
  for (const [index, name] of names.entries()) {
    const last = index === names.length - 1;
    shell.set(name, last ? words.slice(index).join(" ") : (words[index] ?? ""));
  }
  return ended && chunks.length === 0 ? 1 : 0;
};

const evaluate: Builtin = async (shell, [, ...words], io) => runText(shell, "eval", words.join(" "), io);

const source: Builtin = async (shell, [name, file], io) => {
  if (file === undefined) return 2;
  try {
    const text = new TextDecoder().decode(shell.system.files.read(shell.system.path(file)));
    return await untilReturn(shell, runText(shell, "file", text, io));
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    await shell.complain(io, `${name}: cannot open ${file}: No such file`);
    return 2;
  }
};

async function runText(shell: Shell, what: "file" | "eval", text: string, io: Io): Promise<number> {
  try {
    shell.status = 0;
    await shell.within(what, () => shell.runList(parseScript(text), io));
    return shell.status;
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    await shell.complain(io, error.message);
    return 2;
  }
}

/** `return` ends a file that is read in, and no more. */
async function untilReturn(shell: Shell, run: Promise<number>): Promise<number> {
  try {
    return await run;
  } catch (error) {
    if (!(error instanceof ControlFlow) || error.what !== "return") throw error;
    return shell.status;
  }
}

const test: Builtin = async (shell, argv, io) => {
  const words = argv[0] === "[" ? argv.slice(1, -1) : argv.slice(1);
  if (argv[0] === "[" && argv.at(-1) !== "]") {
    await shell.complain(io, "[: missing ]");
    return 2;
  }
  const { files } = shell.system;
  try {
    return testExpression(words, (path) => files.status(shell.system.path(path))) ? 0 : 1;
  } catch (error) {
    await shell.complain(io, `${argv[0]}: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
};

const shift: Builtin = async (shell, [, count = "1"]) => {
  shell.positional.arguments = shell.positional.arguments.slice(Number(count));
  return 0;
};

/** The shell's own commands, by name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [":", async () => 0],
  [".", source],
  ["[", test],
  ["bg", bg],
  ["break", leaveLoop("break")],
  ["cd", cd],
  ["command", type],
  ["continue", leaveLoop("continue")],
  [
    "echo",
    async (shell, [, ...args], io) => {
      await shell.write(io, 1, echoText(args));
      return 0;
    },
  ],
  ["eval", evaluate],
  ["exit", exit],
  ["export", exportVariables],
  ["false", async () => 1],
  ["fg", fg],
  [
    "help",
    async (shell, _argv, io) => {
      await shell.write(io, 1, helpText);
      return 0;
    },
  ],
  ["history", history],
  ["jobs", jobs],
  ["kill", kill],
  [
    "pwd",
    async (shell, _argv, io) => {
      await shell.write(io, 1, `${shell.system.cwd}\n`);
      return 0;
    },
  ],
  ["local", local],
  ["read", read],
  ["return", returnFromFunction],
  ["set", set],
  ["shift", shift],
  ["source", source],
  ["test", test],
  ["true", async () => 0],
  ["type", type],
  ["unset", unset],
  ["wait", wait],
]);

function quoted(value: string): string {
  return value.replaceAll("'", "'\\''");
}
