/** What the faults of a side do. Loaded when the first one is caused. */
import { effect } from "@preact/signals";
import type { FaultKind } from "../../lab-definition/schema.ts";
import type { Host, Milliseconds, Pid, ProcessInfo } from "../../machine/machine.ts";
import { faultStrings } from "../../strings/strings.ts";
import { messageOf } from "../basics/message-of.ts";
import { formatCount, formatMemory, formatTime } from "../basics/number-format.ts";
import { parseCommand } from "../command/parse-command-line.ts";
import type { FaultContext, FaultJournal, RunProgress } from "./fault.ts";
import { SlowClient } from "./slow-client.ts";
import { type WayOfDeploying, wayOfDeploying } from "./way-of-deploying.ts";

const words = faultStrings;
/** Clients that come with one click. As many as a small server has workers. */
const slowClients = 4;
/** Requests of one click. */
const leaks = 5;
/** A side that has taken this much is not asked to take more: it is the reader's memory, in bytes. */
const mostMemory = 1_000_000_000;
const leakWithin: Milliseconds = 20_000;
/** The lab's own client stays no longer on a page that hangs. */
const hangWithin: Milliseconds = 120_000;
const replacedWithin: Milliseconds = 8000;
const deployedWithin: Milliseconds = 30_000;
const memoryToldWithin: Milliseconds = 500;

/** The faults themselves. What they come to is written in the journal. */
export class FaultRunner {
  readonly #context: FaultContext;
  readonly #journal: FaultJournal;
  #deploying = false;

  constructor(context: FaultContext, journal: FaultJournal) {
    this.#context = context;
    this.#journal = journal;
  }

  /** Causes a fault, or ends the slow clients. Rejects if that did not work. */
  cause(kind: FaultKind): Promise<void> {
    return this.#acts[kind]();
  }

  readonly #acts: Readonly<Record<FaultKind, () => Promise<void>>> = {
    kill: () => this.#kill(),
    hang: () => this.#hang(),
    "slow-client": () => (this.#journal.slow.value.length > 0 ? this.#endSlowClients() : this.#connectSlowClients()),
    leak: () => this.#leak(),
    deploy: () => this.#deploy(),
  };

