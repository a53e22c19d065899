import type { ExitStatus } from "../../../host-types.ts";
import { Kernel } from "../../kernel/kernel.ts";
import type { KernelHost, Launched } from "../../kernel/kernel-host.ts";
import type { Executing, Executor, KernelMessage, ProcessListener, ProcessStart } from "../../kernel/protocol.ts";
import type { KernelPort } from "../../process/channel.ts";
import { nativeProgramName } from "../../programs/native-program-names.ts";
import { throughInterpreter } from "../../programs/script-interpreter.ts";
import { textProgramNames } from "../../programs/text/text-program-names.ts";
import { nativePrograms } from "../programs.ts";
import { runProgram } from "../run-program.ts";
import { bridgeName, runBridge } from "./bridge.ts";

/**
 * Runs native programs in the test's own thread. What is said either way is copied and comes later, as between workers.
 */
class SameThread implements Executor {
  start(start: ProcessStart, listener: ProcessListener): Executing {
    let alive = true;
    const port: KernelPort = {
      postMessage: (message) => {
        const copy = structuredClone(message);
        setImmediate(() => alive && listener.onMessage(copy));
      },
      onmessage: null,
    };
    const fail = (error: unknown) => {
      if (alive) listener.onCrash(String(error));
    };
    setImmediate(() => alive && run(structuredClone(start), port).catch(fail));
    return {
      send: (messages: KernelMessage[]) => {
        const data = structuredClone(messages);
        setImmediate(() => alive && port.onmessage?.(new MessageEvent("message", { data })));
      },
      terminate: () => {
        alive = false;
      },
    };
  }
}

/** As it is done in a worker, with the text programs in a script of their own. */
async function run(start: ProcessStart, port: KernelPort): Promise<void> {
  if (start.argv[0] === bridgeName) return runBridge(start, port);
  const begun = throughInterpreter(start);
  const name = nativeProgramName(begun.argv[0] ?? "");
  if (name === undefined) throw new Error(`${begun.argv[0]} needs CPython, which a unit test has not`);
  const programs = textProgramNames.has(name)
    ? (await import("../../programs/text/just-bash.ts")).textPrograms
    : nativePrograms;
  await runProgram(begun, port, programs);
}

/** What a command came to. */
export interface CommandOutcome {
  /** All that its terminal showed, with plain line ends. */
  readonly output: string;
  readonly exit: ExitStatus;
}

/** A computer on which native programs run, over the real kernel, without a browser. */
export class NativeComputer {
  readonly host: KernelHost = new Kernel({ executor: new SameThread() }).host("test");

  write(path: string, content: string | Uint8Array): void {
    this.host.writeFile(path.startsWith("/") ? path : `/home/student/${path}`, content);
  }

  read(path: string): string {
    return new TextDecoder().decode(this.host.readFile(path.startsWith("/") ? path : `/home/student/${path}`));
  }

  /** Starts a program on a terminal of its own. `shown` is what that shows so far. */
  start(...argv: string[]): Launched & { shown(): string } {
    const launched = this.host.spawn(argv);
    let shown = "";
    const decoder = new TextDecoder();
    launched.terminal.onOutput((bytes) => {
      shown += decoder.decode(bytes, { stream: true });
    });
    return { ...launched, shown: () => shown.replaceAll("\r\n", "\n") };
  }

  /** From now on a port of the computer that the test runs on is a port of this one, too. */
  async bridge(port: number): Promise<void> {
    this.host.spawn([bridgeName, String(port)]);
    while (!this.host.ports.get().includes(port)) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Runs a line of the shell to its end. */
  async sh(line: string): Promise<CommandOutcome> {
    const { exit, shown } = this.start("sh", "-c", line);
    const status = await exit;
    return { output: shown(), exit: status };
  }
}
