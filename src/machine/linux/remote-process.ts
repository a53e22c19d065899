import * as Comlink from "comlink";
import type { LoadReport, LoadTick } from "../../load/plan";
import type { ExitStatus, LoadRun, Pid, Process, Signal, TerminalSize, Unsubscribe } from "../machine";
import { Listeners } from "../observable-value";
import type { GuestProcessHandle } from "./guest-host";
import type { RunningLoad } from "./guest-service";

/** A process of the guest, as the page holds it. */
export class RemoteProcess implements Process {
  private readonly printed: Uint8Array[] = [];
  private readonly output = new Listeners<Uint8Array>();

  private constructor(
    readonly pid: Pid,
    readonly kept: boolean,
    private readonly remote: Comlink.Remote<GuestProcessHandle>,
    readonly exit: Promise<ExitStatus>,
    private readonly killPid: (pid: Pid, signal: Signal) => Promise<void>,
  ) {}

  static async adopt(
    remote: Comlink.Remote<GuestProcessHandle>,
    kill: (pid: Pid, signal: Signal) => Promise<void>,
  ): Promise<Process> {
    const process = new RemoteProcess(await remote.pid, await remote.kept, remote, remote.exited(), kill);
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

/** A load test that runs in the emulator's worker. */
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
