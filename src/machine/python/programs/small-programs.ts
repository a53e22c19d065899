/** Programs of a few lines each. */
import type { NativeProgram } from "../native/system.ts";
import { findCommand } from "./python/find-command.ts";
import { formatted } from "./text/printing.ts";

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

/** `env`, or `env NAME=value command`. */
export const env: NativeProgram = async (system) => {
  const first = system.args.findIndex((arg) => !arg.includes("="));
  const assignments = first === -1 ? system.args : system.args.slice(0, first);
  const changed = Object.fromEntries(
    assignments.map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]),
  );
  const wanted = { ...system.env, ...changed };
  const argv = first === -1 ? [] : system.args.slice(first);
  if (argv.length === 0) {
    await system.print(
      Object.entries(wanted)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(""),
    );
    return 0;
  }
  const found = findCommand(argv[0] ?? "", system.cwd, wanted["PATH"] ?? "", system.files);
  if (found.kind === "missing") {
    await system.complain(`'${argv[0]}': No such file or directory`);
    return found.status;
  }
  await system.call("exec", { argv: found.argv(argv), env: wanted, cwd: system.cwd, close: [] });
  return 0;
};

/** `printenv [NAME…]`: variables of the environment; 1 if one is not set. */
export const printenv: NativeProgram = async (system) => {
  const [name] = system.args;
  if (name === undefined) return env(system);
  const value = Object.hasOwn(system.env, name) ? system.env[name] : undefined;
  if (value === undefined) return 1;
  await system.print(`${value}\n`);
  return 0;
};

/** `which NAME…`: where programs are found; 1 if one is not. */
export const which: NativeProgram = async (system) => {
  let status = 0;
  for (const name of system.args.filter((arg) => arg !== "-a")) {
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

/** `uname [-asnrm]`: of the system that programs are told they run on. */
export const uname: NativeProgram = async (system) => {
  const all = system.args.some((arg) => arg.includes("a"));
  // As `os.uname` of the CPython here says.
  await system.print(all ? `Emscripten ${system.hostName} wasm32\n` : "Emscripten\n");
  return 0;
};

/** `date [+FORMAT]`: the time, in the zone of the browser. */
export const date: NativeProgram = async (system) => {
  const [format] = system.args;
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, "0");
  const fields: Readonly<Record<string, string>> = {
    Y: String(now.getFullYear()),
    m: two(now.getMonth() + 1),
    d: two(now.getDate()),
    H: two(now.getHours()),
    M: two(now.getMinutes()),
    S: two(now.getSeconds()),
    s: String(Math.floor(now.getTime() / 1000)),
    N: `${String(now.getMilliseconds()).padStart(3, "0")}000000`,
    T: now.toTimeString().slice(0, 8),
    F: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
  };
  const text = format?.startsWith("+")
    ? format.slice(1).replace(/%([A-Za-z])/g, (all, letter: string) => fields[letter] ?? all)
    : now.toString().replace(/ \(.*\)$/, "");
  await system.print(`${text}\n`);
  return 0;
};

/** `hostname`: the name of the machine. */
export const hostname: NativeProgram = async (system) => {
  await system.print(`${system.hostName}\n`);
  return 0;
};

/** `basename /a/b.py .py` */
export const basename: NativeProgram = async (system) => {
  const [path = "", suffix = ""] = system.args;
  const name = path.replace(/\/+$/, "").replace(/^.*\//s, "") || "/";
  await system.print(
    `${suffix !== "" && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
  );
  return 0;
};

/** `dirname PATH…`: paths without their last parts. */
export const dirname: NativeProgram = async (system) => {
  const [path = ""] = system.args;
  const folder = path.replace(/\/+$/, "").replace(/\/?[^/]*$/, "");
  await system.print(`${folder || (path.startsWith("/") ? "/" : ".")}\n`);
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
  await system.print(text);
  for (const message of wrong) await system.complain(message);
  return wrong.length > 0 ? 1 : 0;
};
