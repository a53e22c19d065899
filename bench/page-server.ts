/** A server in the page, as `NativeServer` is one outside. */
import type { LoadPlan, LoadReport } from "../src/load/plan.ts";
import type { PageComputer, Running } from "../testing/browser/machine.ts";

/** One server on a computer of the Python machine. */
export class PageServer {
  private constructor(
    private readonly computer: PageComputer,
    readonly process: Running,
    readonly port: number,
  ) {}

  /** Starts one and waits until it answers. */
  static async start(computer: PageComputer, argv: readonly string[], app: string, port = 8000): Promise<PageServer> {
    await computer.write("app.py", app);
    const process = await computer.start(argv.map((word) => word.replace("{port}", String(port))));
    const server = new PageServer(computer, process, port);
    await server.answers();
    return server;
  }

  load(plan: LoadPlan): Promise<LoadReport> {
    return this.computer.load(this.port, plan);
  }

  /** Asks until somebody answers; the asking is done in the page, where it costs no trip. */
  async answers(): Promise<void> {
    const { page, name } = this.computer;
    await page.evaluate(
      async ({ name, port }) => {
        const deadline = performance.now() + 30_000;
        while (performance.now() < deadline) {
          try {
            await machineDriver.request(name, port, { path: "/" });
            return;
          } catch {
            await new Promise((resolve) => setTimeout(resolve, 2));
          }
        }
        throw new Error("The server in the page did not answer");
      },
      { name, port: this.port },
    );
  }

  workers(): Promise<readonly number[]> {
    return this.computer.childrenOf(this.process.pid);
  }

  async stop(): Promise<void> {
    await this.computer.stop();
  }
}
