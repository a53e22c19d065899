/** What stands behind the double's frame: a temporary folder, and real Node processes on loopback. */
import { type ChildProcess, spawn } from "node:child_process";
import { type FSWatcher, mkdtempSync, watch } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { DoubleCall, Happening } from "./protocol.ts";

/** For programs in which nothing can be killed. */
const withoutKill = "data:text/javascript,process.kill=()=>true";

/** The computer of one frame. */
export class DoubleComputer {
  readonly workdir = mkdtempSync(join(tmpdir(), "webcontainer-double-"));
  readonly #processes = new Map<number, ChildProcess>();
  readonly #watchers = new Map<number, FSWatcher>();
  #ended = false;

  constructor(
    private readonly tell: (happening: Happening) => void,
    private readonly canKill: boolean,
  ) {}

  /** Rejects with what the system says. */
  async perform(call: DoubleCall): Promise<unknown> {
    switch (call.call) {
      case "workdir":
        return this.workdir;
      case "run":
        this.#run(call);
        return null;
      case "input":
        this.#processes.get(call.id)?.stdin?.write(call.text);
        return null;
      case "kill":
        if (this.canKill) this.#processes.get(call.id)?.kill("SIGKILL");
        return null;
      case "read":
        return (await readFile(this.#path(call.path))).toString("base64");
      case "write":
        await writeFile(this.#path(call.path), Buffer.from(call.base64, "base64"));
        return null;
      case "list": {
        const entries = await readdir(this.#path(call.path), { withFileTypes: true });
        return entries.map((entry) => ({ name: entry.name, "Symbol(type)": entry.isDirectory() ? 2 : 1 }));
      }
      case "mkdir":
        await mkdir(this.#path(call.path), { recursive: true });
        return null;
      case "rm":
        await rm(this.#path(call.path), { recursive: call.recursive, force: call.force });
        return null;
      case "rename":
        await rename(this.#path(call.from), this.#path(call.to));
        return null;
      case "watch":
        this.#watch(call.id, this.#path(call.path));
        return null;
      case "unwatch":
        this.#watchers.get(call.id)?.close();
        return null;
      case "end":
        await this.end();
        return null;
    }
  }

  /** Ends every process, also those that others have started, and removes the folder. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    for (const watcher of this.#watchers.values()) watcher.close();
    for (const child of this.#processes.values()) killGroup(child);
    await rm(this.workdir, { recursive: true, force: true, maxRetries: 5 });
  }

  #path(path: string): string {
    return resolve(this.workdir, path.replace(/^\/+(?!tmp)/, ""));
  }

  #run({ id, command, args, cwd, env }: Extract<DoubleCall, { call: "run" }>): void {
    const variables = Object.entries(env).map(([name, value]) => [name, String(value)] as const);
    const child = spawn(command === "node" ? process.execPath : command, args, {
      cwd: this.#path(cwd),
      env: {
        PATH: process.env["PATH"],
        ...(!this.canKill && { NODE_OPTIONS: `--import ${withoutKill}` }),
        ...Object.fromEntries(variables),
      },
      // A group of its own, so that nothing is left behind.
      detached: true,
    });
    this.#processes.set(id, child);
    const print = (bytes: Uint8Array) =>
      this.tell({ event: "output", id, base64: Buffer.from(bytes).toString("base64") });
    child.stdout.on("data", print);
    child.stderr.on("data", print);
    child.stdin.on("error", () => {});
    child.on("error", () => {
      print(Buffer.from(`jsh: command not found: ${command}\n`));
      this.tell({ event: "exit", id, code: 127 });
    });
    // Not `close`: a child of its own may keep the pipes open.
    child.on("exit", (code, signal) => {
      setTimeout(() => this.tell({ event: "exit", id, code: code ?? 128 + numberOf(signal) }), 20);
    });
  }

  #watch(id: number, path: string): void {
    const watcher = watch(path, { recursive: true }, (kind, name) => {
      if (name !== null) this.tell({ event: "changed", id, kind, name });
    });
    watcher.on("error", () => {});
    this.#watchers.set(id, watcher);
  }
}

function numberOf(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal];
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Everybody in it has ended.
  }
}
