import type { FileEntry } from "../../kernel/protocol.ts";
import { resolvePath } from "../../native/file-tree.ts";
import { consoleScripts } from "./console-scripts.ts";
import { interpreterOptions, pythonCommandLine } from "./python.ts";
import type { StartedProgram } from "./python-run.ts";

const pythonName = /^python(3(\.14)?)?$/;

/** The interpreter of the image, by the name that programs know it by. */
const imagePython = "/usr/local/bin/python";

/** As Linux: more links than that lead nowhere. */
const longestChainOfLinks = 40;

/** Finds out what a command line starts, as a shell would: by `PATH`, by the file's first line. */
export function commandLine(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  files: readonly FileEntry[],
  cwd: string = env.PWD ?? "/",
): StartedProgram {
  const [command = "", ...args] = argv;
  const finder = new Finder(env, files);
  const path = command.includes("/") ? resolvePath(cwd, command) : finder.onPath(command);
  if (path !== undefined && finder.isInterpreter(path)) {
    const started = pythonCommandLine(args);
    if (started.kind === "unknown") return started;
    const options = interpreterOptions(args);
    return { ...started, executable: executableOf(path), ...(options.length > 0 && { options }) };
  }
  const script = path === undefined ? undefined : finder.scriptAt(path);
  if (path === undefined || script === undefined) {
    return {
      kind: "unknown",
      message: command.includes("/") ? `${command}: No such file or directory` : `${command}: command not found`,
      exitCode: 127,
    };
  }
  const [, interpreter = "", first = ""] = /^#!\s*(\S+)[ \t]*(\S*)/.exec(script) ?? [];
  const named = /(?:^|\/)env$/.test(interpreter) ? (finder.onPath(first) ?? first) : interpreter;
  if (!/(?:^|\/)python[0-9.]*$/.test(named)) {
    return { kind: "unknown", message: `${command}: only Python scripts can be executed here`, exitCode: 126 };
  }
  if (named.includes("/") && !finder.isInterpreter(named)) {
    return {
      kind: "unknown",
      message: `${command}: ${named}: bad interpreter: No such file or directory`,
      exitCode: 126,
    };
  }
  const shown = command.includes("/") ? command : path;
  return {
    kind: "python",
    executable: executableOf(named),
    argv: [shown, ...args],
    run: { kind: "file", target: path },
  };
}

/** `sys.executable`: every name of the image's own interpreter stands for one. */
function executableOf(path: string): string {
  return /^(?:\/usr(?:\/local)?)?\/bin\//.test(path) || !path.includes("/") ? imagePython : path;
}

/** Looks at the host's files, and at the commands that are no files of the host's. */
class Finder {
  readonly #searched: readonly string[];

  constructor(
    env: Readonly<Record<string, string>>,
    private readonly files: readonly FileEntry[],
  ) {
    this.#searched = (env.PATH ?? "/usr/local/bin:/usr/bin:/bin").split(":");
  }

  /** Where a command stands on `PATH`. */
  onPath(name: string): string | undefined {
    return this.#searched
      .map((folder) => `${folder}/${name}`)
      .find((path) => this.isInterpreter(path) || this.scriptAt(path) !== undefined);
  }

  /** Whether a path is the interpreter's, or a link to it as in a virtual environment. */
  isInterpreter(path: string): boolean {
    const place = this.#follow(path);
    const name = isBin(place);
    return name !== undefined && pythonName.test(name);
  }

  /** The beginning of the file at a path; undefined if there is none. */
  scriptAt(path: string): string | undefined {
    const place = this.#follow(path);
    const name = isBin(place);
    const own = name === undefined ? undefined : consoleScripts.get(name);
    const content = this.#entry(place)?.content;
    return content ? new TextDecoder().decode(content.subarray(0, 500)).split("\n")[0] : own;
  }

  #entry(path: string): FileEntry | undefined {
    return this.files.find((entry) => entry.path === path && entry.type !== "directory");
  }

  #follow(path: string): string {
    let place = resolvePath("/", path);
    for (let links = 0; links < longestChainOfLinks; links += 1) {
      const { target } = this.#entry(place) ?? {};
      if (target === undefined) return place;
      place = resolvePath(place.slice(0, place.lastIndexOf("/")) || "/", target);
    }
    return place;
  }
}

/** The name of a file in one of the folders of the system's commands. */
function isBin(path: string): string | undefined {
  return /^(?:\/usr\/local\/bin|\/usr\/bin|\/bin)\/([^/]+)$/.exec(path)?.[1];
}
