/** A host of the guest, as the emulator's worker knows it. */
import type {
  ExitStatus,
  Milliseconds,
  Pid,
  Port,
  ProcessInfo,
  RequestEvent,
  RequestOutcome,
  Signal,
  TerminalSize,
} from "../machine.ts";
import { signalNumbers } from "../machine.ts";
import { Listeners, ObservableValue } from "../observable-value.ts";
import { HeardOutput } from "../remote/heard-output.ts";
import type { SpawnedProcess } from "../remote/hosts-service.ts";
import type { GuestConnection, HostNumber } from "./guest-connection.ts";
import type { Acceptance, Closing, GuestEvent, GuestProcess } from "./messages.ts";

/** A connection of the page's that a host has, or will have, accepted. */
interface PageConnection {
  readonly port: Port;
  pid?: Pid;
  readonly opened: Milliseconds;
  acceptedAt?: Milliseconds;
  /** The request under way on it. */
  request?: {
    readonly id: number;
    readonly path: string;
    readonly label?: string;
    readonly began: Milliseconds;
    firstByte?: Milliseconds;
  };
  /** Answered before it was known which process had accepted it. */
  answered: number;
  /** Requests whose end is told once it is known who accepted them. */
  readonly ended: (() => void)[];
  /** Nothing more will be asked on it. */
  closed: boolean;
}

/** A connection from the same host that a process has accepted and not closed. */
type LocalConnection = Required<Pick<RequestEvent, "id" | "port" | "pid" | "tid" | "queued" | "accepted" | "local">>;

const nobody: Pid = 0;
/**
 * Only of these connections the end is told, too (`linux/guest/accepted.c`): the agent accepts the page's, which lasts.
 */
const loopback = "127.";

/** Process table, ports and requests of one host. */
export class GuestHost {
  readonly processes = new ObservableValue<readonly ProcessInfo[]>([]);
  readonly ports = new ObservableValue<readonly Port[]>([]);
  readonly fileChanges = new Listeners<string>();
  readonly requestEvents = new Listeners<readonly RequestEvent[]>();
  /** What the page wrote last, by path. */
  readonly written = new Map<string, Uint8Array>();
  #rows: readonly GuestProcess[] = [];
  readonly #connections = new Map<Port, PageConnection>();
  /** By the process that has each, and its other end's port. */
  readonly #local = new Map<string, LocalConnection>();
  readonly #requests = new Map<Pid, number>();
  #requestId = 0;

  constructor(
    readonly name: string,
    readonly number: HostNumber,
    /** Milliseconds on the machine's clock. */
    private readonly now: () => Milliseconds,
    /** From seconds on the guest's clock to the machine's. */
    private readonly fromGuest: (seconds: number) => Milliseconds,
  ) {}

  onEvent(news: Extract<GuestEvent, { host: string }>): void {
    switch (news.news) {
      case "host": {
        const here = new Set(news.processes.map(([pid]) => pid));
        const gone = new Set(this.#rows.flatMap(([pid]) => (here.has(pid) ? [] : pid)));
        this.#rows = news.processes;
        for (const pid of gone) this.#requests.delete(pid);
        for (const [key, { pid }] of this.#local) if (gone.has(pid)) this.#endLocal(key, this.now(), "failed");
        this.#publish();
        const ports = [...news.ports];
        if (ports.join() !== this.ports.get().join()) this.ports.set(ports);
        break;
      }
      case "accepted":
        for (const acceptance of news.accepted) this.#accepted(acceptance);
        for (const closing of news.closed) this.#closed(closing);
        this.#publish();
        break;
      case "file":
        this.fileChanges.emit(news.path);
    }
  }

  /**
   * Everything on it has been ended. The agent's next look may come after the next program has begun, which must not be
   * taken for one that listens already.
   */
  stopped(): void {
    this.onEvent({ news: "host", host: this.name, processes: [], ports: [] });
  }

  /** A connection of the page's is being opened. */
  connecting(connection: GuestConnection, port: Port): void {
    this.#connections.set(connection.localPort, { port, opened: this.now(), answered: 0, ended: [], closed: false });
  }

  disconnected(connection: GuestConnection): void {
    const known = this.#connections.get(connection.localPort);
    if (known?.request) this.requestEnded(connection, "failed");
    // The agent's word about it may still be on its way.
    if (known?.pid !== undefined) this.#connections.delete(connection.localPort);
    else if (known) known.closed = true;
  }

  requestBegan(connection: GuestConnection, path: string, label: string | undefined): void {
    const known = this.#connections.get(connection.localPort);
    if (!known) return;
    const id = ++this.#requestId;
    known.request = { id, path, began: this.now(), ...(label === undefined ? {} : { label }) };
    this.#emit(known);
  }

  requestGotBytes(connection: GuestConnection): void {
    const known = this.#connections.get(connection.localPort);
    if (known?.request && known.request.firstByte === undefined) known.request.firstByte = this.now();
  }

  requestEnded(connection: GuestConnection, outcome: RequestOutcome): void {
    const known = this.#connections.get(connection.localPort);
    if (!known?.request) return;
    const end = this.now();
    if (outcome !== "failed") {
      if (known.pid === undefined) known.answered++;
      else this.#count(known.pid, 1);
    }
    const { request } = known;
    const tell = () => this.#emit({ ...known, request }, { end, outcome });
    // The agent's word about it may still be on its way.
    if (known.pid === undefined && outcome !== "failed") known.ended.push(tell);
    else tell();
    delete known.request;
    this.#publish();
  }

  #accepted([pid, address, port, localPort, at]: Acceptance): void {
    const known = this.#fromPage(address) ? this.#connections.get(port) : undefined;
    if (!known) {
      // Of a proxy in the guest, or so: each of its connections is a request.
      this.#count(pid, 1);
      if (address.startsWith(loopback)) this.#acceptedLocal(pid, port, localPort, this.fromGuest(at));
      return;
    }
    known.pid = pid;
    known.acceptedAt = Math.max(known.opened, this.fromGuest(at));
    this.#count(pid, known.answered);
    known.answered = 0;
    if (known.request) this.#emit(known);
    for (const tell of known.ended.splice(0)) tell();
    if (known.closed) this.#connections.delete(port);
  }

  #acceptedLocal(pid: Pid, peer: Port, port: Port, at: Milliseconds): void {
    const key = `${pid} ${peer}`;
    this.#endLocal(key, at, "failed");
    const id = ++this.#requestId;
    const connection: LocalConnection = { id, port, pid, tid: pid, queued: at, accepted: at, local: true };
    this.#local.set(key, connection);
    this.requestEvents.emit([connection]);
  }

