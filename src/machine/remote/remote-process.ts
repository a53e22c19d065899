import * as Comlink from "comlink";
import type { LoadReport, LoadTick } from "../../load/plan.ts";
import type { ExitStatus, LoadRun, Pid, Process, Signal, TerminalSize, Unsubscribe } from "../machine.ts";
import { Listeners } from "../observable-value.ts";
import type { RunningLoad, SpawnedProcess } from "./hosts-service.ts";

/** A process that lives in a machine's worker, as the page holds it. */
export class RemoteProcess implements Process {
  private readonly printed: Uint8Array[] = [];
  private readonly output = new Listeners<Uint8Array>();

  private constructor(
    readonly pid: Pid,
    readonly kept: boolean,
    private readonly remote: Comlink.Remote<SpawnedProcess>,
    readonly exit: Promise<ExitStatus>,
    private readonly killPid: (pid: Pid, signal: Signal) => Promise<void>,
  ) {}

  static async adopt(
    remote: Comlink.Remote<SpawnedProcess>,
    kill: (pid: Pid, signal: Signal) => Promise<void>,
  ): Promise<Process> {
    const [pid, kept] = await Promise.all([remote.pid, remote.kept]);
    const process = new RemoteProcess(pid, kept, remote, remote.exited(), kill);
    await remote.onOutput(
      Comlink.proxy((bytes: Uint8Array) => {
        process.printed.push(bytes);
        process.output.tell(bytes);
      }),
    );
    return process;
  }

  onOutput(listener: (bytes: Uint8Array) => void): Unsubscribe {
    for (const bytes of this.printed) listener(bytes);
    return this.output.add(listener);
  }

  input(bytes: Uint8Array): void {
    void this.remote.input(bytes);
  }

  resize(size: TerminalSize): void {
    void this.remote.resize(size);
  }

  kill(signal: Signal): Promise<void> {
    return this.killPid(this.pid, signal);
  }
}

/** A load test that runs in a machine's worker. */
export class RemoteLoad implements LoadRun {
  readonly report: Promise<LoadReport>;
  private readonly ticks = new Listeners<LoadTick>();
  private readonly running: Promise<Comlink.Remote<RunningLoad>>;

  constructor(start: (onTick: (tick: LoadTick) => void) => Promise<Comlink.Remote<RunningLoad>>) {
    this.running = start(Comlink.proxy((tick: LoadTick) => this.ticks.tell(tick)));
    this.report = this.running.then((run) => run.report());
  }

  onTick(listener: (tick: LoadTick) => void): Unsubscribe {
    return this.ticks.add(listener);
  }

  stop(): void {
    void this.running.then((run) => run.stop());
  }
}
