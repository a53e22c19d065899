import type { WebContainer } from "@webcontainer/api";
import { reportOfTicks } from "../../load/cut-short.ts";
import type { LoadPlan, LoadReport, LoadTick } from "../../load/plan.ts";
import type { LoadRun, Port, Unsubscribe } from "../machine.ts";
import { Listeners } from "../observable-value.ts";
import { inputOf, readOutput } from "./container-output.ts";
import { LineReader } from "./json-lines.ts";
import type { ConnectionEvent, LoadMessage } from "./messages.ts";
import { programsFolder } from "./programs.ts";

/** What a load test needs of its host. */
export interface ContainerLoadOptions {
  readonly container: WebContainer;
  readonly port: Port;
  readonly plan: LoadPlan;
  readonly onConnections: (connections: readonly ConnectionEvent[]) => void;
  /** Resolves when the container is gone. */
  readonly died: Promise<unknown>;
}

let runs = 0;

/** A load test under way: a program in the container. */
export class ContainerLoad implements LoadRun {
  readonly report: Promise<LoadReport>;
  readonly #ticks = new Listeners<LoadTick>();
  readonly #series: LoadTick[] = [];
  readonly #over = Promise.withResolvers<LoadReport>();
  readonly #options: ContainerLoadOptions;
  #stop: (() => void) | undefined;
  #stopped = false;

  constructor(options: ContainerLoadOptions) {
    this.#options = options;
    this.report = this.#over.promise;
    void options.died.then(() => this.#over.resolve(this.#machineDied()));
    this.#run().catch((error: unknown) => this.#over.reject(error));
  }

  onTick(listener: (tick: LoadTick) => void): Unsubscribe {
    return this.#ticks.add(listener);
  }

  stop(): void {
    this.#stopped = true;
    this.#stop?.();
  }

  async #run(): Promise<void> {
    const { container, plan, port } = this.#options;
    const planFile = `${programsFolder}/plan-${++runs}.json`;
    await container.fs.writeFile(planFile, JSON.stringify(plan));
    const process = await container.spawn("node", [`${programsFolder}/load.cjs`, planFile, String(port)]);
    const write = inputOf(process);
    this.#stop = () => write("stop\n");
    if (this.#stopped) this.#stop();
    let lastWords = "";
    const reader = new LineReader(
      (message) => {
        if (isLoadMessage(message)) this.#onMessage(message);
      },
      (line) => {
        lastWords = line;
      },
    );
    await Promise.all([readOutput(process, (text) => reader.push(text)), process.exit]);
    await container.fs.rm(planFile);
    // Too late if the report has come.
    if (this.#series.length > 0) this.#over.resolve(this.#machineDied());
    this.#over.reject(new Error(`The load generator in the container ended without a report. ${lastWords}`.trim()));
  }

  #onMessage(message: LoadMessage): void {
    switch (message.load) {
      case "tick":
        this.#series.push(message.tick);
        this.#ticks.emit(message.tick);
        break;
      case "connections":
        this.#options.onConnections(message.connections);
        break;
      case "refused":
        this.#over.reject(new Error(message.reason));
        break;
      case "report":
        this.#over.resolve(message.report);
        break;
    }
  }

  #machineDied(): LoadReport {
    return reportOfTicks(this.#options.plan, this.#series, "machine died");
  }
}

function isLoadMessage(message: unknown): message is LoadMessage {
  return typeof message === "object" && message !== null && "load" in message;
}
