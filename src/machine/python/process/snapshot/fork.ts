/**
 * `fork()` for real: a copy of the interpreter's memory in the middle of a call, and a child that goes on in it.
 *
 * Python calls in one another keep no state outside the interpreter's memory: a frame that waits for its callee is a
 * record on CPython's own stack. So the memory, copied while `os.fork()` (a Python function of ours) runs, is a whole
 * process. In the child the frame of `fork` is dropped, and its callers are given to CPython's evaluation loop again,
 * one after the other from the inside out, each with the value (or the exception) that the one before ended with. The
 * innermost caller gets 0.
 *
 * What lies on WebAssembly's own stack cannot be copied: where Python was called by C (a key function of `sort`, an
 * `exec`), the frames outside of that C call do not go on in the child; when it would return to one of them it says so
 * and ends.
 */
import type { PyodideModule } from "../pyodide-internals.ts";
import { Frames } from "./frames.ts";

/** Where a thread stands in the middle of `fork()`. Addresses are the same in parent and child. */
export interface ForkPosition {
  /** The forking thread's `PyThreadState`. */
  readonly thread: number;
  /** The frames that go on in the child, from that of `fork` outwards. */
  readonly frames: readonly number[];
}

/** A process's memory in the middle of `fork()`. */
export interface MemoryCopy {
  readonly memory: ArrayBuffer;
  readonly position: ForkPosition;
}

/** In a child: the frames outside of the one that CPython evaluates now. No pointer leads from there to them. */
let outside: ForkPosition | undefined;

/** What stands in a snapshot for a JavaScript object that Python holds. */
export type Placeholder = { bridge: string } | { gone: true };

/** The frames of the running thread that a child would go on in, from the innermost outwards. */
export function framesThatGoOn(module: PyodideModule): number[] {
  const thread = module._PyThreadState_Get();
  return [...new Frames(module).of(thread), ...(outside?.thread === thread ? outside.frames : [])];
}

/** Copies the memory, with JavaScript objects replaced by what `placeholder` says. */
export function copyMemory(module: PyodideModule, placeholder: (value: unknown) => Placeholder): MemoryCopy {
  const thread = module._PyThreadState_Get();
  // Now, because the way from frame to frame leads over WebAssembly's own stack, which means nothing in the child.
  const frames = framesThatGoOn(module);
  // The child begins on the interpreter's main thread state, without frames; the forking thread's own waits in memory.
  module._captureThreadState();
  try {
    const snapshot = module.API.makeSnapshot(placeholder);
    return { memory: wholeBuffer(snapshot), position: { thread, frames } };
  } finally {
    module._restoreThreadState(thread);
  }
}

/**
 * Goes on in the child where the parent called `fork()`. Resolves when the outermost frame has ended: whether it
 * failed.
 *
 * @param goOn called each time before the forking thread goes on: others may have had a turn
 */
export async function resumeAfterFork(
  module: PyodideModule,
  { thread, frames: addresses }: ForkPosition,
  goOn: () => void,
): Promise<{ failed: boolean }> {
  const frames = new Frames(module);
  const [forkFrame, ...callers] = addresses;
  if (forkFrame === undefined) throw new Error("The forking thread has no frame");
  frames.link(addresses);
  const evaluate = promising(evaluateAndHandBack(module));
  module._restoreThreadState(thread);
  module.__PyThreadState_PopFrame(thread, forkFrame);
  let value = module._PyLong_FromLong(0);
  for (const [index, caller] of callers.entries()) {
    const failed = value === 0;
    outside = { thread, frames: callers.slice(index + 1) };
    frames.setCurrent(thread, callers[index + 1] ?? 0);
    if (failed) {
      frames.failCall(caller);
    } else {
      frames.skipCall(caller);
      frames.push(caller, value);
    }
    module.validSuspender.value = true;
    module.stackStop = module.stackSave();
    value = await evaluate(thread, caller, failed ? 1 : 0);
    goOn();
    module._restoreThreadState(thread);
  }
  outside = undefined;
  const failed = value === 0;
  if (failed) keepException(module);
  frames.setCurrent(thread, 0);
  module._exit_promising_task();
  module.validSuspender.value = false;
  return { failed };
}

/** Leaves the exception where `program.after_fork` finds it: `sys._forked_failure`. */
function keepException(module: PyodideModule): void {
  const name = module.stringToNewUTF8("_forked_failure");
  module._PySys_SetObject(name, module._PyErr_GetRaisedException());
  module._free(name);
}

function wholeBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength) return buffer;
  return bytes.slice().buffer;
}

/**
 * `_PyEval_EvalFrameDefault`, which lets go of the thread state as soon as the frame has ended: until its promise is
 * heard of, another thread may go on, and must find the interpreter free.
 *
 * (module
 *   (import "m" "e" (func (param i32 i32 i32) (result i32)))
 *   (import "m" "c" (func (result i32)))
 *   (func (export "f") (param i32 i32 i32) (result i32)
 *     (call 0 (local.get 0) (local.get 1) (local.get 2))
 *     (drop (call 1))))
 */
const handBack = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
  // types
  0x01, 0x0c, 0x02, 0x60, 0x03, 0x7f, 0x7f, 0x7f, 0x01, 0x7f, 0x60, 0x00, 0x01, 0x7f,
  // imports
  0x02, 0x0d, 0x02, 0x01, 0x6d, 0x01, 0x65, 0x00, 0x00, 0x01, 0x6d, 0x01, 0x63, 0x00, 0x01,
  // the function and its export
  0x03, 0x02, 0x01, 0x00, 0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x02,
  // its code
  0x0a, 0x0f, 0x01, 0x0d, 0x00, 0x20, 0x00, 0x20, 0x01, 0x20, 0x02, 0x10, 0x00, 0x10, 0x01, 0x1a, 0x0b,
]);

function evaluateAndHandBack(module: PyodideModule): unknown {
  const imports = { m: { e: module.__PyEval_EvalFrameDefault, c: () => module._captureThreadState() } };
  return new WebAssembly.Instance(new WebAssembly.Module(handBack), imports).exports["f"];
}

type Evaluate = (thread: number, frame: number, throwing: number) => Promise<number>;

/** `WebAssembly.promising` (JSPI), which TypeScript's library does not know yet. */
function promising(wasmFunction: unknown): Evaluate {
  const make: unknown = Reflect.get(WebAssembly, "promising");
  if (typeof make !== "function") throw new Error("This browser has no JSPI");
  const wrapped: Evaluate = make(wasmFunction);
  return wrapped;
}
