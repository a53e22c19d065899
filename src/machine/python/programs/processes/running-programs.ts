/** Programs that run others: `nohup`, `timeout`, `nice`, `watch`, `setsid`, `xargs`. */
import { signalNumbers } from "../../../host-types.ts";
import type { SignalNumber } from "../../kernel/protocol.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { parseOptions, UsageError } from "../options.ts";
import { findCommand } from "../python/find-command.ts";
import { signalNumber } from "./kill.ts";

const units: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `0.5`, `2m`, in milliseconds; undefined if it is none. */
export function duration(text: string): number | undefined {
  const [whole, number, unit = ""] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(number) * (units[unit] ?? 1) * 1000;
}

/** Where a command is, as arguments to run it; says so if there is none. */
async function runnable(system: System, argv: readonly string[]): Promise<string[] | number> {
  const [name = ""] = argv;
  const found = findCommand(name, system.cwd, system.env["PATH"] ?? "", system.files);
  if (found.kind === "found") return found.argv(argv);
  const reason = found.status === 126 ? "Permission denied" : "No such file or directory";
  await system.complain(`failed to run command '${name}': ${reason}`);
  return found.status;
}

const standard = [0, 1, 2].map((fd) => ({ child: fd, parent: fd }));

/** Runs a program to its end; its status as a shell has it. */
async function runToEnd(system: System, argv: readonly string[], fds = standard): Promise<number> {
  const pid = await system.spawn({
    argv,
    env: system.env,
    cwd: system.cwd,
    fds: fds.filter(({ parent }) => system.descriptors.has(parent)),
  });
  return ended(system, pid);
}

async function ended(system: System, pid: number): Promise<number> {
  const told = await system.waitpid(pid, { noHang: false, untraced: false });
  const status = told?.status ?? 0;
  return (status & 0x7f) === 0 ? status >> 8 : 128 + (status & 0x7f);
}

async function become(system: System, argv: readonly string[]): Promise<number> {
  const found = await runnable(system, argv);
  if (typeof found === "number") return found;
  await system.call("exec", {
    argv: found,
    env: { ...system.env },
    cwd: system.cwd,
    close: [],
    positions: system.descriptors.positions(),
  });
  return 0;
}

/** `nohup COMMAND`: goes on as a command that a hang-up does not end; 125 if there is none. */
export const nohup: NativeProgram = async (system) => {
  if (system.args.length === 0) {
    await system.complain("missing operand");
    return 125;
  }
  const { descriptors } = system;
  system.setDisposition(signalNumbers.SIGHUP, "ignore");
  if (descriptors.isTerminal(0)) descriptors.duplicate(descriptors.open("/dev/null", "read"), 0);
  if (descriptors.isTerminal(1)) {
    await system.complain("ignoring input and appending output to 'nohup.out'");
    descriptors.duplicate(descriptors.open(system.path("nohup.out"), "append"), 1);
  }
  if (descriptors.isTerminal(2)) descriptors.duplicate(1, 2);
  return become(system, system.args);
};

/** Priorities change nothing here: all processes have the browser's. */
export const nice: NativeProgram = async (system) => {
  const args = [...system.args];
  if (args.length === 0) {
    await system.print("0\n");
    return 0;
  }
  if (args[0] === "-n") args.splice(0, 2);
  else if (/^-(?:n?-?\d+|-adjustment=-?\d+)$/.test(args[0] ?? "")) args.shift();
  else if (args[0]?.startsWith("-")) {
    await system.complain(`invalid option -- '${args[0].slice(1, 2)}'`);
    return 125;
  }
  return become(system, args);
};

interface TimeoutOptions {
  readonly signal: SignalNumber;
  /** Until SIGKILL follows, in milliseconds. */
  readonly killAfter: number | undefined;
  readonly keepsStatus: boolean;
  /** In milliseconds. */
  readonly time: number;
  readonly argv: readonly string[];
}

