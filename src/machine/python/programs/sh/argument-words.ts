/** What Tab offers where a command wants something else than a file. */
import { signalNumbers } from "../../../host-types.ts";
import { manualPages } from "../manual-pages.ts";
import { serverOptions } from "./server-options.ts";

/** Where the cursor is: behind the beginning of a word among a command's arguments. */
export interface ArgumentPlace {
  readonly command: string;
  /** The words between the command and this one. */
  readonly before: readonly string[];
  readonly word: string;
}

/** What is there to be offered. */
export interface KnownWords {
  readonly processes: readonly { readonly pid: number; readonly title: string }[];
  /** Numbers of the shell's jobs. */
  readonly jobs: readonly number[];
  readonly variables: readonly string[];
  /** Text of a file in the current folder; undefined if there is none. */
  text(name: string): string | undefined;
  /** Python files of the current folder. */
  readonly modules: readonly string[];
}

/** Words that fit; `commands`: any command's name; undefined: files. */
export type ArgumentWords = readonly string[] | "commands" | undefined;

const takesCommand = new Set(["man", "which", "type", "help", "command", "exec", "nohup", "time", "watch", "builtin"]);
const takesJob = new Set(["fg", "bg", "disown", "jobs"]);
const takesName = new Set(["killall", "pkill", "pgrep", "pidof"]);
const takesVariable = new Set(["unset", "export", "readonly", "printenv", "declare"]);

const subcommands: Readonly<Record<string, readonly string[]>> = {
  flask: ["routes", "run", "shell"],
  pip: ["check", "freeze", "help", "install", "list", "show", "uninstall"],
  pip3: ["check", "freeze", "help", "install", "list", "show", "uninstall"],
};

/** Values of options, by command. */
const optionValues: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  gunicorn: {
    "-k": ["asgi", "gthread", "sync"],
    "--worker-class": ["asgi", "gthread", "sync"],
    "--log-level": ["critical", "debug", "error", "info", "warning"],
  },
  python: {
    "-m": ["compileall", "flask", "http.server", "json.tool", "pdb", "pip", "sqlite3", "timeit", "unittest", "venv"],
  },
};

/** What fits at this place. */
export function argumentWords(place: ArgumentPlace, known: KnownWords): ArgumentWords {
  const { before, command, word } = place;
  const name = command.replace(/^(?:pip|python)3(?:\.\d+)?$/, (whole) => whole.replace(/3.*/, ""));
  const last = before.at(-1);
  const values = last === undefined ? undefined : optionValues[name]?.[last];
  if (values !== undefined) return values;
  const signals = signalWords(command, before, word);
  if (signals !== undefined) return signals;
  if (word.startsWith("-")) return optionsOf(name);
  if (command === "kill" || command === "wait" || takesJob.has(command)) return processWords(command, word, known);
  if (takesName.has(command)) return [...new Set(known.processes.map(({ title }) => programName(title)))];
  if (takesCommand.has(command) && before.every((each) => each.startsWith("-"))) return "commands";
  if (takesVariable.has(command)) return known.variables;
  if (command === "trap" && before.length > 0) return ["EXIT", ...signalNames];
  if (Object.hasOwn(subcommands, command) && !before.some((each) => subcommands[command]?.includes(each))) {
    if (last !== "--app" && last !== "-A") return subcommands[command];
  }
  return applicationWords(place, known);
}

const signalNames = Object.keys(signalNumbers).map((name) => name.slice(3));

function signalWords(command: string, before: readonly string[], word: string): readonly string[] | undefined {
  const sends = command === "kill" || command === "pkill" || command === "killall";
  if (command === "timeout" && before.at(-1) === "-s") return signalNames;
  if (!sends) return undefined;
  if (["-s", "-n", "-l", "-L", "--signal"].includes(before.at(-1) ?? "")) return signalNames;
  if (!word.startsWith("-") || before.length > 0) return undefined;
  const full = /^-S?I?G?$/i.test(word) || /^-SIG/i.test(word);
  return [
    ...signalNames.map((name) => `-${name}`),
    ...(full && word.length > 1 ? Object.keys(signalNumbers).map((name) => `-${name}`) : []),
  ];
}

function processWords(command: string, word: string, { jobs, processes }: KnownWords): readonly string[] {
  const named = jobs.map((number) => `%${number}`);
  if (takesJob.has(command) || word.startsWith("%")) return named;
  return [...processes.map(({ pid }) => String(pid)), ...named];
}

/** Of a process's title: `python` of `/usr/local/bin/python app.py`, `gunicorn` of `gunicorn: master [app]`. */
function programName(title: string): string {
  const [first = ""] = title.split(/[ :]/);
  return first.slice(first.lastIndexOf("/") + 1);
}

/** Options that are known of a command: a server's, or those that its page names. */
function optionsOf(command: string): readonly string[] | undefined {
  const server = serverOptions.get(command);
  if (server !== undefined) return server;
  const page = manualPages.get(command);
  if (page === undefined) return undefined;
  const named = (page.options ?? []).flatMap(([option]) => option.match(/(?<![\w-])--?[A-Za-z0-9][\w-]*/g) ?? []);
  return named.length > 0 ? named : undefined;
}

/** `app:app` for a server that wants an application: the module, then what its file makes or defines. */
function applicationWords({ before, command, word }: ArgumentPlace, known: KnownWords): ArgumentWords {
  const wanted =
    command === "gunicorn" || command === "waitress-serve"
      ? !/^-/.test(before.at(-1) ?? "")
      : command === "flask" && ["--app", "-A"].includes(before.at(-1) ?? "");
  if (!wanted || word.includes("/")) return undefined;
  const modules = known.modules.map((file) => file.replace(/\.py$/, ""));
  const [module = "", name] = word.split(":");
  if (name === undefined) return modules.map((each) => `${each}:`);
  const text = known.text(`${module}.py`) ?? "";
  const made = [...text.matchAll(/^(\w+)(?:: \w+)? *= *(?:Flask|\w*create_\w+|\w*make_\w+)\(/gm)].map(
    ([, each = ""]) => each,
  );
  const factories = [...text.matchAll(/^def ((?:create|make)_\w+)\(/gm)].map(([, each = ""]) => `${each}()`);
  return [...made, ...factories].map((each) => `${module}:${each}`);
}
