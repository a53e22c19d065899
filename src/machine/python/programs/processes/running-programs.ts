/** Programs that run others: `nohup`, `timeout`, `nice`, `watch`, `setsid`, `stdbuf`. */
import { signalNumbers } from "../../../host-types.ts";
import type { SignalNumber } from "../../kernel/protocol.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { parseOptions, refusingMisuse, UsageError } from "../options.ts";
import { findCommand } from "../python/find-command.ts";
import { signalNumber } from "./kill.ts";

const units: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `0.5`, `2m`, in milliseconds; undefined if it is none. */
export function duration(text: string): number | undefined {
  const [whole, number, unit = ""] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(number) * (units[unit] ?? 1) * 1000;
}

/** What each says of a command that is not there. */
const cannotRun: Readonly<Record<string, (name: string) => string>> = {
  flock: (name) => `failed to execute ${name}`,
  nice: (name) => `‘${name}’`,
  nohup: (name) => `failed to run command '${name}'`,
  setsid: (name) => `failed to execute ${name}`,
  xargs: (name) => name,
};

/** Where a command is, as arguments to run it; says so if there is none. */
export async function runnable(system: System, argv: readonly string[]): Promise<string[] | number> {
  const [name = ""] = argv;
  const found = findCommand(name, system.cwd, system.env["PATH"] ?? "", system.files);
  if (found.kind === "found") return found.argv(argv);
  const reason = found.status === 126 ? "Permission denied" : "No such file or directory";
  const what = Object.hasOwn(cannotRun, system.name) ? cannotRun[system.name]?.(name) : undefined;
  await system.complain(`${what ?? `failed to run command ‘${name}’`}: ${reason}`);
  return found.status;
}

/** Standard input, output and errors, as a program that runs another passes them on. */
export const standardDescriptors = [0, 1, 2].map((fd) => ({ child: fd, parent: fd }));

/** Runs a program to its end; its status as a shell has it. */
export async function runToEnd(system: System, argv: readonly string[], fds = standardDescriptors): Promise<number> {
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
    await system.complain("missing operand\nTry 'nohup --help' for more information.");
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

/** `setsid COMMAND`: in a session of its own. */
export const setsid: NativeProgram = async (system) => {
  const options = system.args.findIndex((arg) => !/^-[cfw]+$|^--(?:fork|wait|ctty)$/.test(arg));
  const argv = system.args.slice(options === -1 ? system.args.length : options);
  if (argv.length === 0) {
    await system.complain("no command specified");
    return 1;
  }
  const found = await runnable(system, argv);
  if (typeof found === "number") return found;
  const pid = await system.spawn({
    argv: found,
    env: system.env,
    cwd: system.cwd,
    fds: standardDescriptors,
    newSession: true,
  });
  return system.args.slice(0, options).some((arg) => /^-\w*f|^--fork/.test(arg)) ? 0 : ended(system, pid);
};

/** `stdbuf -oL COMMAND`: nothing is held back here anyway. */
export const stdbuf: NativeProgram = async (system) => {
  const args = [...system.args];
  while (/^-[ioe]|^--(?:input|output|error)/.test(args[0] ?? "")) {
    const option = args.shift() ?? "";
    if (/^-[ioe]$/.test(option) || /^--\w+$/.test(option)) args.shift();
  }
  if (args.length === 0) {
    await system.complain("missing operand\nTry 'stdbuf --help' for more information.");
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
  if (time === undefined || signal === undefined) throw new UsageError(`invalid time interval ‘${interval}’`);
  return { signal, killAfter, keepsStatus, time, argv };
}

/** `timeout 5 command`, `timeout -s KILL 5 command`. */
export const timeout = refusingMisuse(async (system) => {
  const { signal, killAfter, keepsStatus, time, argv } = timeoutOptions(system.args);
  const found = await runnable(system, argv);
  if (typeof found === "number") return found;
  const pid = await system.spawn({ argv: found, env: system.env, cwd: system.cwd, fds: standardDescriptors });
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
  // It ends as its command has ended, for whoever waits for it.
  if (late && signal === signalNumbers.SIGKILL) system.abort(signal);
  return late && !keepsStatus ? (status === 137 ? 137 : 124) : status;
}, 125);

/** `watch -n 1 command`: runs it again and again, until ^C. */
export const watch = refusingMisuse(async (system) => {
  // What stands behind the command's name is the command's.
  const first = system.args.findIndex(
    (arg, at) => !arg.startsWith("-") && !/^(?:-[a-z]*n|--interval)$/.test(system.args[at - 1] ?? ""),
  );
  const own = first === -1 ? system.args.length : first;
  const { values, flags } = parseOptions(system.args.slice(0, own), {
    flags: "tdcexbg",
    values: "n",
    long: { interval: "n", "no-title": "t", differences: "d", errexit: "e", exec: "x", chgexit: "g" },
  });
  const operands = system.args.slice(own);
  const pause = Math.max(0.1, Number(values.get("n")?.replace(",", ".") ?? 2) || 2);
  if (operands.length === 0) {
    await system.write(2, "Usage:\n watch [options] command\n");
    return 1;
  }
  const command = operands.join(" ");
  while (true) {
    const title = flags.has("t") ? "" : `Every ${pause.toFixed(1)}s: ${command}\n\n`;
    await system.print(`\x1b[H\x1b[2J${title}`);
    const status = await runToEnd(system, flags.has("x") ? operands : ["sh", "-c", command]);
    if (status !== 0 && flags.has("e")) return 8;
    await system.sleep(pause * 1000);
  }
});
