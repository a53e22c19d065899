/** A lab without its screen: one machine, two sides, load tests, and what the reader changed. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { versionOf, withVersion } from "../../lab-definition/app-version.ts";
import { programNames } from "../../lab-definition/programs.ts";
import type { LabAsset, LabDefinition, LabFile, SideName } from "../../lab-definition/schema.ts";
import type { Machine, Milliseconds, Pid } from "../../machine/machine.ts";
import { messageOf } from "../basics/message-of.ts";
import { type BySide, bySide, sideNames } from "../basics/sides.ts";
import { untilSignal } from "../basics/wait-for-signal.ts";
import { withTimeout } from "../basics/with-timeout.ts";
import { SideFaults } from "../faults/side-faults.ts";
import { LoadTest } from "../runs/load-test.ts";
import type { Prediction, Predictions } from "../runs/predictions.ts";
import { compareRun } from "../runs/run-comparison.ts";
import type { PastRun } from "../runs/run-history.ts";
import type { LoadResult } from "../runs/run-outcome.ts";
import type { MakeBeside } from "../side/beside-program.ts";
import { commandLineOf, readLines } from "../side/command-lines.ts";
import { ManualRequests } from "../side/manual-requests.ts";
import { hasLife, hasSettled, isOutdated, missingPrograms, restingPrograms } from "../side/side-programs.ts";
import { type Programs, SideSession } from "../side/side-session.ts";
import { FileSync } from "./file-sync.ts";
import { type LabNotice, notWritten } from "./lab-notice.ts";
import { applyState, captureState, isUnchanged, type LabContent, type LabState, originalContent } from "./lab-state.ts";
import { MachineLifecycle, type MachinePhase, type OpenMachine } from "./machine-lifecycle.ts";
import { type LabExtent, ShownParts } from "./shown-parts.ts";
import type { Mistake } from "./syntax-mistakes.ts";

/** What a lab's session is made from. */
export interface LabSessionOptions {
  readonly definition: LabDefinition;
  readonly files: readonly LabFile[];
  /** Files that no editor shows. Left out: none. */
  readonly assets?: readonly LabAsset[];
  /** The page has a list of the files of its own: they are not among the panes of a side. */
  readonly filesElsewhere?: boolean;
  readonly open: OpenMachine;
  /** Makes the programs beside servers. A lab without any needs none. */
  readonly makeBeside?: MakeBeside;
  /** Where the site's files are. */
  readonly siteRoot: () => URL;
  /** What the reader predicts of the plans. */
  readonly predictions: Predictions;
  /** Keeps a run that is over. Left out: nothing is kept after the visit. */
  readonly keepRun?: (run: PastRun) => void;
  /** How much of the lab its page shows. Left out: all of it. */
  readonly extent?: LabExtent;
}

/** A host that does not stop within this time is stopped with its machine. */
const stopWithin: Milliseconds = 3000;
/** A lab's state and what can be done to it. */
export class LabSession {
  readonly #options: LabSessionOptions;
  readonly #machine: MachineLifecycle;
  readonly #files: FileSync;
  readonly #mistakes: Signal<ReadonlyMap<string, Mistake>> = signal(new Map());
  readonly #predicted: Signal<LoadResult | undefined> = signal(undefined);
  readonly #notice: Signal<LabNotice | undefined> = signal(undefined);
  readonly #gettingReady = signal(false);
  /** Settles when a reset under way has ended and forgotten everything. */
  #resetting: Promise<void> | undefined;

  readonly definition: LabDefinition;
  /** What of the lab is on screen. */
  readonly parts: ShownParts;
  /** Servers are starting for a load test that was asked for. */
  readonly gettingReady: ReadonlySignal<boolean> = this.#gettingReady;
  /** The lab as its author wrote it. */
  readonly original: LabContent;
  readonly sides: BySide<SideSession>;
  readonly load: LoadTest;
  readonly manual: BySide<ManualRequests>;
  readonly faults: BySide<SideFaults>;
  readonly machine: ReadonlySignal<MachinePhase>;
  readonly files: ReadonlySignal<readonly LabFile[]>;
  readonly assets: ReadonlySignal<readonly LabAsset[]>;
  /** Whether the files stand among the panes of a side. */
  readonly filesInPanes: boolean;
  /** Files that cannot be right as they stand, as far as an editor has looked at them. */
  readonly mistakes: ReadonlySignal<ReadonlyMap<string, Mistake>> = this.#mistakes;
  /** The run that the reader's prediction was about, if it is the last one. */
  readonly predicted: ReadonlySignal<LoadResult | undefined> = this.#predicted;
  /** Another tab has a lab open. */
  readonly otherTab: Signal<boolean> = signal(false);
  readonly notice: ReadonlySignal<LabNotice | undefined> = this.#notice;
  /** Both sides have all their programs, or have them on their way. */
  readonly allAlive: ReadonlySignal<boolean>;
  /** A program is there or on its way. */
  readonly someAlive: ReadonlySignal<boolean>;

