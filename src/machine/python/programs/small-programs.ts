/** Programs of a few lines each. */
import { resolvePath } from "../native/file-tree.ts";
import type { NativeProgram, System } from "../native/system.ts";
import { refusingMisuse, UsageError, withOptions } from "./options.ts";
import { findCommand } from "./python/find-command.ts";
import { causeOf } from "./sh/known-causes.ts";
import { formatted, printedBytes } from "./text/printing.ts";

/** `pwd`: the folder that the shell has given it. */
export const pwd: NativeProgram = async (system) => {
  await system.print(`${system.cwd}\n`);
  return 0;
};

/** `clear`: empties the terminal, what has scrolled out included. */
export const clear: NativeProgram = async (system) => {
  await system.print("\x1b[H\x1b[2J\x1b[3J");
  return 0;
};

/** What `env` was told before the command's name. */
interface Environment {
  wanted: Record<string, string>;
  argv: string[];
  end: string;
  folder: string;
}

/** What each option of `env` does; `value` is what stands behind it. */
const envOptions: Readonly<Record<string, (asked: Environment, value: () => string) => void>> = {
  i: (asked) => {
    asked.wanted = {};
  },
  "0": (asked) => {
    asked.end = "\0";
  },
  u: (asked, value) => {
    delete asked.wanted[value()];
  },
  C: (asked, value) => {
    asked.folder = resolvePath(asked.folder, value());
  },
  S: (asked, value) => {
    asked.argv.unshift(...value().trim().split(/\s+/));
  },
};

const longEnvOptions: Readonly<Record<string, string>> = {
  "-": "i",
  "--ignore-environment": "i",
  "--null": "0",
  "--unset": "u",
  "--chdir": "C",
  "--split-string": "S",
};

/** Throws `UsageError`. */
function environmentOf({ args, env: inherited, cwd }: System): Environment {
  const asked: Environment = { wanted: { ...inherited }, argv: [...args], end: "\n", folder: cwd };
  while (/^-/.test(asked.argv[0] ?? "")) {
    const arg = asked.argv.shift() ?? "";
    if (arg === "--") break;
    const [, name = arg, inline] = /^(--[a-z-]+)=(.*)$/s.exec(arg) ?? /^(-[uCS])(.+)$/s.exec(arg) ?? [];
    const letter = Object.hasOwn(longEnvOptions, name) ? longEnvOptions[name] : /^-(.)$/.exec(name)?.[1];
    const option = letter !== undefined && Object.hasOwn(envOptions, letter) ? envOptions[letter] : undefined;
    if (option === undefined) {
      throw new UsageError(
        arg.startsWith("--") ? `unrecognized option '${arg}'` : `invalid option -- '${arg.charAt(1)}'`,
      );
    }
    option(asked, () => inline ?? asked.argv.shift() ?? "");
  }
  while (asked.argv[0]?.includes("=")) {
    const [name = "", value = ""] = (asked.argv.shift() ?? "").split(/=(.*)/s);
    asked.wanted[name] = value;
  }
  return asked;
}

/** `env`, or `env [-i] [-u NAME] NAME=value command`. */
export const env = refusingMisuse(async (system) => {
  const { wanted, argv, end, folder } = environmentOf(system);
  const [name] = argv;
  if (name === undefined) {
    await system.print(
      Object.entries(wanted)
        .map(([key, value]) => `${key}=${value}${end}`)
        .join(""),
    );
    return 0;
  }
  const found = findCommand(name, folder, wanted["PATH"] ?? system.env["PATH"] ?? "", system.files);
  if (found.kind === "missing") {
    // As it was started: the first line of a script names it by its path.
    const own = system.title.split(" ")[0] ?? "env";
    const shown = name.replaceAll("\r", "\\r").replaceAll("\u00a0", "\\302\\240");
    const reason = found.status === 126 ? "Permission denied" : "No such file or directory";
    await system.write(2, `${own}: ‘${shown}’: ${reason}\n`);
    if (name.endsWith("\r")) await system.write(2, `${own}: use -[v]S to pass options in shebang lines\n`);
    const cause = causeOf(name);
    if (cause !== undefined) await system.write(2, `${own}: ${cause}\n`);
    return found.status;
  }
  await system.call("exec", {
    argv: found.argv(argv),
    env: wanted,
    cwd: folder,
    close: [],
    positions: system.descriptors.positions(),
  });
  return 0;
}, 125);

