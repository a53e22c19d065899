import { quotedForShell } from "../expansion/value-changes.ts";
import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";

const set: Builtin = async (shell, [, ...args], io) => {
  if (args.length === 0) {
    const lines = shell.variables.all().flatMap(([name, { value, elements }]) => {
      if (elements !== undefined)
        return [`${name}=(${[...elements].map(([key, text]) => `[${key}]="${text}"`).join(" ")})\n`];
      return value === undefined
        ? []
        : [`${name}=${shell.isBash && /^[\w./:@%+,-]*$/.test(value) ? value : quotedForShell(value)}\n`];
    });
    await shell.write(io, 1, lines.join(""));
    return 0;
  }
  const rest = await switched(shell, "set", args, io);
  if (rest === undefined) return 0;
  shell.positional.arguments = rest;
  if (!shell.isBash) {
    shell.set("OPTIND", "1");
    shell.optionPlace = { index: 1, at: 1, shown: 1 };
  }
  return 0;
};

/**
 * Switches what the arguments of `set`, or of a shell, say. Answers what follows them, if anything does. Throws
 * `ShellError`.
 */
export async function switched(
  shell: Shell,
  name: string,
  args: readonly string[],
  io: Io,
): Promise<readonly string[] | undefined> {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "--") return args.slice(at + 1);
    if (arg === "-") {
      shell.options.switchLetter("x", false, shell.isBash);
      shell.options.switchLetter("v", false, shell.isBash);
      return at + 1 < args.length ? args.slice(at + 1) : undefined;
    }
    if (!/^[-+]./.test(arg)) return args.slice(at);
    const on = arg.startsWith("-");
    for (const letter of arg.slice(1)) {
      if (letter === "o") {
        at += 1;
        await switchNamed(shell, name, args[at], on, io);
      } else if (!shell.options.switchLetter(letter, on, shell.isBash)) {
        throw new ShellError(
          shell.isBash ? `${name}: -${letter}: invalid option` : `${name}: Illegal option -${letter}`,
          2,
          !shell.isBash,
        );
      }
    }
  }
  return undefined;
}

async function switchNamed(shell: Shell, name: string, option: string | undefined, on: boolean, io: Io): Promise<void> {
  if (option === undefined) {
    await shell.write(io, 1, shell.options.listing(!on, shell.isBash));
    return;
  }
  if (shell.options.switchName(option, on, shell.isBash)) return;
  throw new ShellError(
    shell.isBash ? `${name}: ${option}: invalid option name` : `${name}: Illegal option -o ${option}`,
    2,
    !shell.isBash,
  );
}

const getopts: Builtin = async (shell, [, known, name, ...given], io) => {
  if (known === undefined || name === undefined) throw new ShellError("getopts: Usage: getopts optstring var [arg...]");
  const args = given.length > 0 ? given : shell.positional.arguments;
  const shown = Number(shell.variables.get("OPTIND")) || 1;
  const place = shell.optionPlace.shown === shown ? shell.optionPlace : { index: shown, at: 1, shown };
  const word = args[place.index - 1];
  const goTo = (index: number, at: number) => {
    // dash counts a word as done once it has begun with it.
    const next = at > 1 && !shell.isBash ? index + 1 : index;
    shell.set("OPTIND", String(next));
    shell.optionPlace = { index, at, shown: next };
  };
  if (word === undefined || !/^-./.test(word) || word === "--") {
    goTo(place.index + (word === "--" ? 1 : 0), 1);
    shell.set(name, "?");
    return 1;
  }
  const letter = word.charAt(place.at);
  const last = place.at + 1 >= word.length;
  const quiet = known.startsWith(":");
  const found = letter === ":" ? -1 : known.indexOf(letter, quiet ? 1 : 0);
  shell.variables.unset("OPTARG");
  if (found !== -1 && known.charAt(found + 1) === ":") {
    const value = last ? args[place.index] : word.slice(place.at + 1);
    goTo(place.index + (last && value !== undefined ? 2 : 1), 1);
    shell.set(name, await takeArgument(shell, letter, value, quiet, io));
    return 0;
  }
  goTo(last ? place.index + 1 : place.index, last ? 1 : place.at + 1);
  shell.set(name, found === -1 ? "?" : letter);
  if (found === -1) await refuse(shell, letter, quiet, io);
  // dash sets it to nothing for an option that takes none.
  else if (!shell.isBash) shell.set("OPTARG", "");
  return 0;
};

async function refuse(shell: Shell, letter: string, quiet: boolean, io: Io): Promise<void> {
  if (quiet) shell.set("OPTARG", letter);
  else if (shell.variables.get("OPTERR") !== "0") {
    await complainOf(shell, io, "Illegal option", "illegal option", letter);
  }
}

