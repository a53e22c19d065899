/** One side of a lab, without its screen: its command, its server's life, its processes, its terminal's bytes. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { versionOf } from "../../lab-definition/app-version.ts";
import type { LabAsset, LabFile, SideDefinition, SideName } from "../../lab-definition/schema.ts";
import {
  type Connection,
  ConnectionError,
  type Host,
  type HttpRequest,
  type HttpResponse,
  type Milliseconds,
  type Pid,
  type Port,
  type Process,
  type ProcessInfo,
  type Signal as SignalName,
  type TerminalSize,
  type Unsubscribe,
} from "../../machine/machine.ts";
import { labStrings } from "../../strings/strings.ts";
import { messageOf } from "../basics/message-of.ts";
import { withTimeout } from "../basics/with-timeout.ts";
import { BrowserSession } from "../browser/browser-session.ts";
import { namedPort } from "../command/named-port.ts";
import type { SplitCommand } from "../command/parse-command-line.ts";
import { countUp, divide, expectedWorkers, type Workforce } from "../command/workforce.ts";
import type { BesideProgram, MakeBeside } from "./beside-program.ts";
import { EditableCommand } from "./editable-command.ts";
import { HostFiles } from "./host-files.ts";
import { HostPreparation } from "./host-preparation.ts";
import { OutputLog } from "./output-log.ts";
import { RequestLog } from "./request-log.ts";
import { ServerLifecycle } from "./server-lifecycle.ts";
import type { PortHolders, SidePhase } from "./server-phase.ts";
import { outsideShell, ShellSession, stopOutsideShell } from "./shell-session.ts";
import { assignSlots, type WorkerSlot, withoutEmpty } from "./worker-slots.ts";

/** Where the lab's files are on a host; commands run here. */
const home = "/home/student";
/** A worker that its master has not replaced after this long is not coming back. */
const replacedWithin: Milliseconds = 4000;
/** Timers and the machine's clock may disagree by this much. */
const clockTolerance: Milliseconds = 100;
const answerWithin: Milliseconds = 15_000;
/** A terminal that is not there after this long is not waited for. */
const screenWithin: Milliseconds = 2000;

/** How a single request is asked. */
export interface Asking {
  readonly label?: string;
  /** Default: 15 s. */
  readonly timeout?: Milliseconds;
}

/** Which of a side's programs are meant. Where there is none beside the server, `both` is the server. */
export type Programs = "both" | "server" | "beside";

/** One side of a lab. */
export class SideSession {
  readonly #server = new ServerLifecycle(() => this.port.value !== undefined);
  readonly #processes: Signal<readonly ProcessInfo[]> = signal([]);
  readonly #ports: Signal<readonly Port[]> = signal([]);
  readonly #port: Signal<Port | undefined> = signal(undefined);
  readonly #slots: Signal<readonly WorkerSlot[]> = signal([]);
  #host: Host | undefined;
  readonly #files = new HostFiles(home);
  #process: Process | undefined;
  #subscriptions: Unsubscribe[] = [];
  readonly #fileListeners = new Set<(path: string) => void>();
  #stopOutput: Unsubscribe = () => {};
  /** Settled once the process that was last asked for is there, or could not be started. */
  #spawning: Promise<unknown> = Promise.resolve();
  #versionInUse: number | undefined;
  readonly #preparation: HostPreparation;
  #size: TerminalSize = { columns: 80, rows: 24 };
  /** Resolves once the terminal that is being made has its size. */
  #screen: PromiseWithResolvers<void> | undefined;