/** Throws `UsageError`. */
function timeoutOptions(given: readonly string[]): TimeoutOptions {
  const args = [...given];
  let signal: SignalNumber | undefined = signalNumbers.SIGTERM;
  let killAfter: number | undefined;
  let keepsStatus = false;
  while (args[0]?.startsWith("-")) {
    const option = args.shift() ?? "";
    const [, name = option, inline] = /^(--[a-z-]+)=(.*)$/.exec(option) ?? [];
    if (name === "-s" || name === "--signal") signal = signalNumber(inline ?? args.shift() ?? "");
    else if (name === "-k" || name === "--kill-after") killAfter = duration(inline ?? args.shift() ?? "");
    else if (name === "--preserve-status") keepsStatus = true;
    else if (name !== "--foreground" && name !== "-v") {
      throw new UsageError(
        option.startsWith("--") ? `unrecognized option '${option}'` : `invalid option -- '${option.charAt(1)}'`,
      );
    }
  }
  const [interval = "", ...argv] = args;
  const time = duration(interval);
  if (argv.length === 0) throw new UsageError("missing operand");
  if (time === undefined || signal === undefined) throw new UsageError(`invalid time interval '${interval}'`);
  return { signal, killAfter, keepsStatus, time, argv };
}

/** `timeout 5 command`, `timeout -s KILL 5 command`. */
export const timeout: NativeProgram = async (system) => {
  let options: TimeoutOptions;
  try {
    options = timeoutOptions(system.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await system.complain(error.message);
    return 125;
  }
  const { signal, killAfter, keepsStatus, time, argv } = options;
  const found = await runnable(system, argv);
  if (typeof found === "number") return found;
  const pid = await system.spawn({ argv: found, env: system.env, cwd: system.cwd, fds: standard });
  let late = false;
  const timers = [
    setTimeout(() => {
      late = true;
      void system.kill(pid, signal).catch(() => {});
    }, time),
    ...(killAfter === undefined
      ? []
      : [setTimeout(() => void system.kill(pid, signalNumbers.SIGKILL).catch(() => {}), time + killAfter)]),
  ];
  const status = await ended(system, pid);
  for (const timer of timers) clearTimeout(timer);
  return late && !keepsStatus ? (status === 137 ? 137 : 124) : status;
};

/** `watch -n 1 command`: runs it again and again, until ^C. */
export const watch: NativeProgram = async (system) => {
  const { values, operands, flags } = parseOptions(system.args, {
    flags: "tdcex",
    values: "n",
    long: { interval: "n", "no-title": "t" },
  });
  const pause = Math.max(0.1, Number(values.get("n") ?? 2));
  if (operands.length === 0) throw new UsageError("usage: watch [-n seconds] command");
  const command = operands.join(" ");
  while (true) {
    const title = flags.has("t") ? "" : `Every ${pause.toFixed(1)}s: ${command}\n\n`;
    await system.print(`\x1b[H\x1b[2J${title}`);
    await runToEnd(system, flags.has("x") ? operands : ["sh", "-c", command]);
    await system.sleep(pause * 1000);
  }
};

interface XargsOptions {
  readonly most: number | undefined;
  readonly replaced: string | undefined;
  readonly atOnce: number;
  readonly separator: RegExp | undefined;
  readonly onlyIfAny: boolean;
  readonly traced: boolean;
  readonly argv: readonly string[];
}

function xargsOptions(args: readonly string[]): XargsOptions {
  const rest = [...args];
  let found: Omit<XargsOptions, "argv"> = {
    most: undefined,
    replaced: undefined,
    atOnce: 1,
    separator: undefined,
    onlyIfAny: false,
    traced: false,
  };
  while (rest[0]?.startsWith("-")) {
    const arg = rest.shift() ?? "";
    if (arg === "--") break;
    const [, letter = "", inline = ""] = /^-([a-zA-Z0])(.*)$/.exec(longXargs[arg] ?? arg) ?? [];
    const option = Object.hasOwn(xargsLetters, letter) ? xargsLetters[letter] : undefined;
    if (option === undefined) {
      throw new UsageError(arg.startsWith("--") ? `unrecognized option '${arg}'` : `invalid option -- '${letter}'`);
    }
    found = { ...found, ...option(inline, () => inline || (rest.shift() ?? "")) };
  }
  return { ...found, argv: rest.length > 0 ? rest : ["echo"] };
}

const longXargs: Readonly<Record<string, string>> = { "--null": "-0", "--no-run-if-empty": "-r" };

/** What each letter sets. `value` is what stands behind it, in the same word or the next. */
const xargsLetters: Readonly<Record<string, (inline: string, value: () => string) => Partial<XargsOptions>>> = {
  n: (_, value) => ({ most: Number(value()) }),
  L: (_, value) => ({ most: Number(value()) }),
  I: (_, value) => ({ replaced: value() }),
  i: (inline) => ({ replaced: inline || "{}" }),
  P: (_, value) => ({ atOnce: Number(value()) || 64 }),
  d: (_, value) => ({ separator: separatorOf(value()) }),
  "0": () => ({ separator: /\0/ }),
  r: () => ({ onlyIfAny: true }),
  t: () => ({ traced: true }),
};

function separatorOf(text: string): RegExp {
  const plain = text.replace("\\n", "\n").replace("\\0", "\0");
  return new RegExp(plain.replace(/[$^*+?.()|[\]{}]/g, "\\$&"));
}

/** Words of the input, with quotes and backslashes as xargs reads them. */
function wordsOf(input: string, { separator, replaced }: XargsOptions): string[] {
  if (separator !== undefined) {
    const words = input.split(separator);
    if (words.at(-1) === "" || words.at(-1) === "\n") words.pop();
    return words;
  }
  if (replaced !== undefined)
    return input
      .split("\n")
      .map((line) => line.trimStart())
      .filter((line) => line !== "");
  return Array.from(input.matchAll(/(?:"([^"\n]*)"|'([^'\n]*)'|\\([\s\S])|[^\s"'\\])+/g), ([word]) =>
    word.replace(
      /"([^"\n]*)"|'([^'\n]*)'|\\([\s\S])/g,
      (_, one?: string, two?: string, three?: string) => one ?? two ?? three ?? "",
    ),
  );
}

