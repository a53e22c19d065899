import { parseScript } from "../../../../shell/parser.ts";
import { type List, ShellSyntaxError } from "../../../../shell/syntax.ts";
import type { TerminalModes } from "../../kernel/protocol.ts";
import type { System } from "../../native/system.ts";
import { nativeProgramNames } from "../native-program-names.ts";
import { commandFiles } from "../python/find-command.ts";
import { allBuiltins, specialBuiltins } from "./builtins.ts";
import { type CompletionSource, complete, inColumns } from "./completion.ts";
import { ControlFlow } from "./control-flow.ts";
import { Interpreter } from "./execution/interpreter.ts";
import { sayError } from "./execution/messages.ts";
import { EventNotFound, expandHistory } from "./history-expansion.ts";
import { HistorySearch } from "./history-search.ts";
import { type Key, keysOf } from "./keys.ts";
import { causeInLine } from "./known-causes.ts";
import { LineEditor } from "./line-editor.ts";
import { LineView } from "./line-view.ts";
import type { Shell } from "./shell.ts";

/** While a line is typed, the shell draws it itself. */
const editing: TerminalModes = {
  canonical: false,
  echo: false,
  signals: false,
  outputNewline: true,
  inputNewline: false,
};
const cooked: TerminalModes = {
  canonical: true,
  echo: true,
  signals: true,
  outputNewline: true,
  inputNewline: true,
};

/** The folder, as short as it can be said. */
const defaultPrompt = "\\[\\e[1m\\]\\w \\$\\[\\e[0m\\] ";

/** How much of the history is kept. */
const mostLines = 1000;

/** What was typed, apart from what else a key can mean. */
interface TypedLine {
  readonly text: string;
}