  #closed([pid, peer, at]: Closing): void {
    this.#endLocal(`${pid} ${peer}`, this.fromGuest(at), "answered");
  }

  #endLocal(key: string, end: Milliseconds, outcome: "answered" | "failed"): void {
    const connection = this.#local.get(key);
    if (!connection) return;
    this.#local.delete(key);
    this.requestEvents.emit([{ ...connection, end: Math.max(end, connection.accepted), outcome }]);
  }

  #fromPage(address: string): boolean {
    return address === `10.0.${this.number}.1`;
  }

  #count(pid: Pid, requests: number): void {
    this.#requests.set(pid, (this.#requests.get(pid) ?? 0) + requests);
  }

  #emit(
    { request, port, pid, opened, acceptedAt }: PageConnection,
    ended: Pick<RequestEvent, "end" | "outcome"> = {},
  ): void {
    if (!request) return;
    const first = acceptedAt !== undefined && acceptedAt >= opened;
    this.requestEvents.emit([
      {
        id: request.id,
        port,
        path: request.path,
        ...(request.label === undefined ? {} : { label: request.label }),
        queued: Math.min(request.began, ended.end ?? request.began),
        ...(pid === undefined || !first
          ? {}
          : { pid, tid: pid, accepted: between(request.began, acceptedAt, ended.end) }),
        ...(request.firstByte === undefined ? {} : { firstByte: request.firstByte }),
        ...ended,
      },
    ]);
  }

  #publish(): void {
    this.processes.set(
      this.#rows.map(([pid, parent, title, state, started]) => ({
        pid,
        parent: parent || nobody,
        title,
        state,
        started: this.fromGuest(started),
        requests: this.#requests.get(pid) ?? 0,
      })),
    );
  }
}

/** The two clocks agree to a few milliseconds only: no moment comes before the one that it follows. */
function between(least: Milliseconds, moment: Milliseconds, most: Milliseconds | undefined): Milliseconds {
  return Math.max(least, Math.min(moment, most ?? moment));
}

/** A program in the guest, on a terminal. */
export class GuestProcessHandle implements SpawnedProcess {
  readonly #exit = Promise.withResolvers<ExitStatus>();
  readonly #printed: Uint8Array[] = [];
  readonly #output = new HeardOutput();
  #listener: ((bytes: Uint8Array) => void) | undefined;

  /** Known once the guest has started it. */
  pid: Pid = nobody;
  /** It ran when the snapshot was taken. */
  kept = false;

  constructor(
    readonly id: number,
    private readonly send: {
      input(id: number, bytes: Uint8Array): void;
      resize(id: number, size: TerminalSize): void;
    },
  ) {}

  onOutput(listener: (bytes: Uint8Array) => void): void {
    for (const bytes of this.#printed.splice(0)) void this.#output.emit(listener, bytes);
    this.#listener = listener;
  }

  input(bytes: Uint8Array): void {
    this.send.input(this.id, bytes);
  }

  resize(size: TerminalSize): void {
    this.send.resize(this.id, size);
  }

  exited(): Promise<ExitStatus> {
    return this.#output.before(this.#exit.promise);
  }

  print(bytes: Uint8Array): void {
    if (this.#listener) void this.#output.emit(this.#listener, bytes);
    else this.#printed.push(bytes);
  }

  end(code: number | undefined, signal: number | undefined): void {
    this.#exit.resolve(
      signal === undefined ? { kind: "exited", code: code ?? 0 } : { kind: "killed", signal: signalName(signal) },
    );
  }
}

/** A signal that the contract has no name for ended the process as SIGKILL would have. */
function signalName(number: number): Signal {
  for (const [name, each] of Object.entries(signalNumbers)) if (each === number && isSignal(name)) return name;
  return "SIGKILL";
}

function isSignal(name: string): name is Signal {
  return name in signalNumbers;
}