/** `seq 6 | xargs -P 3 -I N curl localhost:5000/N` */
export const xargs: NativeProgram = async (system) => {
  let options: XargsOptions;
  try {
    options = xargsOptions(system.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await system.complain(error.message);
    return 1;
  }
  const words = wordsOf(new TextDecoder().decode(await system.readAll(0)), options);
  const lines = commandsOf(words, options);
  let status = 0;
  let next = 0;
  const null_ = system.descriptors.open("/dev/null", "read", 10);
  const fds = [{ child: 0, parent: null_ }, ...standard.slice(1)];
  const worker = async (): Promise<void> => {
    for (let argv = lines[next]; argv !== undefined; argv = lines[next]) {
      next += 1;
      if (options.traced) await system.write(2, `${argv.join(" ")}\n`);
      const found = await runnable(system, argv);
      const code = typeof found === "number" ? found : await runToEnd(system, found, fds);
      if (code === 126 || code === 127) status = code;
      else if (code !== 0 && status === 0) status = code === 255 ? 124 : 123;
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.atOnce, lines.length) }, worker));
  return status;
};

function commandsOf(words: readonly string[], { argv, replaced, most, onlyIfAny }: XargsOptions): string[][] {
  if (replaced !== undefined) return words.map((word) => argv.map((each) => each.replaceAll(replaced, word)));
  if (words.length === 0) return onlyIfAny ? [] : [[...argv]];
  const size = most ?? 5000;
  return Array.from({ length: Math.ceil(words.length / size) }, (_, index) => [
    ...argv,
    ...words.slice(index * size, (index + 1) * size),
  ]);
}
