import { SyscallError } from "../kernel/errno.ts";
import type { KernelMessage, ProcessStart } from "../kernel/protocol.ts";
import type { KernelPort } from "../process/channel.ts";
import { helpOf } from "../programs/man.ts";
import { nativeProgramName } from "../programs/native-program-names.ts";
import { commandFiles } from "../programs/python/find-command.ts";
import { type NativeProgram, System } from "./system.ts";

/** What the frame sends a new worker. */
export interface NativeTask {
  readonly start: ProcessStart;
  /** The process's line to the kernel. */
  readonly port: MessagePort;
  /** `performance.timeOrigin` of the kernel's worker: all processes share its clock. */
  readonly clockOrigin: number;
}

/** Makes this worker the process that it is next sent. */
export function serveProgram(programs: ReadonlyMap<string, NativeProgram>): void {
  self.onmessage = ({ data: { start, port } }: MessageEvent<NativeTask>) => {
    const typed: KernelPort = {
      postMessage: (message, transfer) => port.postMessage(message, transfer),
      onmessage: null,
    };
    port.onmessage = (event: MessageEvent<KernelMessage[]>) => typed.onmessage?.(event);
    // Who has started this worker hears of errors, not of rejected promises.
    runProgram(start, typed, programs).catch(reportError);
  };
}

/** Runs a program to its end. Rejects if it fails in a way that is no program's own. */
export async function runProgram(
  start: ProcessStart,
  port: KernelPort,
  programs: ReadonlyMap<string, NativeProgram>,
): Promise<void> {
  const system = new System(start, port, commandFiles);
  const program = programs.get(nativeProgramName(start.argv[0] ?? "") ?? "");
  if (program === undefined) throw new Error(`${start.argv[0]} is no program of this script`);
  try {
    if ([system.cwd, ...system.args].some((word) => word.includes("/proc"))) await system.lookAt("/proc");
    await system.exit((await helped(system)) ? 0 : await program(system));
  } catch (error) {
    // Whoever read what it wrote is gone: SIGPIPE has ended it, or is about to.
    if (!(error instanceof SyscallError)) throw error;
    const where = error.errno === "ENOSPC" ? "write error: " : "";
    if (error.errno !== "EPIPE") await system.complain(`${where}${error.message}`);
    await system.exit(1);
  }
}

/** `NAME --help`: the page that `man` has of it, in short. False where nothing of the kind was asked, or is known. */
async function helped(system: System): Promise<boolean> {
  const text = system.args[0] === "--help" && !haveTheirOwn.has(system.name) ? helpOf(system.name) : undefined;
  if (text !== undefined) await system.print(text);
  return text !== undefined;
}

/** Programs that answer `--help` themselves, as natively, or take it for a word. */
const haveTheirOwn: ReadonlySet<string> = new Set([
  "sh",
  "bash",
  "curl",
  "echo",
  "nano",
  "ab",
  "hey",
  "wrk",
  "awk",
  "mawk",
]);
