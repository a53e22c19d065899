/**
 * `sh` and `bash`: shells for the Python machine.
 *
 * Our own, because just-bash (3.4), the one on npm that fits a page, interprets everything within itself: its commands
 * are functions over a file system of its own, a pipeline is one function after the other, and there are no processes,
 * jobs or signals to give to a kernel. Here each program must be a process that `ps` shows and `kill` ends.
 *
 * `sh` is dash, in language and words. `bash` also knows what tutorials use of bash, and so does a `sh` with a prompt:
 * who types there means a terminal. What stands in the background and is more than a program is run by a further
 * process, because a native one cannot fork.
 */
import type { ShellLanguage } from "../../../../shell/word-parser.ts";
import { SyscallError } from "../../kernel/errno.ts";
import { descriptorOfPath } from "../../native/descriptor-paths.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { switched } from "./builtins/options.ts";
import { allBuiltins, posixBuiltins, specialBuiltins } from "./builtins.ts";
import { Interpreter } from "./execution/interpreter.ts";
import { runInteractively } from "./interactive.ts";
import { causeInScript } from "./known-causes.ts";
import { ShellError } from "./shell-error.ts";
import { forkedState } from "./state/forked-state.ts";

/** What a shell's own arguments ask for. */
interface Invocation {
  /** `set` is to switch these. */
  readonly options: readonly string[];
  readonly command: boolean;
  readonly stdin: boolean;
  readonly prompt: boolean;
  /** What follows the options. */
  readonly words: readonly string[];
  readonly unknown: string | undefined;
}

const longOptions = new Set(["--norc", "--noprofile", "--posix", "--login", "--noediting"]);

function invocation(args: readonly string[], isBash: boolean): Invocation {
  const options: string[] = [];
  let command = false;
  let stdin = false;
  let prompt = false;
  let at = 0;
  for (; /^[-+]./.test(args[at] ?? ""); at += 1) {
    const arg = args[at] ?? "";
    if (arg === "--") {
      at += 1;
      break;
    }
    if (arg.startsWith("--")) {
      if (isBash && longOptions.has(arg)) continue;
      return { options, command, stdin, prompt, words: [], unknown: arg };
    }
    const letters = arg.slice(1);
    command ||= letters.includes("c");
    stdin ||= letters.includes("s");
    prompt ||= letters.includes("i");
    for (const letter of letters.replace(/[csil]/g, "")) {
      options.push(`${arg.charAt(0)}${letter}`);
      if (letter !== "o") continue;
      at += 1;
      options.push(args[at] ?? "");
    }
  }
  return { options, command, stdin, prompt, words: args.slice(at), unknown: undefined };
}

/** `sh`: dash in language and words; its status is that of what it ran last. */
export const sh: NativeProgram = (system) => run(system, "posix");
/** `bash`: the same with what tutorials use of bash's language, and bash's words. */
export const bash: NativeProgram = (system) => run(system, "bash");

async function run(system: System, language: ShellLanguage): Promise<number> {
  const isBash = language === "bash";
  if (system.args[0] === "--forked") return forked(system);
  if (isBash && system.args[0] === "--version") {
    await system.print("bash, a stand-in of this machine: what tutorials use of bash 5\n");
    return 0;
  }
  const asked = invocation(system.args, isBash);
  if (asked.unknown !== undefined) {
    await system.write(
      2,
      isBash ? `bash: ${asked.unknown}: invalid option\n` : `${system.name}: 0: Illegal option ${asked.unknown}\n`,
    );
    return 2;
  }
  const [first, ...more] = asked.words;
  if (asked.command) {
    if (first === undefined) {
      await system.write(
        2,
        isBash ? "bash: -c: option requires an argument\n" : `${system.name}: 0: -c requires an argument\n`,
      );
      return 2;
    }
    const [name = isBash ? "bash" : "sh", ...rest] = more;
    return script(system, language, asked, first, name, rest);
  }
  if (first !== undefined && !asked.stdin) return file(system, language, asked, first, more);
  const name = isBash ? "bash" : "sh";
  if (system.descriptors.isTerminal(0) || asked.prompt) return runInteractively(system, name, asked.words);
  const text = new TextDecoder().decode(await system.readAll(0));
  return script(system, language, asked, text, name, asked.words);
}

async function file(
  system: System,
  language: ShellLanguage,
  asked: Invocation,
  path: string,
  args: readonly string[],
): Promise<number> {
  try {
    const own = descriptorOfPath(path);
    const isOpen = own !== undefined && system.descriptors.has(own);
    const bytes = isOpen ? await system.readAll(own) : system.files.read(system.path(path));
    const text = new TextDecoder().decode(bytes);
    return await script(system, language, asked, text, path, args, true);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    const isFolder = error.errno === "EISDIR";
    if (language === "bash") await system.write(2, `bash: ${path}: ${isFolder ? "Is a directory" : error.message}\n`);
    else await system.complain(`0: cannot open ${path}: ${isFolder ? "Is a directory" : "No such file"}`);
    return language === "bash" ? (isFolder ? 126 : 127) : 2;
  }
}

async function script(
  system: System,
  language: ShellLanguage,
  asked: Invocation,
  text: string,
  name: string,
  args: readonly string[],
  isScript = false,
): Promise<number> {
  const shell = new Interpreter(system, {
    language,
    isScript,
    name,
    arguments: args,
    interactive: false,
    isLine: asked.command,
    builtins: language === "bash" ? allBuiltins : posixBuiltins,
    special: specialBuiltins,
  });
  shell.begin();
  try {
    await switched(shell, name, asked.options, shell.io);
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    await system.write(2, `${name}: 0: ${error.message.replace(`${name}: `, "")}\n`);
    return error.status;
  }
  const status = await shell.runScript(text);
  // Where a command was not found, that was said of its name.
  const cause = status === 0 || status === 127 ? undefined : causeInScript(text);
  if (cause !== undefined) await system.write(2, `${name}: ${cause}\n`);
  if (status === 141 && shell.brokenPipe) system.abort(13);
  return status;
}

/** A copy of another shell, which gave it all that it has to know. */
async function forked(system: System): Promise<number> {
  const state = forkedState(system.env);
  if (state === undefined) {
    await system.complain("0: Illegal option --forked");
    return 2;
  }
  const shell = new Interpreter(system, {
    language: state.language,
    name: state.positional.name,
    arguments: state.positional.arguments,
    interactive: false,
    builtins: state.language === "bash" ? allBuiltins : posixBuiltins,
    special: specialBuiltins,
  });
  return shell.runForked(state);
}