  constructor(options: LabSessionOptions) {
    const { definition, files } = options;
    this.#options = options;
    this.original = originalContent(definition, files);
    this.definition = definition;
    this.parts = new ShownParts(definition.shows, options.extent);
    // Where there is one that completes names and remembers lines.
    const shell = definition.machine === "linux" ? "bash" : "sh";
    this.sides = bySide(
      (side) => new SideSession(side, definition.sides[side], shell, options.makeBeside, definition.prepare),
    );
    const showNotWritten = (path: string, error: unknown) => {
      this.#notice.value = notWritten(path, error);
    };
    this.#files = new FileSync(files, this.sides, showNotWritten, options.assets);
    this.files = this.#files.files;
    this.assets = this.#files.assets;
    this.filesInPanes = options.filesElsewhere !== true;
    this.load = new LoadTest(definition.plans, this.sides, definition.paths.warm);
    this.#machine = new MachineLifecycle({
      ...options,
      sides: this.sides,
      load: this.load,
      changedOutside: (side, path) => this.#files.changedOutside(side, path),
    });
    this.machine = this.#machine.phase;
    this.manual = bySide((side) => new ManualRequests(this.sides[side], definition.paths.byHand));
    this.faults = bySide((side) => this.#faultsOf(side));
    this.allAlive = computed(() => sideNames.every((side) => missingPrograms(this.sides[side]) === undefined));
    this.someAlive = computed(() => sideNames.some((side) => hasLife(this.sides[side])));
  }

  /** Starts each program that does not run. Opens the machine first if need be. */
  async startBoth(): Promise<void> {
    if (this.#resetting) await this.#resetting;
    await this.#start(missingPrograms);
  }

  /** Starts programs of a side with the commands that stand in their command lines; those that run end first. */
  restart(side: SideName, programs: Programs = "server"): Promise<void> {
    return this.#start(() => programs, [side]);
  }

  /** Starts those of these sides whose programs do not run, or run with an older command or older files. */
  async startAsTheyStand(sides: readonly SideName[]): Promise<void> {
    await this.#files.writePending();
    await this.#start((side) => (isOutdated(side) ? "both" : undefined), sides);
  }

  /** Opens a shell beside a side's server, and the machine if need be. */
  async openShell(side: SideName): Promise<void> {
    this.parts.begin();
    this.#notice.value = undefined;
    if ((await this.#openFor([])) === undefined) return;
    await this.#files.writePending();
    await this.sides[side].openShell(this.files.value, this.assets.value);
  }

  /** Runs this command line on a side. */
  submitCommand(side: SideName, text: string): Promise<void> {
    this.sides[side].line.text.value = text;
    return this.restart(side);
  }

  /** Tries again what failed. */
  retry(): Promise<void> {
    const { value: phase } = this.machine;
    return this.#start(() => "both", phase.kind === "failed" && phase.sides.length > 0 ? phase.sides : sideNames);
  }

  /** Ends everything that runs, whatever state it is in. A machine that is restored with its servers ends with them. */
  async stopBoth(): Promise<void> {
    this.#gettingReady.value = false;
    this.load.stop();
    const { machine } = this.#machine;
    if (machine === undefined || machine.capabilities.restored) {
      this.#machine.close();
      return;
    }
    try {
      await withTimeout(stopWithin, Promise.all(sideNames.map((side) => this.sides[side].stop())));
    } catch {
      this.#machine.close();
    }
  }

  /** Kills a process of a side. */
  async kill(side: SideName, pid: Pid): Promise<void> {
    try {
      await this.sides[side].kill(pid);
    } catch (error) {
      // It was gone already: its row is about to say so.
      this.#notice.value = { kind: "failed", message: messageOf(error) };
    }
  }

  /**
   * Asks both servers as the chosen plan says, once those that were not started, or were stopped, have been started. A
   * server that ended by itself is not brought back in silence.
   */
  async startAndRun(): Promise<void> {
    if (this.#gettingReady.value || this.load.running.value) return;
    this.parts.begin();
    this.#gettingReady.value = true;
    if (this.#resetting) await this.#resetting;
    if (sideNames.some((name) => restingPrograms(this.sides[name]) !== undefined)) await this.#start(restingPrograms);
    await untilSignal(() => !this.#gettingReady.value || sideNames.every((name) => hasSettled(this.sides[name])));
    const wanted = this.#gettingReady.value;
    this.#gettingReady.value = false;
    if (wanted && this.machine.value.kind !== "failed") await this.runLoadTest();
  }

  /** Asks nobody after all: the servers go on starting. */
  cancelRun(): void {
    this.#gettingReady.value = false;
  }

  /** Asks both servers as the chosen plan says. */
  async runLoadTest(): Promise<void> {
    const { value: plan } = this.load.plan;
    const { predictions } = this.#options;
    if (plan === undefined || this.load.running.value) return;
    const run = this.load.run(this.#machine.machine);
    if (!this.load.running.value) return;
    for (const side of sideNames) this.faults[side].runBegins();
    predictions.begin(plan.name);
    const result = await run;
    const open = predictions.of(plan.name).value.shown === undefined;
    const shown = result && plan.predict && compareRun(result, plan.predict.measure);
    predictions.end(plan.name, shown);
    if (open && shown !== undefined) this.#predicted.value = result;
    const last = this.load.history.runs.peek().at(-1);
    if (result !== undefined && last?.result === result) this.#options.keepRun?.(last);
  }

  /** What the reader predicted of a plan, and what its first run showed. */
  prediction(plan: string): Prediction {
    return this.#options.predictions.of(plan).value;
  }

  /** Tells the reader something. */
  showNotice(notice: LabNotice): void {
    this.#notice.value = notice;
  }

  /** Changes a file. Servers that run get it as soon as the reader pauses. */
  editFile(path: string, text: string): void {
    this.#files.edit(path, text);
  }

  /** These command lines run on both sides before their servers start, each once. */
  prepareWith(lines: readonly string[]): void {
    for (const side of sideNames) this.sides[side].prepareWith(lines);
  }

  /** Adds a file to the lab, or takes it in the place of the one that has its path. */
  putFile(file: LabFile | LabAsset): Promise<void> {
    return this.#files.put(file);
  }

  /** Takes a file out of the lab. */
  removeFile(path: string): Promise<void> {
    this.noteMistake(path, undefined);
    return this.#files.remove(path);
  }

  /** What an editor found in a file: where it cannot be right, or nothing. */
  noteMistake(path: string, mistake: Mistake | undefined): void {
    const known = this.#mistakes.value.get(path);
    if (known?.line === mistake?.line && known?.column === mistake?.column) return;
    const others = [...this.#mistakes.value].filter(([other]) => other !== path);
    this.#mistakes.value = new Map(mistake === undefined ? others : [...others, [path, mistake]]);
  }

  /**
   * Stops everything and brings back the lab as its author wrote it. What the reader writes from now on stays, and what
   * is started waits for the end.
   */
  async reset(): Promise<void> {
    const changes = this.state();
    if (this.#resetting === undefined || !isUnchanged(changes)) {
      batch(() => {
        this.#show(this.original);
        this.#notice.value = { kind: "reset", undo: isUnchanged(changes) ? undefined : changes };
      });
    }
    this.#resetting ??= this.#endAndForget().finally(() => {
      this.#resetting = undefined;
    });
    await this.#resetting;
  }

  async #endAndForget(): Promise<void> {
    this.load.abandon();
    await this.stopBoth();
    const restored = batch(() => {
      const sides = sideNames.map((side) => {
        this.manual[side].forget();
        this.faults[side].forget();
        return this.sides[side].forget();
      });
      this.load.forget();
      this.#options.predictions.forget();
      this.#machine.forgetFailure();
      return Promise.all(sides);
    });
    try {
      await restored;
    } catch {
      // A machine that cannot put its files back is opened anew at the next start.
      this.#machine.close();
    }
  }

  /** What the reader changed. */
  state(): LabState {
    return captureState(this.original, {
      files: this.files.value,
      commands: readLines(this.sides, ({ text }) => text.value),
      plan: this.load.planName.value,
    });
  }

  /** Brings changes back. Servers that run go on as they are. */
  restore(state: LabState): void {
    const planNames = this.definition.plans.map(({ name }) => name);
    batch(() => {
      const before = this.files.value;
      this.#show(applyState(this.original, state, planNames));
      for (const file of this.files.value) if (!before.includes(file)) void this.#files.write(file.path);
      this.#notice.value = undefined;
    });
  }

  /** Brings the lab to where an exercise begins or ends. What the reader changed before can be brought back. */
  putIn(state: LabState): void {
    const changes = this.state();
    this.restore(state);
    this.#notice.value = { kind: "put in", undo: isUnchanged(changes) ? undefined : changes };
  }

  /** The page is being left: everything ends, at once. */
  leave(): void {
    const ran = this.someAlive.value;
    this.#gettingReady.value = false;
    this.#machine.close();
    if (ran) this.#notice.value = { kind: "left" };
  }

  /** Ends everything for good. */
  dispose(): void {
    this.#gettingReady.value = false;
    this.#machine.close();
    for (const side of sideNames) this.faults[side].dispose();
  }

  /** Sends one request to a side, as the reader typed it. */
  sendManually(side: SideName): void {
    if (this.manual[side].send()) this.load.onManualRequest(side);
  }

  #faultsOf(name: SideName): SideFaults {
    const side = this.sides[name];
    return new SideFaults({
      side,
      paths: this.definition.paths,
      now: () => this.#machine.now(),
      writeVersion: (always) => this.#writeVersion(side, always),
      restart: () => this.restart(name),
      progress: () => {
        const { value: phase } = this.load.phase;
        if (phase.kind !== "running" || phase.turns[name] !== "asked") return undefined;
        return this.load.ticks[name].value.at(-1) ?? { failed: 0, doneBy: {} };
      },
      runBegan: () => {
        const { value: phase } = this.load.phase;
        const { value: window } = this.load.windows[name];
        const asked = phase.kind === "running" && phase.turns[name] === "asked";
        return asked && window.kind === "run" ? window.from : undefined;
      },
      onManualRequest: () => this.load.onManualRequest(name),
    });
  }

  /**
   * Raises the app's version, unless the other side's deployment has done so and this side's server has it not; the
   * version on its disk.
   */
  async #writeVersion(side: SideSession, always: boolean): Promise<number | undefined> {
    await this.#files.writePending();
    const found = versionOf(this.files.value);
    if (found === undefined) return undefined;
    if (!always && found.version > (side.versionInUse ?? found.version)) return found.version;
    const { file, version } = found;
    this.editFile(file.path, withVersion(file.text, version + 1));
    await this.#files.writePending();
    return version + 1;
  }

  /** Starts of these sides what `wanted` names. */
  async #start(
    wanted: (side: SideSession) => Programs | undefined,
    names: readonly SideName[] = sideNames,
  ): Promise<void> {
    this.parts.begin();
    this.#notice.value = undefined;
    this.load.dismiss();
    const ready = names.flatMap((name) => {
      const side = this.sides[name];
      const programs = wanted(side);
      return programs !== undefined && side.checkCommand(programs) ? [{ name, side, programs }] : [];
    });
    if (ready.length === 0) return;
    for (const { side, programs } of ready) if (programs !== "server") side.beside?.prepare();
    const servers = ready.flatMap(({ name, programs }) => (programs === "beside" ? [] : [name]));
    const machine = await this.#openFor(servers);
    if (machine === undefined) return;
    await this.#files.takePending();
    await this.#files.writePending();
    await Promise.all(ready.map(({ side, programs }) => side.start(this.files.value, this.assets.value, programs)));
  }

  async #openFor(sides: readonly SideName[]): Promise<Machine | undefined> {
    if (this.#resetting) await this.#resetting;
    return this.#machine.openFor(sides);
  }

  #show({ files, commands, plan }: LabContent): void {
    this.#files.show(files);
    for (const program of programNames) commandLineOf(this.sides, program)?.edit(commands[program] ?? "");
    this.load.planName.value = plan;
  }
}