/** A shell with a prompt. */
export async function runInteractively(system: System, name: string, args: readonly string[]): Promise<number> {
  const terminal = new PromptTerminal(system);
  const shell = new Interpreter(system, {
    language: "bash",
    name,
    arguments: args,
    interactive: true,
    builtins: allBuiltins,
    special: specialBuiltins,
    beforeProgram: () => terminal.forPrograms(),
  });
  shell.begin();
  // What changes a prompt, as a virtual environment does, puts something before it.
  if (shell.variables.get("PS1") === undefined) shell.set("PS1", defaultPrompt);
  system.onSignal("SIGINT", () => shell.session.interrupt());
  // Handled, not ignored: programs would inherit that.
  for (const name of ["SIGQUIT", "SIGTERM", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGPIPE"] as const) {
    system.onSignal(name, () => {});
  }
  system.onSignal("SIGWINCH", () => void terminal.measure());
  /** Whether the last line asked to leave, in vain. */
  let warned = false;
  const leaves = async (): Promise<boolean> => {
    if (warned || shell.jobs.all().every(({ state }) => state !== "stopped")) return true;
    await system.write(2, "There are stopped jobs.\n");
    shell.status = 1;
    warned = true;
    return false;
  };
  while (true) {
    await tellOfJobs(shell);
    const list = await terminal.read(shell);
    if (list === "end") {
      await system.write(2, "exit\n");
      if (await leaves()) return shell.runToEnd(async () => {});
      continue;
    }
    if (list === undefined) continue;
    shell.session.forgetInterrupt();
    await terminal.forPrograms();
    const asksToLeave = await runLine(shell, list.list);
    if (asksToLeave && (await leaves())) return shell.runToEnd(async () => {});
    if (!asksToLeave) warned = false;
    const cause = shell.status === 0 ? undefined : causeInLine(list.text, shell.status === 127);
    if (cause !== undefined) await shell.complain(shell.io, cause);
  }
}

/** Runs a line; whether it asked to leave the shell. */
async function runLine(shell: Shell, list: List): Promise<boolean> {
  try {
    await shell.runList(list, shell.io);
  } catch (error) {
    if (error instanceof ControlFlow) return error.what === "exit";
    if (!(await sayError(shell, error))) throw error;
  }
  return false;
}

/** Those that have ended, or have been stopped by others, are told of once. */
async function tellOfJobs(shell: Shell): Promise<void> {
  // What ended just now has not been heard of yet.
  await new Promise((resolve) => setTimeout(resolve));
  for (const job of shell.jobs.all()) {
    const stopped = job.state === "stopped" && !job.told;
    job.told = job.state === "stopped";
    if (job.state !== "done" && !stopped) continue;
    await shell.system.write(2, shell.jobs.line(job));
    if (job.state === "done") shell.jobs.remove(job);
  }
}

/** The terminal of a shell with a prompt. */
class PromptTerminal {
  #columns = 80;
  #mode: "editing" | "programs" | undefined;
  /** Keys that came with a line that was run: they belong to the next. */
  #ahead: Key[] = [];
  readonly #decoder = new TextDecoder();

  constructor(private readonly system: System) {}

  async measure(): Promise<void> {
    this.#columns = (await this.system.terminal(0)).columns;
  }

  async forPrograms(): Promise<void> {
    if (this.#mode === "programs") return;
    this.#mode = "programs";
    await this.system.setTerminalModes(0, cooked);
  }

  /** The next commands; undefined if there are none in what was typed. */
  async read(shell: Shell): Promise<{ readonly list: List; readonly text: string } | "end" | undefined> {
    // A program may have left the terminal as it liked it.
    await this.system.setTerminalModes(0, editing);
    this.#mode = "editing";
    await this.measure();
    let text = "";
    while (true) {
      // What follows may be a here-document's text or a quoted one, in which bash takes nothing from the history.
      const line =
        text === ""
          ? await this.#nextLine(shell, prompt(shell))
          : await this.#readLine(shell, shell.variables.get("PS2") ?? "> ");
      if (line === "interrupt") {
        shell.status = 130;
        return undefined;
      }
      if (line === "end" && text === "") return "end";
      if (line === "nothing") return undefined;
      text += line === "end" ? "" : line.text;
      try {
        const list = parseScript(text, {
          language: "bash",
          alias: (name) => shell.aliases.get(name),
          extendedPatterns: () => shell.shopt.has("extglob"),
        });
        remember(shell, text);
        return { list, text };
      } catch (error) {
        if (!(error instanceof ShellSyntaxError)) throw error;
        if (error.incomplete && line !== "end") {
          text += "\n";
          continue;
        }
        remember(shell, text);
        await sayError(shell, error);
        const cause = causeInLine(text, false);
        if (cause !== undefined) await shell.complain(shell.io, cause);
        return undefined;
      }
    }
  }

  /** A line with what it takes from the history; `nothing` if that is not there. */
  async #nextLine(shell: Shell, shownPrompt: string): Promise<TypedLine | "end" | "interrupt" | "nothing"> {
    const line = await this.#readLine(shell, shownPrompt);
    if (typeof line === "string") return line;
    try {
      const { text, changed } = expandHistory(line.text, shell.history);
      if (changed) await this.system.write(1, `${text}\n`);
      return { text };
    } catch (error) {
      if (!(error instanceof EventNotFound)) throw error;
      await shell.complain(shell.io, error.message);
      return "nothing";
    }
  }

  async #readLine(shell: Shell, shownPrompt: string): Promise<TypedLine | "end" | "interrupt"> {
    const editor = new LineEditor(shell.history);
    const view = new LineView(shownPrompt, () => this.#columns);
    const print = (text: string) => this.system.write(1, text);
    const draw = () => print(view.draw(editor.text, editor.beforeCursor));
    await print(view.freshRow());
    await draw();
    let tabs = 0;
    while (true) {
      const key = await this.#key();
      if (key === undefined) return "end";
      const event = editor.press(key);
      tabs = event === "complete" ? tabs + 1 : 0;
      switch (event) {
        case "changed":
          if (this.#ahead.length === 0 || this.#ahead[0]?.kind === "key") await draw();
          break;
        case "line":
          await print(`${view.draw(editor.text, editor.text)}\n`);
          return { text: editor.text };
        case "end":
          return "end";
        case "interrupt":
          await print(`${view.draw(editor.text, editor.text)}^C\n`);
          return "interrupt";
        case "clear":
          view.leave();
          await print("\x1b[H\x1b[2J");
          await draw();
          break;
        case "search":
          await this.#search(editor, view, shell.history);
          await draw();
          break;
        case "complete": {
          const { replaced, text, candidates } = complete(editor.beforeCursor, await this.#completion(shell));
          const before = editor.beforeCursor;
          editor.insert(text, replaced);
          if (editor.beforeCursor === before && candidates.length > 1 && tabs > 1) {
            await print(`${view.draw(editor.text, editor.text)}\n${inColumns(candidates, this.#columns)}`);
            view.leave();
          } else if (candidates.length !== 1) await print("\x07");
          await draw();
          break;
        }
        case "bell":
          await print("\x07");
      }
    }
  }

  /** ^R, until a key that searches no further: that one is the line's. */
  async #search(editor: LineEditor, view: LineView, history: readonly string[]): Promise<void> {
    const search = new HistorySearch(history);
    let failed = "";
    while (true) {
      const line = search.found ?? editor.text;
      const at = line.slice(0, Math.max(0, line.indexOf(search.query)));
      await this.system.write(1, view.draw(line, at, `(${failed}reverse-i-search)\`${search.query}': `));
      const key = await this.#key();
      const event = key === undefined ? "given up" : search.press(key);
      if (event === "given up") return;
      if (event === "taken") {
        if (search.found !== undefined) editor.replace(search.found);
        if (key !== undefined) this.#ahead.unshift(key);
        return;
      }
      failed = event === "nothing" ? "failed " : "";
      if (event === "nothing") await this.system.write(1, "\x07");
    }
  }

  /** Undefined when the terminal is gone. */
  async #key(): Promise<Key | undefined> {
    while (this.#ahead.length === 0) {
      const bytes = await this.system.read(0);
      if (bytes === null) return undefined;
      this.#ahead = keysOf(this.#decoder.decode(bytes, { stream: true }));
    }
    return this.#ahead.shift();
  }

  async #completion(shell: Shell): Promise<CompletionSource> {
    const { files } = this.system;
    const home = shell.variables.get("HOME") ?? "/";
    const commands = new Set([
      ...allBuiltins.keys(),
      ...nativeProgramNames,
      ...shell.functions.keys(),
      ...shell.aliases.keys(),
    ]);
    for (const path of commandFiles.keys()) commands.add(path.slice(path.lastIndexOf("/") + 1));
    const processes = await this.system.processes();
    return {
      commands: [...commands],
      known: {
        processes: processes.filter(({ pid, state }) => pid !== this.system.pid && state !== "zombie"),
        jobs: shell.jobs.all().map(({ number }) => number),
        variables: [...shell.variables.names()],
        modules: files.names(shell.cwd).filter((name) => name.endsWith(".py")),
        text: (name) => textOf(shell, name),
      },
      names: (folder: string) => {
        const path = shell.path(folder.replace(/^~(?=\/|$)/, home) || ".");
        if (!files.isFolder(path)) return [];
        return files.names(path).map((name) => ({ name, isFolder: files.isFolder(`${path}/${name}`) }));
      },
    };
  }
}

