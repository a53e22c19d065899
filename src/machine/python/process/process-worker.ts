/** Entry of a process's worker: a CPython with one program in it. */
import type { PyodideInterface } from "pyodide";
import type { PyProxy } from "pyodide/ffi";
import type { ArchiveAnswer, ArchiveRequest } from "../frame/archive.ts";
import type { KernelMessage, ProcessMessages, ProcessStart } from "../kernel/protocol.ts";
import { commandLine } from "../programs/python/command-line.ts";
import { commandFiles } from "../programs/python/find-command.ts";
import type { PythonProgram } from "../programs/python/python-run.ts";
import { type Bridge, type BridgeFunction, createBridge } from "./bridge.ts";
import { KernelChannel, type KernelPort } from "./channel.ts";
import { Descriptors } from "./descriptors.ts";
import { addDevices } from "./devices.ts";
import { CreationMask } from "./files/creation-mask.ts";
import { FileReplica } from "./files/file-replica.ts";
import { putImageFile } from "./files/image-file.ts";
import { ProcReplica } from "./files/proc-replica.ts";
import type { InheritedMapping } from "./files/shared-mappings.ts";
import { bootInterpreter, type InterpreterImage, prepareInterpreter } from "./interpreter.ts";
import { LocalTime } from "./local-time.ts";
import { type FileSystem, moduleOf, type PyodideModule } from "./pyodide-internals.ts";
import {
  copyMemory,
  type ForkPosition,
  framesThatGoOn,
  type MemoryCopy,
  type Placeholder,
  resumeAfterFork,
} from "./snapshot/fork.ts";
import { makeTemplate } from "./snapshot/template.ts";
import { Interrupts } from "./waiting/interrupts.ts";
import { Suspension } from "./waiting/suspension.ts";
import { ThreadWaiters } from "./waiting/thread-waiters.ts";

/** What the frame sends a new worker: make the template, load your scripts, be a process. */
export type WorkerTask =
  | { task: "prepare"; emscriptenScript: InterpreterImage["emscriptenScript"] }
  /** What a process has asked for has come. */
  | { task: "archive"; answer: ArchiveAnswer }
  | { task: "template"; image: InterpreterImage; preparedCode?: Blob }
  | {
      task: "process";
      image: InterpreterImage;
      /** The template's memory; absent in the child of a fork, which has its parent's. */
      template?: ArrayBuffer;
      start: ProcessStart;
      port: MessagePort;
      /** `performance.timeOrigin` of the kernel's worker: all processes share its clock. */
      clockOrigin: number;
    };

/** What a template worker answers. */
export interface TemplateMade {
  template: ArrayBuffer;
}

/**
 * What a process says of its beginning: that it has its memory, or that its template did not load and somebody else has
 * to begin, with what was handed over.
 */
export type WorkerEvent = { begun: true } | { unusable: string; port: MessagePort };

/** What `/proc` says that runs: CPython, as `sys.executable` has it. */
const executable = "/usr/local/bin/python3";

/** What a fork carries besides the memory. */
interface Resume {
  readonly position: ForkPosition;
  readonly upcomingToken: number;
  readonly mappings: readonly InheritedMapping[];
}

self.onmessage = (event: MessageEvent<WorkerTask>) => {
  // Who has started this worker hears of errors, not of rejected promises.
  perform(event.data).catch(reportError);
};

async function perform(task: WorkerTask): Promise<void> {
  if (task.task === "prepare") {
    await prepareInterpreter(task.emscriptenScript);
    return;
  }
  if (task.task === "archive") {
    archiveAnswers.get(task.answer.request)?.(task.answer);
    archiveAnswers.delete(task.answer.request);
    return;
  }
  if (task.task === "template") {
    const preparedCode = await task.preparedCode?.arrayBuffer();
    const template = makeTemplate(await bootInterpreter(task.image, preparedCode ? { preparedCode } : {}));
    const made: TemplateMade = { template };
    self.postMessage(made, { transfer: [template] });
    return;
  }
  shareClock(task.clockOrigin);
  await runProcess(task.image, task.template, task.start, task.port);
}

/** Those who wait for something from the archive, by the numbers of their requests. */
const archiveAnswers = new Map<number, (answer: ArchiveAnswer) => void>();
let lastRequest = 0;

function askArchive(kind: ArchiveRequest["kind"], name: string): Promise<ArchiveAnswer> {
  lastRequest += 1;
  const request: ArchiveRequest = { request: lastRequest, kind, name };
  const { promise, resolve } = Promise.withResolvers<ArchiveAnswer>();
  archiveAnswers.set(lastRequest, resolve);
  self.postMessage(request);
  return promise;
}

