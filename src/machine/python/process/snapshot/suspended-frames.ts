/**
 * Keeps CPython's garbage collector away from the frames of suspended threads.
 *
 * From 3.14 on the collector walks the frames of every thread state (`mark_stacks` in cpython `Python/gc.c`). Between
 * the frames of two evaluation loops lies an entry frame on the C stack, and Pyodide lets the C stacks of suspended
 * tasks overlap: it copies one away and another thread writes over it. A walk along a suspended thread's frames then
 * leads into what the other one wrote ("memory access out of bounds"). So a thread has no frames while it is suspended.
 * What they refer to stays alive: each frame counts its references.
 */

/** Index of `thread_state.current_frame` in `_Py_DebugOffsets` (cpython `Include/internal/pycore_debug_offsets.h`). */
export const currentFrameIndex = 26;

type Capture = () => number;
type Restore = (thread: number) => void;

/** The instance with the two functions replaced by which Pyodide suspends and resumes a thread. */
export function hideSuspendedFrames(instance: WebAssembly.Instance): WebAssembly.Instance {
  const { captureThreadState, restoreThreadState, memory, _PyRuntime } = instance.exports;
  if (!isFunction<Capture>(captureThreadState) || !isFunction<Restore>(restoreThreadState)) return instance;
  if (!(memory instanceof WebAssembly.Memory) || !(_PyRuntime instanceof WebAssembly.Global)) return instance;
  const frames = new Map<number, number>();
  const word = (address: number) => new Uint32Array(memory.buffer, address, 1);
  const currentFrame = (thread: number) => {
    const offset = word(_PyRuntime.value + 8 * currentFrameIndex)[0] ?? 0;
    return word(thread + offset);
  };
  const wrapped = asWasmFunctions({
    capture(): number {
      const thread = captureThreadState();
      if (thread !== 0) {
        const slot = currentFrame(thread);
        frames.set(thread, slot[0] ?? 0);
        slot[0] = 0;
      }
      return thread;
    },
    restore(thread: number): void {
      // The child of a fork resumes a thread that was suspended in its parent: it sets the frame itself.
      const frame = frames.get(thread);
      if (frame !== undefined) currentFrame(thread)[0] = frame;
      frames.delete(thread);
      restoreThreadState(thread);
    },
  });
  const exports = {
    ...instance.exports,
    captureThreadState: wrapped.capture,
    restoreThreadState: wrapped.restore,
  };
  return Object.create(instance, { exports: { value: exports } });
}

/**
 * (module
 *   (import "m" "capture" (func (result i32)))
 *   (import "m" "restore" (func (param i32)))
 *   (export "capture" (func 0))
 *   (export "restore" (func 1)))
 */
const passThrough = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
  // types: () -> i32, (i32) -> ()
  0x01, 0x09, 0x02, 0x60, 0x00, 0x01, 0x7f, 0x60, 0x01, 0x7f, 0x00,
  // imports
  0x02, 0x19, 0x02, 0x01, 0x6d, 0x07, 0x63, 0x61, 0x70, 0x74, 0x75, 0x72, 0x65, 0x00, 0x00, 0x01, 0x6d, 0x07, 0x72,
  0x65, 0x73, 0x74, 0x6f, 0x72, 0x65, 0x00, 0x01,
  // exports
  0x07, 0x15, 0x02, 0x07, 0x63, 0x61, 0x70, 0x74, 0x75, 0x72, 0x65, 0x00, 0x00, 0x07, 0x72, 0x65, 0x73, 0x74, 0x6f,
  0x72, 0x65, 0x00, 0x01,
]);

/** Emscripten gives out addresses of exports, which only functions of WebAssembly have. */
function asWasmFunctions(functions: { capture: Capture; restore: Restore }): WebAssembly.Exports {
  return new WebAssembly.Instance(new WebAssembly.Module(passThrough), { m: functions }).exports;
}

function isFunction<F>(value: unknown): value is F {
  return typeof value === "function";
}
