/**
 * Where CPython keeps the frames of a thread, read from `_Py_DebugOffsets` (cpython
 * `Include/internal/pycore_debug_offsets.h`), the table by which debuggers find their way in a running interpreter.
 */
import type { PyodideModule } from "../pyodide-internals.ts";
import { currentFrameIndex } from "./suspended-frames.ts";

/** `FRAME_OWNED_BY_THREAD` in `pycore_interpframe_structs.h`: an ordinary Python call. */
const ownedByThread = 0;
/** `uint16_t return_offset` lies right before `char owner` in `struct _PyInterpreterFrame`. */
const returnOffsetBeforeOwner = 2;

/** Size of `_Py_CODEUNIT`. */
const codeUnit = 2;
/**
 * `Py_TAG_REFCNT` in `pycore_stackref.h`: stack references to objects that are never freed carry it, and are compared
 * with it.
 */
const immortalTag = 1;
/** `_Py_IMMORTAL_MINIMUM_REFCNT` of 32 bits in `refcount.h`. */
const immortalCount = 1 << 30;

/** Reads and changes the frames of a thread state in an interpreter's memory. */
export class Frames {
  readonly #currentFrame: number;
  readonly #previous: number;
  readonly #instruction: number;
  readonly #owner: number;
  readonly #stackPointer: number;

  constructor(private readonly module: PyodideModule) {
    const cookie = String.fromCharCode(...module.HEAPU8.subarray(module.__PyRuntime, module.__PyRuntime + 8));
    if (cookie !== "xdebugpy") throw new Error("This CPython has no table of debug offsets");
    this.#currentFrame = this.#offset(currentFrameIndex);
    this.#previous = this.#offset(32);
    this.#instruction = this.#offset(34);
    this.#owner = this.#offset(36);
    this.#stackPointer = this.#offset(37);
  }

  /** The frames of a thread from its innermost call outwards, up to where C called Python. */
  of(thread: number): number[] {
    const frames: number[] = [];
    let address = this.#read(thread + this.#currentFrame);
    while (address !== 0 && this.module.HEAPU8[address + this.#owner] === ownedByThread) {
      frames.push(address);
      address = this.#read(address + this.#previous);
    }
    return frames;
  }

  /** Makes each frame the callee of the next one, and the last one the outermost. */
  link(frames: readonly number[]): void {
    for (const [index, frame] of frames.entries()) this.#write(frame + this.#previous, frames[index + 1] ?? 0);
  }

  /** Makes a frame the thread's innermost one. 0: none. */
  setCurrent(thread: number, frame: number): void {
    this.#write(thread + this.#currentFrame, frame);
  }

  /** Moves a frame past the call that it waits for. */
  skipCall(frame: number): void {
    const offset = this.module.HEAPU16[(frame + this.#owner - returnOffsetBeforeOwner) >>> 1] ?? 0;
    this.#advance(frame, offset);
  }

  /** Moves a frame into the call that it waits for: there CPython looks for the handler of what the call raised. */
  failCall(frame: number): void {
    this.#advance(frame, 1);
  }

  /** Gives a frame the value of the call that it waits for. */
  push(frame: number, value: number): void {
    const top = this.#read(frame + this.#stackPointer);
    const referenceCount = this.#read(value);
    this.#write(top, referenceCount >= immortalCount ? value | immortalTag : value);
    this.#write(frame + this.#stackPointer, top + 4);
  }

  #advance(frame: number, units: number): void {
    this.#write(frame + this.#instruction, this.#read(frame + this.#instruction) + codeUnit * units);
  }

  #offset(index: number): number {
    return this.#read(this.module.__PyRuntime + 8 * index);
  }

  #read(address: number): number {
    return this.module.HEAPU32[address >>> 2] ?? 0;
  }

  #write(address: number, value: number): void {
    this.module.HEAPU32[address >>> 2] = value;
  }
}