// A rejected promise does not end a worker, an error does: the kernel then hears that the process has crashed.
self.onunhandledrejection = (event) => {
  setTimeout(() => {
    throw event.reason;
  });
};

/** Makes `performance.now()`, and with it CPython's monotonic clock, that of the kernel. */
function shareClock(origin: number): void {
  const own = performance.now.bind(performance);
  const offset = performance.timeOrigin - origin;
  performance.now = () => own() + offset;
}

async function runProcess(
  image: InterpreterImage,
  template: ArrayBuffer | undefined,
  start: ProcessStart,
  port: MessagePort,
): Promise<void> {
  const program = start.image ? undefined : commandLine(start.argv, start.env, start.files, start.cwd);
  if (program?.kind === "unknown") {
    endWithout(program.message, program.exitCode, port);
    return;
  }
  const snapshot = start.image?.memory ?? template;
  // A restored memory refers to the bridge before its functions can be made.
  const bridge: Record<string, BridgeFunction> = {};
  const localTime = new LocalTime();
  let pyodide: PyodideInterface;
  try {
    pyodide = await bootInterpreter(image, {
      localTime,
      ...(snapshot ? { snapshot } : {}),
      restore: (placeholder) => restored(placeholder, bridge),
    });
  } catch (error) {
    if (!template) throw error;
    const answer: WorkerEvent = { unusable: String(error), port };
    self.postMessage(answer, { transfer: [port] });
    return;
  }
  const begun: WorkerEvent = { begun: true };
  self.postMessage(begun);
  const module = moduleOf(pyodide);
  putPrograms(module.FS);
  addDevices(module.FS);

  const waiters = new ThreadWaiters();
  const channel = new KernelChannel(
    kernelPort(port, () => module.HEAPU8.length),
    (message) => receive(message),
  );
  const creationMask = new CreationMask(module.FS, start.umask);
  const replica = new FileReplica(module.FS, channel, start.pid, () => module.HEAPU8);
  channel.onFlush = () => {
    descriptors.declineOffers();
    descriptors.putBackShared();
    replica.positions.post();
    replica.mappings.publish();
  };
  const suspension = new Suspension(module, start.pid);
  const descriptors = new Descriptors(module.FS, channel, () => suspension.thread);
  const interrupts = new Interrupts(() => channel.flush());

  function receive(message: KernelMessage): void {
    if (message.op === "signal") waiters.signal(message.signal);
    else if (message.op === "file") replica.apply(message.change, message.author, message.refused);
    else if (message.op === "position") replica.positions.moved(message.fd, message.position, message.heard);
    else if (message.op === "windowSize") descriptors.resizeTerminals(message.columns, message.rows);
    else if (message.op === "broken") descriptors.broken(message.fd, message.errno, message.heard);
    else if (message.op === "abandoned") descriptors.abandoned(message.fd, message.heard);
    else if (message.op === "parent") start.parent = message.pid;
    else if (message.op === "stop") suspension.stop();
    else if (message.op === "continue") suspension.continue();
  }

  let copy: MemoryCopy | undefined;
  Object.assign(
    bridge,
    createBridge({
      localTime,
      start,
      channel,
      descriptors,
      replica,
      proc: new ProcReplica(module.FS),
      creationMask,
      waiters,
      interrupts,
      suspension,
      framesThatGoOn: () => framesThatGoOn(module).length,
      copyMemory: () => {
        try {
          copy = copyMemory(module, (value) => placeholderFor(value, bridge));
          return true;
        } catch (error) {
          if (error instanceof RangeError) return false;
          throw error;
        }
      },
      takeCopy: () => {
        if (!copy) throw new Error("fork without a copy of the memory");
        const mappings = replica.mappings.all();
        const resume: Resume = { position: copy.position, upcomingToken: waiters.upcomingToken, mappings };
        return { memory: copy.memory, resume };
      },
      startCarrier: () => {
        pyodide.pyimport("_thread")._run_carrier.callPromising();
      },
      isProgram: (path) => isProgram(module, path),
      hashingScript: image.hashingScript,
      bringFromArchive: async (kind, name, path) => {
        const answer = await askArchive(kind, name);
        if ("failed" in answer) return answer.failed;
        return putImageFile(module.FS, path, answer.file) ? "" : "the machine is being taken away";
      },
      memoryBytes: () => module.HEAPU8.length,
    }),
  );

  replica.fill(start.files);
  tellOfFolders(module.FS, channel);
  descriptors.inherit(start.descriptors, (descriptor) => replica.openInherited(descriptor));
  pyodide.pyimport("posix_layer.bridge").attach(bridge, pyodide.toPy(Object.keys(bridge)));
  interrupts.install(pyodide);
  const waiting: PyProxy = pyodide.pyimport("posix_layer.waiting");
  /** Calls a function that says `waiting.entered()` first. Others run in turns of their own, while no thread is current. */
  const enterPython = (called: PyProxy, ...args: readonly unknown[]): Promise<unknown> => {
    waiting.entering = true;
    return called.callPromising(...args);
  };
  const life: PyProxy = pyodide.pyimport("posix_layer.program");

  if (program) {
    const ignored = start.dispositions.filter((one) => one.disposition === "ignore").map((one) => one.signal);
    life.prepare(
      pyodide.toPy(program.argv),
      program.executable,
      pyodide.toPy(start.env),
      start.cwd,
      pyodide.toPy(ignored),
      pyodide.toPy(originalArguments(program, start.argv)),
      pyodide.toPy(program.options ?? []),
    );
    channel.post({ op: "booted", executable });
    channel.flush();
    interrupts.turnBegins();
    await enterPython(life.run, program.run.kind, program.run.target);
  } else {
    const resume = start.image?.resume as Resume;
    waiters.startTokensAt(resume.upcomingToken);
    replica.mappings.inherit(resume.mappings, (inode) => replica.nodeOf(inode));
    life.prepare_child(start.cwd);
    channel.post({ op: "booted", executable });
    await enterPython(pyodide.pyimport("posix_layer.posix").after_fork_in_child);
    interrupts.turnBegins();
    const { failed } = await resumeAfterFork(module, resume.position, () => {
      if (suspension.thread === start.pid) return;
      suspension.thread = start.pid;
      waiting.current = waiting.main;
    });
    await enterPython(life.after_fork, failed);
  }
}

