/** A host's process table and ports, as the observers in its processes tell them. */
import type { Milliseconds, Pid, Port, ProcessInfo } from "../machine.ts";
import { ObservableValue } from "../observable-value.ts";
import type { ObserverEvent, ServerRequestEvent } from "./messages.ts";

interface Row {
  readonly pid: Pid;
  readonly parent: Pid;
  readonly title: string;
  readonly started: Milliseconds;
  readonly spawn: number;
  readonly ports: Set<Port>;
  /** It listens, or has a child that it started. */
  up: boolean;
  answered: number;
  underWay: number;
}

/** Processes without an observer get numbers of their own, above all that a system gives. */
const firstUnobserved: Pid = 10_000_000;

/** The rows of one host. */
export class HostProcesses {
  readonly processes = new ObservableValue<readonly ProcessInfo[]>([]);
  readonly ports = new ObservableValue<readonly Port[]>([]);
  readonly #rows = new Map<Pid, Row>();
  readonly #waitingForSpawn = new Map<number, (pid: Pid) => void>();
  #unobserved = firstUnobserved;

  /** Resolves when the first process of a spawn has said that it lives. */
  started(spawn: number): Promise<Pid> {
    return new Promise((resolve) => this.#waitingForSpawn.set(spawn, resolve));
  }

  has(pid: Pid): boolean {
    return this.#rows.has(pid);
  }

  /** It has no observer, and a number that no system gave it. */
  isUnobserved(pid: Pid): boolean {
    return pid > firstUnobserved;
  }

  pids(): readonly Pid[] {
    return [...this.#rows.keys()];
  }

  onEvent(news: ObserverEvent): void {
    if (news.news === "started") {
      this.#started(news);
      return;
    }
    const row = this.#rows.get(news.pid);
    if (!row) return;
    switch (news.news) {
      case "listening":
        row.up = true;
        row.ports.add(news.port);
        break;
      case "closed":
        row.ports.delete(news.port);
        break;
      case "requests":
        count(row, news.requests);
        break;
      case "gone":
        this.#rows.delete(news.pid);
        break;
    }
    this.#publish();
  }

  /** A row for a program that has no observer. */
  addUnobserved(title: string, spawn: number, started: Milliseconds): Pid {
    const pid = ++this.#unobserved;
    this.#add({ pid, parent: 0, title, started, spawn, up: true });
    return pid;
  }

  remove(pid: Pid): void {
    if (this.#rows.delete(pid)) this.#publish();
  }

  clear(): void {
    this.#rows.clear();
    this.#publish();
  }

  #started({ pid, parent, title, spawn, at }: Extract<ObserverEvent, { news: "started" }>): void {
    const above = this.#rows.get(parent);
    if (above) above.up = true;
    this.#add({ pid, parent, title, spawn, started: at, up: false });
    this.#waitingForSpawn.get(spawn)?.(pid);
    this.#waitingForSpawn.delete(spawn);
  }

  #add(row: Omit<Row, "ports" | "answered" | "underWay">): void {
    this.#rows.set(row.pid, { ...row, ports: new Set(), answered: 0, underWay: 0 });
    this.#publish();
  }

  #publish(): void {
    const rows = [...this.#rows.values()].sort((a, b) => a.pid - b.pid);
    this.processes.set(rows.map(info));
    const ports = [...new Set(rows.flatMap((row) => [...row.ports]))].sort((a, b) => a - b);
    if (ports.join() !== this.ports.get().join()) this.ports.set(ports);
  }
}

function count(row: Row, requests: readonly ServerRequestEvent[]): void {
  for (const { what } of requests) {
    if (what === "accepted") row.underWay++;
    if (what === "ended") {
      row.underWay--;
      row.answered++;
    }
  }
}

function info({ pid, parent, title, started, up, underWay, answered }: Row): ProcessInfo {
  const state = underWay > 0 ? "running" : up ? "waiting" : "starting";
  return { pid, parent, title, started, state, requests: answered };
}
