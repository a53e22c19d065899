import type { LoadReport, LoadTick } from "../../load/plan.ts";
import type { ExitStatus, LoadRun, Pid, Process, Signal, TerminalSize, Unsubscribe } from "../machine.ts";
import { Listeners } from "../observable-value.ts";
import type { Handle, HostCalls } from "./hosts-contract.ts";

/** The line to the worker, by which what lives there is called and heard. */
export interface WorkerLine {
  /** The worker's calls. */
  readonly calls: HostCalls;
  /**
   * From now on the process is given what is printed on its terminal, also by those that it leaves there when it ends.
   */
  addProcess(handle: Handle, process: RemoteProcess): void;
  /** From now on the load test is given its ticks, until it has ended. */
  addLoad(handle: Handle, load: RemoteLoad): void;
}

/** A process that lives in a machine's worker, as the page holds it. */
export class RemoteProcess implements Process {
  readonly pid: Pid;
  readonly kept: boolean;
  readonly exit: Promise<ExitStatus>;
  readonly #printed: Uint8Array[] = [];
  readonly #output = new Listeners<Uint8Array>();

  private constructor(
    private readonly line: WorkerLine,
    private readonly handle: Handle,
    { pid, kept }: { readonly pid: Pid; readonly kept: boolean },
    readonly kill: (signal: Signal) => Promise<void>,
  ) {
    this.pid = pid;
    this.kept = kept;
    this.exit = line.calls.exited(handle);
  }

  /** Takes over what the worker has started. Resolves once its output is heard. */
  static async adopt(
    line: WorkerLine,
    { process: handle, ...known }: { readonly process: Handle; readonly pid: Pid; readonly kept: boolean },
    kill: (signal: Signal) => Promise<void>,
  ): Promise<Process> {
    const process = new RemoteProcess(line, handle, known, kill);
    line.addProcess(handle, process);
    await line.calls.startOutput(handle);
    return process;
  }

  onOutput(listener: (bytes: Uint8Array) => void): Unsubscribe {
    for (const bytes of this.#printed) listener(bytes);
    return this.#output.add(listener);
  }

  /** It has printed something. */
  onNewOutput(bytes: Uint8Array): void {
    this.#printed.push(bytes);
    this.#output.emit(bytes);
  }

  input(bytes: Uint8Array): void {
    void this.line.calls.input(this.handle, new Uint8Array(bytes)).catch(ended);
  }

  resize(size: TerminalSize): void {
    void this.line.calls.resize(this.handle, size).catch(ended);
  }
}

/** What is typed at a terminal whose process has ended goes nowhere. */
function ended(): void {}

/** A load test that runs in a machine's worker. */
export class RemoteLoad implements LoadRun {
  readonly report: Promise<LoadReport>;
  readonly #ticks = new Listeners<LoadTick>();

  constructor(
    private readonly line: WorkerLine,
    private readonly running: Promise<Handle>,
  ) {
    this.report = running.then((handle) => line.calls.loadReport(handle));
    void running.then((handle) => line.addLoad(handle, this), unheard);
  }

  onTick(listener: (tick: LoadTick) => void): Unsubscribe {
    return this.#ticks.add(listener);
  }

  /** Another tenth of a second has passed. */
  onNewTick(tick: LoadTick): void {
    this.#ticks.emit(tick);
  }

  stop(): void {
    void this.running.then((handle) => this.line.calls.stopLoad(handle)).catch(unheard);
  }
}

/** Why it did not run, or that it has ended, is said by its report. */
function unheard(): void {}