  async #kill(): Promise<void> {
    const { side } = this.#context;
    const { workers, mains } = side.workforce.value;
    const living = this.#workersProper(workers.filter(({ state }) => state !== "zombie"));
    const inHand = side.requests.inHand();
    const most = Math.max(...living.map(({ pid }) => inHand.get(pid) ?? 0));
    const busiest = living.filter(({ pid }) => (inHand.get(pid) ?? 0) === most);
    const victim = busiest[Math.floor(Math.random() * busiest.length)];
    if (victim === undefined) {
      this.#journal.refuse(words.noProcess(side.definition.title));
      return;
    }
    const { pid } = victim;
    const before = new Set(workers.map((worker) => worker.pid));
    const at = this.#now();
    await side.kill(pid);
    this.#journal.mark("kill", at);
    const killed = words.killed(pid, mains.length > 0, inHand.get(pid) ?? 0);
    const say = this.#journal.note("kill", killed, at);
    if (mains.length === 0) return;
    let next: Pid | undefined;
    const replaced = await until(replacedWithin, () => {
      next = side.workforce.value.workers.find((worker) => !before.has(worker.pid))?.pid;
      return next !== undefined || !side.alive.value;
    });
    if (replaced && next !== undefined) say(`${killed} ${words.replaced(next, formatTime(this.#now() - at))}`);
    else if (side.alive.value) say(`${killed} ${words.notReplaced}`);
  }

  /** Without a proxy's processes, once it has handed a request on. */
  #workersProper(workers: readonly ProcessInfo[]): readonly ProcessInfo[] {
    const { side } = this.#context;
    const behind = side.requests.behindProxyOn(side.port.value);
    const proper = workers.filter(({ pid }) => behind.has(pid));
    return proper.length > 0 ? proper : workers;
  }

  async #hang(): Promise<void> {
    if (!this.#listens()) return;
    const { side, paths } = this.#context;
    const at = this.#now();
    this.#journal.mark("hang", at);
    const sent = words.hanging(paths.hang);
    const say = this.#journal.note("hang", sent, at);
    const label = `hang ${this.#journal.lastId}`;
    const stop = side.requests.onChange(() => {
      const pid = side.requests.labelled(label)?.pid;
      if (pid === undefined) return;
      stop();
      say(`${sent} ${words.hangsIn(pid)}`);
    });
    const outcome = await side.ask(paths.hang, { label, timeout: hangWithin }).then(
      ({ status }) => words.hangAnswered(status),
      (error: unknown) => words.hangEnded(messageOf(error)),
    );
    stop();
    say(`${sent} ${outcome} ${words.after(formatTime(this.#now() - at))}`);
  }

  async #connectSlowClients(): Promise<void> {
    if (!this.#listens()) return;
    const target = this.#context.side.target();
    if (target === undefined) return;
    const at = this.#now();
    const clients = await connectAll(target, slowClients);
    this.#journal.slow.value = [...this.#journal.slow.value, ...clients];
    // Stopped meanwhile: nobody else would end them.
    if (!this.#context.side.alive.value) await this.#endSlowClients();
    this.#journal.mark("slow-client", at);
    const say = this.#journal.note("slow-client", words.slowConnected(clients.length), at);
    const ends = await Promise.all(
      clients.map(async (client) => {
        const who = await client.over;
        this.#journal.slow.value = this.#journal.slow.value.filter((each) => each !== client);
        return who;
      }),
    );
    const byServer = ends.filter((who) => who === "server").length;
    say(words.slowOver(clients.length, byServer, formatTime(this.#now() - at)));
  }

  async #endSlowClients(): Promise<void> {
    for (const client of this.#journal.slow.peek()) client.hangUp();
  }

  async #leak(): Promise<void> {
    if (!this.#listens()) return;
    const { side, paths } = this.#context;
    const taken = side.memory.value ?? 0;
    if (taken > mostMemory) {
      this.#journal.refuse(words.tooMuchMemory(side.definition.title, formatMemory(taken)));
      return;
    }
    const before = this.#memoryByProcess();
    const at = this.#now();
    this.#journal.mark("leak", at);
    const asked = words.leaking(leaks, paths.leak);
    const say = this.#journal.note("leak", asked, at);
    let answered = 0;
    for (let request = 0; request < leaks; request += 1) {
      const { status } = await side.ask(paths.leak, { label: `leak ${this.#journal.lastId}`, timeout: leakWithin });
      if (status < 400) answered += 1;
    }
    if (answered === 0) {
      say(words.leakRefused(paths.leak));
      return;
    }
    // What a process has taken is told a moment after its answer, and each tells for itself.
    await new Promise((resolve) => setTimeout(resolve, memoryToldWithin));
    // A worker that has come meanwhile, or gone, has leaked nothing.
    const after = this.#memoryByProcess();
    const stayed = [...before.keys()].filter((pid) => after.has(pid));
    const sum = (memory: ReadonlyMap<Pid, number>) =>
      formatMemory(stayed.reduce((total, pid) => total + (memory.get(pid) ?? 0), 0));
    say(`${asked} ${words.leaked(sum(before), sum(after))}`);
  }

  /** Bytes that each living process has taken. */
  #memoryByProcess(): ReadonlyMap<Pid, number> {
    const { mains, workers } = this.#context.side.workforce.value;
    return new Map(
      [...mains, ...workers].flatMap(({ pid, state, memory }) =>
        state === "zombie" || memory === undefined ? [] : [[pid, memory] as const],
      ),
    );
  }

  async #deploy(): Promise<void> {
    const parsed = parseCommand(this.#context.side.line.text.value);
    if (!parsed.ok || !this.#listens()) return;
    if (this.#deploying) {
      this.#journal.refuse(words.deploying);
      return;
    }
    this.#deploying = true;
    const before = this.#context.progress();
    const deployment = this.#deployBy(wayOfDeploying(parsed.command.argv, parsed.command.env)).finally(() => {
      this.#deploying = false;
    });
    const counts = before && this.#countUntilEndOfRun(before);
    const told = await deployment;
    if (told !== undefined && counts !== undefined) told.say(`${told.text} ${await counts}`);
  }

  /** Brings a new version into use; what was told of it, if there was one. */
  async #deployBy(way: WayOfDeploying): Promise<{ text: string; say: (text: string) => void } | undefined> {
    const { side, writeVersion, restart } = this.#context;
    const at = this.#now();
    // A reloader has put every change into use already: what is to be deployed must be a new one.
    const version = await writeVersion(way === "reloader");
    if (version === undefined) {
      this.#journal.refuse(words.noVersion);
      return undefined;
    }
    this.#journal.mark("deploy", at);
    const written = `${words.written(version)} ${words.ways[way]}`;
    const say = this.#journal.note("deploy", written, at);
    await this.#bringIntoUse(way, restart);
    await until(deployedWithin, () => this.#allStartedSince(at) || !side.alive.value);
    const inUse = this.#allStartedSince(at);
    if (inUse) {
      side.changeInUse(version);
      this.#journal.mark("inUse", this.#now(), version);
    }
    const text = `${written} ${inUse ? words.inUse(formatTime(this.#now() - at)) : words.notInUse(side.alive.value)}`;
    say(text);
    return { text, say };
  }

  async #bringIntoUse(way: WayOfDeploying, restart: () => Promise<void>): Promise<void> {
    const { side } = this.#context;
    const master = side.workforce.value.mains[0]?.pid;
    if (way === "SIGHUP" && master !== undefined) await side.signal(master, "SIGHUP");
    else if (way !== "reloader") await restart();
  }

  /** Every process that answers began after this moment: it has read the files as they are now. */
  #allStartedSince(at: Milliseconds): boolean {
    const { side } = this.#context;
    const { workers } = side.workforce.value;
    const up = workers.every(({ state, started }) => state !== "starting" && state !== "zombie" && started >= at);
    return side.port.value !== undefined && workers.length > 0 && up && side.phase.value.kind === "running";
  }

  /** What the load test sees from here to its end, in words. */
  async #countUntilEndOfRun(before: RunProgress): Promise<string> {
    let last = before;
    await until(Number.POSITIVE_INFINITY, () => {
      const now = this.#context.progress();
      if (now !== undefined) last = now;
      return now === undefined;
    });
    const earlier = new Map(Object.entries(before.doneBy ?? {}));
    const versions = Object.entries(last.doneBy ?? {})
      .map(([version, count]): readonly [string, number] => [version, count - (earlier.get(version) ?? 0)])
      .filter(([, count]) => count > 0)
      .map(([version, count]): readonly [string, string] => [version, formatCount(count)]);
    return words.counted(last.failed - before.failed, versions);
  }

  #listens(): boolean {
    const { side, onManualRequest } = this.#context;
    if (side.target() !== undefined) {
      onManualRequest();
      return true;
    }
    this.#journal.refuse(words.notRunning(side.definition.title, side.alive.value));
    return false;
  }

  #now(): Milliseconds {
    return this.#context.now() ?? 0;
  }
}

/** Connects several slow clients, or as many as find a server. Rejects if none does. */
async function connectAll({ host, port }: { host: Host; port: number }, count: number): Promise<readonly SlowClient[]> {
  const made = await Promise.allSettled(Array.from({ length: count }, () => host.connect(port)));
  const clients = made.flatMap((each) => (each.status === "fulfilled" ? new SlowClient(each.value) : []));
  const [first] = made;
  if (clients.length === 0 && first?.status === "rejected") throw first.reason;
  return clients;
}

/**
 * Resolves with true as soon as `condition` holds, which reads signals; with false when `limit` milliseconds have
 * passed.
 */
function until(limit: Milliseconds, condition: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = () => {};
    let over = false;
    const end = (held: boolean) => {
      over = true;
      clearTimeout(timer);
      stop();
      resolve(held);
    };
    stop = effect(() => {
      if (!over && condition()) end(true);
    });
    if (over) stop();
    else if (Number.isFinite(limit)) timer = setTimeout(() => end(false), limit);
  });
}