/** `sys.orig_argv` behind the interpreter: what that was given, by the caller or by the first line of a script. */
function originalArguments({ argv, run }: PythonProgram, given: readonly string[]): readonly string[] {
  return run.kind === "file" && argv.length === given.length ? argv : given.slice(1);
}

/** The kernel hears where the process stands, for `/proc`. */
function tellOfFolders(fs: FileSystem, channel: KernelChannel): void {
  const { chdir } = fs;
  fs.chdir = (path) => {
    chdir(path);
    channel.post({ op: "cwd", path: fs.cwd() });
  };
}

/** A program that does not exist says so and ends, as a shell would answer. */
function endWithout(message: string, code: number, port: MessagePort): void {
  const messages: ProcessMessages = [
    { op: "booted" },
    { op: "send", fd: 2, tid: 0, bytes: new TextEncoder().encode(`${message}\n`) },
    { op: "exit", code },
  ];
  port.postMessage(messages);
}

/** A process that has grown says so before whatever it says next. */
function kernelPort(port: MessagePort, memoryBytes: () => number): KernelPort {
  let told = 0;
  const typed: KernelPort = {
    postMessage: (message, transfer) => {
      const bytes = memoryBytes();
      if (bytes !== told) message.unshift({ op: "memory", bytes });
      told = bytes;
      port.postMessage(message, transfer);
    },
    onmessage: null,
  };
  port.onmessage = (event: MessageEvent<KernelMessage[]>) => typed.onmessage?.(event);
  return typed;
}

/** Every command stands where `shutil.which` and `subprocess` look for it. */
function putPrograms(fs: FileSystem): void {
  for (const folder of ["/usr/local/bin", "/usr/bin"]) fs.mkdirTree(folder);
  if (!fs.analyzePath("/bin").exists) fs.symlink("/usr/bin", "/bin");
  for (const [path, text] of commandFiles) {
    fs.writeFile(path, text);
    fs.chmod(path, 0o755);
  }
}

function isProgram(module: PyodideModule, path: string): boolean {
  return /^python3?(\.\d+)?$/.test(path.slice(path.lastIndexOf("/") + 1)) || module.FS.analyzePath(path).exists;
}

/**
 * The bridge and its functions survive a fork by name; whatever else Python held of JavaScript does not exist in the
 * child.
 */
function placeholderFor(value: unknown, bridge: Bridge): Placeholder {
  if (value === bridge) return { bridge: "" };
  const name = Object.entries(bridge).find(([, member]) => member === value)?.[0];
  return name === undefined ? { gone: true } : { bridge: name };
}

/** The JavaScript object for a placeholder: the bridge, one of its functions, or an empty object for what is gone. */
function restored(placeholder: unknown, bridge: Bridge): unknown {
  const name: unknown = Reflect.get(Object(placeholder), "bridge");
  if (typeof name !== "string") return {};
  if (name === "") return bridge;
  return (...args: never[]) => bridge[name]?.(...args);
}
