/** Entry of a worker for a program without CPython: it is there in a few milliseconds. */
import { SyscallError } from "../kernel/errno.ts";
import type { KernelMessage, ProcessStart } from "../kernel/protocol.ts";
import type { KernelPort } from "../process/channel.ts";
import { nativeProgramName } from "../programs/native-program-names.ts";
import { commandFiles } from "../programs/python/find-command.ts";
import { nativePrograms } from "./programs.ts";
import { System } from "./system.ts";

/** What the frame sends a new worker. */
export interface NativeTask {
  readonly start: ProcessStart;
  /** The process's line to the kernel. */
  readonly port: MessagePort;
  /** `performance.timeOrigin` of the kernel's worker: all processes share its clock. */
  readonly clockOrigin: number;
}

self.onmessage = ({ data }: MessageEvent<NativeTask>) => {
  // Who has started this worker hears of errors, not of rejected promises.
  run(data).catch(reportError);
};

async function run({ start, port }: NativeTask): Promise<void> {
  const typed: KernelPort = {
    postMessage: (message, transfer) => port.postMessage(message, transfer),
    onmessage: null,
  };
  port.onmessage = (event: MessageEvent<KernelMessage[]>) => typed.onmessage?.(event);
  const system = new System(start, typed, commandFiles);
  const program = nativePrograms.get(nativeProgramName(start.argv[0] ?? "") ?? "");
  if (program === undefined) throw new Error(`${start.argv[0]} is no native program`);
  try {
    await system.exit(await program(system));
  } catch (error) {
    // Whoever read what it wrote is gone: SIGPIPE has ended it, or is about to.
    if (!(error instanceof SyscallError)) throw error;
    if (error.errno !== "EPIPE") await system.complain(error.message);
    await system.exit(1);
  }
}