/** Text of a file in the shell's folder. */
function textOf(shell: Shell, name: string): string | undefined {
  const path = shell.path(name);
  const { files } = shell.system;
  return files.status(path)?.type === "file" ? new TextDecoder().decode(files.read(path)) : undefined;
}

function remember(shell: Shell, text: string): void {
  const line = text.trim();
  if (line === "" || shell.history.at(-1) === line) return;
  shell.history.push(line);
  if (shell.history.length > mostLines) shell.history.shift();
}

/** What stands before the cursor. */
function prompt(shell: Shell): string {
  const home = shell.variables.get("HOME");
  const { cwd } = shell;
  const wanted = shell.variables.get("PS1") ?? "";
  const short = home !== undefined && (cwd === home || cwd.startsWith(`${home}/`)) ? `~${cwd.slice(home.length)}` : cwd;
  return promptText(wanted, shell, short);
}

/** `PS1`, with the escapes of bash that mean something here. */
function promptText(wanted: string, shell: Shell, short: string): string {
  const shown: Readonly<Record<string, string>> = {
    w: short,
    W: short.slice(short.lastIndexOf("/") + 1) || "/",
    u: shell.variables.get("USER") ?? "student",
    h: shell.system.hostName,
    H: shell.system.hostName,
    $: "$",
    n: "\n",
    e: "\x1b",
    t: new Date().toTimeString().slice(0, 8),
    s: shell.start.name,
    "\\": "\\",
    "[": "",
    "]": "",
  };
  return wanted
    .replace(/\\(033|[wWuhH$nets\\[\]])/g, (_, letter: string) => (letter === "033" ? "\x1b" : (shown[letter] ?? "")))
    .replace(
      /\$(\w+)|\$\{(\w+)\}/g,
      (_, name?: string, braced?: string) => shell.variables.get(name ?? braced ?? "") ?? "",
    );
}