  readonly phase: ReadonlySignal<SidePhase> = this.#server.phase;
  /** A server is there or on its way. */
  readonly alive: ReadonlySignal<boolean> = this.#server.alive;
  /** The command line of its server. */
  readonly line: EditableCommand;
  /** The program beside its server, where the lab has one. */
  readonly beside: BesideProgram | undefined;
  /** Workers in rows that keep their places. */
  readonly slots: ReadonlySignal<readonly WorkerSlot[]> = this.#slots;
  readonly workforce: ReadonlySignal<Workforce> = computed(() =>
    divide(this.#processes.value, this.#server.mainPid.value),
  );
  /** Memory that the server's processes have taken, in bytes. `undefined` where none says. */
  readonly memory: ReadonlySignal<number | undefined> = computed(() => {
    const known = this.#processes.value.flatMap(({ memory, state }) => (state === "zombie" ? [] : (memory ?? [])));
    return known.length === 0 ? undefined : known.reduce((sum, bytes) => sum + bytes, 0);
  });
  /** All ports on which something listens, in the order in which they were opened. */
  readonly ports: ReadonlySignal<readonly Port[]> = this.#ports;
  /** The port that load tests and single requests go to. */
  readonly port: ReadonlySignal<Port | undefined> = computed(() => this.#port.value);
  readonly output = new OutputLog();
  /** A second terminal, beside the server's. */
  readonly shell: ShellSession;
  /** The browser on its computer. */
  readonly browser = new BrowserSession(
    (port, request) => this.#request(port, request),
    () => this.port.value,
    (port) => this.#connect(port),
  );
  readonly requests = new RequestLog();

  constructor(
    readonly name: SideName,
    readonly definition: SideDefinition,
    shell?: string,
    makeBeside?: MakeBeside,
    prepare?: readonly string[],
  ) {
    this.#preparation = new HostPreparation(prepare);
    this.line = new EditableCommand(definition.command, this.alive);
    this.beside = definition.beside && makeBeside?.(definition.beside, home);
    this.shell = new ShellSession(home, labStrings.shell.ended, shell);
  }

  /**
   * Takes a host of an open machine. `now` is the machine's clock; `changed` hears of files that its programs change.
   */
  attach(host: Host, now: () => Milliseconds, changed: (path: string) => void = () => {}): void {
    this.detach();
    this.#host = host;
    this.shell.attach(host);
    this.#subscriptions = [
      host.processes.subscribe((processes) => this.#processesChanged(processes, now)),
      host.ports.subscribe((ports) => {
        this.#portsChanged(ports);
        this.#lookWhetherUp();
      }),
      host.onRequestEvent((events) => this.requests.record(events)),
      host.onFileChange((path) => {
        const file = this.#files.pathOf(path);
        if (file === undefined) return;
        changed(file);
        for (const listener of this.#fileListeners) listener(file);
      }),
    ];
  }

  /** The machine is gone. The phase stays what it was unless the server was alive. */
  detach(): void {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#subscriptions = [];
    this.#stopOutput();
    this.#endLife();
    this.#host = undefined;
    this.#files.hostGone();
    this.#preparation.forget();
    this.shell.detach();
    batch(() => {
      this.beside?.ended();
      this.beside?.follow([]);
      this.#processes.value = [];
      this.#portsChanged([]);
      this.#slots.value = [];
      this.#server.send({ kind: "detached" });
    });
  }

  /**
   * These command lines run on its computer before its server starts, each once, and are seen on the terminal: instead
   * of pip, with what the lab's `requirements.txt` asks for.
   */
  prepareWith(lines: readonly string[]): void {
    this.#preparation.runs(lines);
  }

  /** Looks whether the command lines can be run, and says why not. A server is not kept from starting by the other. */
  checkCommand(programs: Programs = "server"): boolean {
    if (programs === "beside") return this.beside?.line.check() !== undefined;
    return this.line.check() !== undefined;
  }

  /** The machine is being opened for this side. */
  prepare(): void {
    this.#server.send({ kind: "prepare" });
  }

  /** The machine did not open. */
  giveUp(): void {
    this.beside?.giveUp();
    this.#server.send({ kind: "giveUp" });
  }

  /**
   * Ends what runs of these programs, puts the files in place and starts their commands. Needs a host.
   */
  async start(files: readonly LabFile[], assets: readonly LabAsset[] = [], programs: Programs = "both"): Promise<void> {
    const host = this.#host;
    if (host === undefined) return;
    if (programs === "beside") {
      await this.beside?.restart(host, async (wanted) => {
        await this.#files.putInPlace(host, files, assets);
        return this.#prepareHost(host, files, wanted);
      });
      return;
    }
    // One that waits for a server that is no longer wanted is started after this one.
    const together = programs === "both" || this.beside?.awaited === true;
    await this.#startServer(host, files, assets, together ? this.beside : undefined);
  }

  /** @param beside is started anew as well, after the server */
  async #startServer(
    host: Host,
    files: readonly LabFile[],
    assets: readonly LabAsset[],
    beside: BesideProgram | undefined,
  ): Promise<void> {
    const command = this.line.check();
    if (command === undefined) return;
    const { argv, env } = command;
    batch(() => {
      this.#process = undefined;
      this.#server.send({ kind: "start", expectedWorkers: expectedWorkers(argv) });
      this.line.begins();
      beside?.prepare();
    });
    this.#versionInUse = versionOf(files)?.version;
    const { life } = this.#server;
    const turn = beside?.life;
    try {
      if (beside === undefined) await this.#endServer(host);
      else await this.#endProcesses(host);
      this.#slots.value = [];
      await this.#files.putInPlace(host, files, assets);
      const failed = await this.#prepareHost(host, files, () => life === this.#server.life);
      if (life !== this.#server.life) return;
      if (failed !== undefined) throw new Error(labStrings.side.notPrepared(failed));
      this.output.writeCommand(this.line.text.value);
      const process = await this.#spawn(host, argv, env);
      if (life !== this.#server.life) return;
      if (process.kept) this.output.writeNote(labStrings.side.kept);
      this.#follow(process, life);
      if (beside?.life === turn) await beside?.start(host);
    } catch (error) {
      if (life !== this.#server.life) return;
      this.#server.send({ kind: "failed", message: messageOf(error) });
      if (beside?.life === turn) beside?.fail(messageOf(error));
    }
  }

  /** Opens a shell beside the server. Needs a host. */
  async openShell(files: readonly LabFile[], assets: readonly LabAsset[] = []): Promise<void> {
    const host = this.#host;
    if (host === undefined) return;
    await this.#files.putInPlace(host, files, assets);
    await this.shell.open();
  }

  /** Ends every process of this side, but for its shell and what that started. Rejects if the machine cannot. */
  async stop(): Promise<void> {
    this.#endLife();
    const { life } = this.#server;
    const idle = this.phase.value.kind === "idle";
    if (idle && this.beside?.alive.value !== true) return;
    this.beside?.ended();
    if (this.#host !== undefined) {
      this.#server.send({ kind: "stopping" });
      await this.#endProcesses(this.#host);
    }
    if (idle || life !== this.#server.life) return;
    this.#slots.value = [];
    this.#server.send({ kind: "stopped" });
  }

  /** As at the beginning: nothing on the terminal, no lanes, no files of the server's own. */
  async forget(): Promise<void> {
    batch(() => {
      this.#server.send({ kind: "forget" });
      this.line.forget();
      this.#slots.value = [];
    });
    this.output.clear();
    this.requests.clear();
    this.browser.forget();
    await this.#spawning;
    await this.#host?.stop();
    this.shell.forget();
    this.beside?.forget();
    await this.#host?.restoreFiles();
    this.#files.forget();
    this.#preparation.forget();
  }

  /** A file of the lab as it now is on this side's computer. `undefined` if it is gone, or no text. */
  async readFile(path: string): Promise<string | undefined> {
    if (this.#host === undefined) return undefined;
    return this.#files.read(this.#host, path);
  }

  /** Called with each file in the lab's folder that a program on its computer has changed. */
  onFileChange(listener: (path: string) => void): Unsubscribe {
    this.#fileListeners.add(listener);
    return () => this.#fileListeners.delete(listener);
  }

  /** A program on its computer has changed a file of the lab. */
  fileChanged(): void {
    this.line.fileChanged();
    this.beside?.line.fileChanged();
  }

  /** Somebody is there who could read a file: a server, the program beside it, a shell. */
  #hasReaders(): boolean {
    return this.alive.value || this.beside?.alive.value === true || this.shell.pid !== undefined;
  }

  /** Writes a file that the reader changed, if a server is there to read it; the next one gets it when it starts. */
  async writeFile(file: LabFile): Promise<void> {
    if (this.#host === undefined || !this.#hasReaders()) return;
    this.fileChanged();
    await this.#files.write(this.#host, file);
  }

  /** Writes a file that no editor shows, as `writeFile` does. */
  async writeAsset(asset: LabAsset): Promise<void> {
    if (this.#host === undefined || !this.#hasReaders()) return;
    this.fileChanged();
    await this.#files.writeBytes(this.#host, asset);
  }

  /** Removes a file that the reader has removed, where it is. */
  async removeFile(path: string): Promise<void> {
    if (this.#host === undefined) return;
    this.fileChanged();
    await this.#files.remove(this.#host, path);
  }

  /** Ends a process at once, as `kill -9` does. */
  async kill(pid: Pid): Promise<void> {
    await this.signal(pid, "SIGKILL");
  }

  /** Asks the server once, and lets the request be found in `requests` by its label. Rejects with what went wrong. */
  async ask(path: string, { label, timeout = answerWithin }: Asking = {}): Promise<HttpResponse> {
    return this.request({ path, timeout, ...(label !== undefined && { label }) });
  }

  /** Sends the server one request. Rejects with what went wrong. */
  async request(request: HttpRequest): Promise<HttpResponse> {
    const port = this.port.value;
    if (port === undefined) throw new Error("connection refused");
    return this.#request(port, request);
  }

  /** Sends a process a signal. */
  async signal(pid: Pid, signal: SignalName): Promise<void> {
    await this.#host?.kill(pid, signal);
  }

  /** The change of a file is in use: its server has it without having been started again. */
  changeInUse(version?: number): void {
    this.line.filesInUse();
    this.#versionInUse = version ?? this.#versionInUse;
  }

  /** The version of the app that its server was started with, or that was deployed last. */
  get versionInUse(): number | undefined {
    return this.#versionInUse;
  }

  async #request(port: Port, request: HttpRequest): Promise<HttpResponse> {
    if (this.#host === undefined) throw new Error("connection refused");
    return this.#host.request(port, request);
  }

  async #connect(port: Port): Promise<Connection> {
    if (this.#host === undefined) throw new ConnectionError("refused", port);
    return this.#host.connect(port);
  }

  /** The host and port that a load test asks, if the server listens. */
  target(): { host: Host; port: Port } | undefined {
    const port = this.port.value;
    return this.#host === undefined || port === undefined ? undefined : { host: this.#host, port };
  }

  /** Sends what was typed at the terminal. */
  type(bytes: Uint8Array): void {
    this.#process?.input(bytes);
  }

  /**
   * A terminal is being made: what is started meanwhile waits for its size, and is not told of another one just after.
   */
  expectScreen(): void {
    this.#screen ??= Promise.withResolvers();
  }

  /** The terminal's size on screen. */
  resize(size: TerminalSize): void {
    this.#screen?.resolve();
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    this.#process?.resize(size);
  }

  async #spawn(host: Host, argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Process> {
    const screen = this.#screen && withTimeout(screenWithin, this.#screen.promise).catch(() => {});
    const spawning = (async () => {
      if (screen !== undefined) await screen;
      return host.spawn(argv, { cwd: home, env, size: this.#size });
    })();
    this.#spawning = spawning.catch(() => {});
    return spawning;
  }

  /**
   * Runs what has to be done before a program starts. The line that failed: it has said why, and the program would fail
   * for the same reason.
   *
   * @param wanted whether what is to be started still is
   */
  #prepareHost(host: Host, files: readonly LabFile[], wanted: () => boolean): Promise<string | undefined> {
    return this.#preparation.run(files, async (line, { argv, env }: SplitCommand) => {
      if (!wanted()) return undefined;
      const workers = new Set(this.#slots.value.map(({ process: { pid } }) => pid));
      this.output.writeCommand(line);
      const process = await this.#spawn(host, argv, env);
      const [stopBefore, stop] = [this.#stopOutput, process.onOutput((bytes) => this.output.write(bytes))];
      this.#stopOutput = () => {
        stopBefore();
        stop();
      };
      const status = await process.exit;
      if (!wanted()) return undefined;
      // Its workers are none of the server's.
      this.#slots.value = this.#slots.value.filter((slot) => workers.has(slot.process.pid));
      return status;
    });
  }

  /** Ends what runs beside the shell, also what is only about to. */
  async #endProcesses(host: Host): Promise<void> {
    await this.#spawning;
    await stopOutsideShell(host, this.shell.pid);
  }

  /** The same, but for the program beside the server. */
  async #endServer(host: Host): Promise<void> {
    await this.#spawning;
    await stopOutsideShell(host, this.shell.pid, () => this.beside?.pids ?? []);
  }

  #follow(process: Process, life: number): void {
    this.#process = process;
    this.#server.send({ kind: "spawned", pid: process.pid });
    if (this.#server.mainPid.value !== undefined)
      this.#slots.value = this.#slots.value.filter((slot) => slot.process.pid !== process.pid);
    // An earlier process's last words are heard until the next one speaks.
    this.#stopOutput();
    this.#stopOutput = process.onOutput((bytes) => this.output.write(bytes));
    void process.exit.then((status) => {
      if (life !== this.#server.life) return;
      this.#process = undefined;
      this.#server.send({ kind: "exited", status, holders: this.#portHolders(process.pid) });
      const { value: phase } = this.phase;
      if (phase.kind === "exited" && !phase.wasRunning)
        this.#slots.value = withoutEmpty(this.#slots.value, Number.POSITIVE_INFINITY);
    });
    this.#lookWhetherUp();
  }

  /** Who holds the port once a process has left that had it. */
  #portHolders(gone: Pid): PortHolders {
    if (this.#port.value === undefined) return { mains: [], workers: [] };
    const left = outsideShell(this.#processes.value, this.shell.pid).filter(
      ({ pid, state }) => pid !== gone && state !== "zombie",
    );
    const { mains, workers } = divide(left, undefined);
    return { mains: mains.map(({ pid }) => pid), workers: workers.map(({ pid }) => pid) };
  }

  /** The successor may have left, to another one or to nobody. */
  #checkSuccessor(): void {
    const { value: phase } = this.phase;
    if (phase.kind !== "running" || phase.successor === undefined) return;
    const { successor } = phase;
    if (this.#processes.value.some(({ pid, state }) => pid === successor && state !== "zombie")) return;
    this.#server.send({ kind: "successorExited", holders: this.#portHolders(successor) });
  }

  /** What came before belongs to an earlier life. */
  #endLife(): void {
    this.#process = undefined;
    this.#server.send({ kind: "abandon" });
  }

  #processesChanged(processes: readonly ProcessInfo[], now: () => Milliseconds): void {
    batch(() => {
      this.beside?.follow(processes);
      this.#processes.value = this.#withoutShell(this.#withoutBeside(processes));
      const { mains, workers } = this.workforce.value;
      const others = new Set(mains.map(({ pid }) => pid));
      this.#slots.value = assignSlots(this.#slots.value, workers, now(), others);
      if (!this.#showsEnded()) this.#slots.value = withoutEmpty(this.#slots.value, Number.POSITIVE_INFINITY);
    });
    if (this.#slots.value.some(({ ended }) => ended !== undefined)) this.#dropEmptySlotsLater(now);
    this.#checkSuccessor();
    this.#lookWhetherUp();
  }

  /** Whether workers that have ended keep their rows: those of a server that runs, or ran until it ended by itself. */
  #showsEnded(): boolean {
    const { value: phase } = this.phase;
    return this.alive.value || (phase.kind === "exited" && phase.wasRunning);
  }

  #withoutBeside(processes: readonly ProcessInfo[]): readonly ProcessInfo[] {
    const beside = this.beside?.pids;
    return beside === undefined ? processes : processes.filter(({ pid }) => !beside.has(pid));
  }

  /** What a shell has started works here only if no server of the command line does. */
  #withoutShell(processes: readonly ProcessInfo[]): readonly ProcessInfo[] {
    if (this.shell.phase.value.kind === "opening") return processes.filter(({ title }) => title !== this.shell.program);
    const outside = outsideShell(processes, this.shell.pid);
    if (this.alive.value || this.#ports.value.length === 0) return outside;
    return processes.filter(({ pid }) => pid !== this.shell.pid);
  }

  /**
   * Load tests stay with the port that the lab names, or the command, or else opened first, whatever else is opened
   * beside it: an app may open one of its own, for its figures perhaps, before its server does.
   */
  #portsChanged(ports: readonly Port[]): void {
    const named = namedPort(this.line.started.value);
    const inCommand = named !== undefined && ports.includes(named) ? named : undefined;
    const wanted = this.definition.port ?? inCommand ?? this.#port.value;
    this.#ports.value = ports;
    if (wanted !== undefined && ports.includes(wanted)) this.#port.value = wanted;
    else this.#port.value = this.definition.port === undefined ? ports[0] : undefined;
  }

  /** A row stays empty only where a master lives that could have filled it; elsewhere it shows what has ended. */
  #dropEmptySlotsLater(now: () => Milliseconds): void {
    this.#server.after(replacedWithin, () => {
      if (this.workforce.value.mains.length === 0) return;
      this.#slots.value = withoutEmpty(this.#slots.value, now() - replacedWithin + clockTolerance);
    });
  }

  #lookWhetherUp(): void {
    const { workers } = this.workforce.value;
    const listening = this.port.value !== undefined;
    this.#server.send({ kind: "seen", listening, workers: workers.length, booted: countUp(workers) });
  }
}