/** The option's argument goes into `OPTARG`. Answers what the option's variable is set to. */
async function takeArgument(
  shell: Shell,
  letter: string,
  value: string | undefined,
  quiet: boolean,
  io: Io,
): Promise<string> {
  if (value !== undefined) {
    shell.set("OPTARG", value);
    return letter;
  }
  if (quiet) shell.set("OPTARG", letter);
  else await complainOf(shell, io, "No arg for", "option requires an argument", letter);
  return quiet ? ":" : "?";
}

function complainOf(shell: Shell, io: Io, dash: string, bash: string, letter: string): Promise<void> {
  const text = shell.isBash
    ? `${shell.positional.name}: ${bash} -- ${letter}\n`
    : `${dash} -${letter}${dash.startsWith("No") ? " option" : ""}\n`;
  return shell.write(io, 2, text);
}

const umask: Builtin = async (shell, [, ...args], io) => {
  const symbolic = args[0] === "-S";
  const mask = symbolic ? args[1] : args[0];
  const { system } = shell;
  if (mask === undefined) {
    const text = symbolic ? symbolicMask(system.umask) : system.umask.toString(8).padStart(4, "0");
    await shell.write(io, 1, `${text}\n`);
    return 0;
  }
  if (/^[0-7]{1,4}$/.test(mask)) system.setUmask(Number.parseInt(mask, 8) & 0o777);
  else if (/^\d/.test(mask)) throw new ShellError(`umask: Illegal number: ${mask}`);
  else system.setUmask(withSymbols(system.umask, mask));
  return 0;
};

const classes = { u: 6, g: 3, o: 0 } as const;
const bits = { r: 4, w: 2, x: 1 } as const;

function symbolicMask(mask: number): string {
  const allowed = ~mask & 0o777;
  const shown = Object.entries(classes).map(([name, shift]) => {
    const letters = Object.entries(bits).filter(([, bit]) => ((allowed >> shift) & bit) !== 0);
    return `${name}=${letters.map(([letter]) => letter).join("")}`;
  });
  return shown.join(",");
}

/** `u=rwx,go-w`. Throws `ShellError`. */
function withSymbols(mask: number, text: string): number {
  let allowed = ~mask & 0o777;
  for (const clause of text.split(",")) {
    const [, who, operator, what] = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause) ?? [];
    if (who === undefined || what === undefined) throw new ShellError(`umask: Illegal mode: ${text}`);
    for (const [name, shift] of Object.entries(classes)) {
      if (who !== "" && !who.includes("a") && !who.includes(name)) continue;
      const wanted =
        Object.entries(bits).reduce((sum, [letter, bit]) => sum | (what.includes(letter) ? bit : 0), 0) << shift;
      if (operator === "=") allowed = (allowed & ~(7 << shift)) | wanted;
      else allowed = operator === "+" ? allowed | wanted : allowed & ~wanted;
    }
  }
  return ~allowed & 0o777;
}

/** What this machine sets a limit to (`kernel/limits.ts`), and what it does not. */
const limits: ReadonlyMap<string, readonly [name: string, value: string]> = new Map([
  ["t", ["time(seconds)", "unlimited"]],
  ["f", ["file(blocks)", "unlimited"]],
  ["d", ["data(kbytes)", "unlimited"]],
  ["s", ["stack(kbytes)", "unlimited"]],
  ["c", ["coredump(blocks)", "0"]],
  ["m", ["memory(kbytes)", "unlimited"]],
  ["l", ["locked memory(kbytes)", "unlimited"]],
  ["p", ["process", "64"]],
  ["u", ["process", "64"]],
  ["n", ["nofiles", "1024"]],
  ["v", ["vmemory(kbytes)", "unlimited"]],
  ["w", ["locks", "unlimited"]],
  ["r", ["rtprio", "0"]],
]);

const ulimit: Builtin = async (shell, [, ...args], io) => {
  let letter = "f";
  let value: string | undefined;
  for (const arg of args) {
    const [, options] = /^-([A-Za-z]+)$/.exec(arg) ?? [];
    if (options === undefined) value = arg;
    for (const option of options ?? "") {
      if ("HSa".includes(option)) continue;
      if (!limits.has(option)) throw new ShellError(`ulimit: Illegal option -${option}`);
      letter = option;
    }
  }
  if (args.includes("-a")) {
    const lines = [...limits]
      .filter(([each]) => each !== "u")
      .map(([, [name, limit]]) => `${name.padEnd(20)} ${limit}\n`);
    await shell.write(io, 1, lines.join(""));
  } else if (value === undefined) await shell.write(io, 1, `${limits.get(letter)?.[1]}\n`);
  else if (value !== limits.get(letter)?.[1])
    throw new ShellError("ulimit: error setting limit (Operation not permitted)");
  return 0;
};

/** Builtins for options, of the shell and of scripts, by name. */
export const optionBuiltins: readonly (readonly [string, Builtin])[] = [
  ["set", set],
  ["getopts", getopts],
  ["umask", umask],
  ["ulimit", ulimit],
];