/** `printenv [NAME…]`: variables of the environment; 1 if one is not set. */
export const printenv: NativeProgram = async (system) => {
  const names = system.args.filter((arg) => arg !== "-0");
  const all = Object.entries(system.env);
  const shown = names.length === 0 ? all.map(([name, value]) => `${name}=${value}`) : [];
  let status = 0;
  for (const name of names) {
    const value = Object.hasOwn(system.env, name) ? system.env[name] : undefined;
    if (value === undefined) status = 1;
    else shown.push(value);
  }
  await system.print(shown.map((line) => `${line}\n`).join(""));
  return status;
};

/** `which NAME…`: where programs are found; 1 if one is not. */
export const which: NativeProgram = async (system) => {
  const names = system.args.filter((arg) => arg !== "-a");
  let status = names.length === 0 ? 1 : 0;
  for (const name of names) {
    const found = findCommand(name, system.cwd, system.env["PATH"] ?? "", system.files);
    if (found.kind === "found") await system.print(`${found.path}\n`);
    else status = 1;
  }
  return status;
};

/** `whoami`: the name of the one user. */
export const whoami: NativeProgram = async (system) => {
  await system.print(`${system.env["USER"] ?? "student"}\n`);
  return 0;
};

/** `uname [-asnrmo]`: of the system that programs are told they run on, as `os.uname` of the CPython here says. */
export const uname = withOptions(
  {
    flags: "asnrvmpio",
    long: { all: "a", "kernel-name": "s", nodename: "n", "kernel-release": "r", machine: "m", "operating-system": "o" },
  },
  async (system, { flags, operands }) => {
    if (operands[0] !== undefined) throw new UsageError(`extra operand ‘${operands[0]}’`);
    const known: readonly (readonly [letters: string, text: string])[] = [
      ["s", "Emscripten"],
      ["n", system.hostName],
      ["m", "wasm32"],
      ["rvpi", "unknown"],
      ["o", "Emscripten"],
    ];
    const shown = known.filter(([letters]) =>
      flags.has("a") ? "snm".includes(letters) : [...letters].some((letter) => flags.has(letter)),
    );
    await system.print(`${(shown.length > 0 ? shown : known.slice(0, 1)).map(([, text]) => text).join(" ")}\n`);
    return 0;
  },
);

/** `hostname`: the name of the machine. */
export const hostname: NativeProgram = async (system) => {
  await system.print(`${system.hostName}\n`);
  return 0;
};

/** `printf '%s: %d\\n' a 1`: the format is used again until no argument is left. */
export const printf: NativeProgram = async (system) => {
  const [format, ...given] = system.args;
  if (format === undefined) {
    await system.complain("missing operand");
    return 1;
  }
  const { text, wrong } = formatted(format, given, true);
  await system.write(1, printedBytes(text));
  for (const message of wrong) await system.complain(message);
  return wrong.length > 0 ? 1 : 0;
};

/** `tty [-s]`: the terminal's name; 1 if standard input is none. */
export const tty: NativeProgram = async (system) => {
  const isOne = system.descriptors.isTerminal(0);
  if (!system.args.includes("-s")) await system.print(isOne ? "/dev/pts/0\n" : "not a tty\n");
  return isOne ? 0 : 1;
};

/** `envsubst ['$NAME…']`: a text with variables of the environment in it. */
export const envsubst: NativeProgram = async (system) => {
  const [shell] = system.args;
  const only = shell === undefined ? undefined : new Set(Array.from(shell.matchAll(/\$\{?(\w+)/g), ([, name]) => name));
  const text = new TextDecoder().decode(await system.readAll(0));
  await system.print(
    text.replace(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g, (all, plain?: string, braced?: string) => {
      const name = plain ?? braced ?? "";
      if (only !== undefined && !only.has(name)) return all;
      return Object.hasOwn(system.env, name) ? (system.env[name] ?? "") : "";
    }),
  );
  return 0;
};
