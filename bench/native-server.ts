/** A native server for a measurement, and the same load generator as in the page over Node's sockets. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../e2e/reference/native-side.ts";
import { nativePython } from "../scripts/native-python.ts";
import { HttpRequester } from "../src/http/http-requester.ts";
import { startLoad } from "../src/load/generator.ts";
import type { LoadPlan, LoadReport } from "../src/load/plan.ts";
import { nodeClock } from "../src/machine/node/container/node-clock.ts";
import { connectTcp } from "../src/machine/node/container/tcp-connection.ts";

/** One server with its app, in a folder of its own. */
export class NativeServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** Starts one and waits until it answers. `{port}` in the command stands for a free one. */
  static async start(argv: readonly string[], app: string): Promise<NativeServer> {
    const folder = mkdtempSync(join(tmpdir(), "two-servers-bench-"));
    writeFileSync(join(folder, "app.py"), app);
    const port = await freePort();
    const [command = "", ...rest] = argv.map((word) => word.replace("{port}", String(port)));
    const { bin, env } = nativePython();
    const child = spawn(join(bin, command), rest, {
      cwd: folder,
      stdio: "ignore",
      detached: true,
      env: { ...process.env, ...env, GUNICORN_CMD_ARGS: "--no-control-socket" },
    });
    const server = new NativeServer(child, folder, port);
    await server.answers();
    return server;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Runs a plan. */
  load(plan: LoadPlan): Promise<LoadReport> {
    return startLoad(plan, { clock: nodeClock, requester: new HttpRequester(connectTcp, this.port) }).report;
  }

  /** Asks once, again every few milliseconds while nobody listens. */
  async answers(): Promise<void> {
    const requester = new HttpRequester(connectTcp, this.port);
    const deadline = performance.now() + 20_000;
    while (performance.now() < deadline) {
      const outcome = await requester.send({ path: "/" }, { keepAlive: false }).outcome;
      if (outcome.kind === "answered") return;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error("The native server did not answer");
  }

  /** The children of its main process. */
  workers(): readonly number[] {
    const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(this.pid)], { encoding: "utf8" });
    return stdout.split("\n").map(Number).filter(Boolean);
  }

  /** Ends it with all its processes. */
  stop(): void {
    try {
      // Without a process there is no group to end: 0 would mean our own.
      if (this.pid > 0) process.kill(-this.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a Python script natively; what it printed. */
export function runNatively(script: string): string {
  const { bin, env } = nativePython();
  const options = { encoding: "utf8", env: { ...process.env, ...env } } as const;
  return spawnSync(join(bin, "python"), ["-c", script], options).stdout;
}
