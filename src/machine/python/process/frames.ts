/**
 * Where CPython keeps the frames of a thread, read from `_Py_DebugOffsets` (cpython `Include/internal/pycore_debug_offsets.h`), the table
 * by which debuggers find their way in a running interpreter.
 */
import type { PyodideModule } from "./pyodide-internals";

/** `FRAME_OWNED_BY_THREAD` in `pycore_interpframe_structs.h`: an ordinary Python call. */
const ownedByThread = 0;
/** `uint16_t return_offset` lies right before `char owner` in `struct _PyInterpreterFrame`. */
const returnOffsetBeforeOwner = 2;

/** A Python frame that waits for its callee to return. */
export interface WaitingFrame {
  readonly address: number;
  readonly previous: number;
}

/** Reads and changes the frames of a thread state in an interpreter's memory. */
export class Frames {
  private readonly currentFrame: number;
  private readonly previous: number;
  private readonly instruction: number;
  private readonly owner: number;
  private readonly stackPointer: number;

  constructor(private readonly module: PyodideModule) {
    const cookie = String.fromCharCode(...module.HEAPU8.subarray(module.__PyRuntime, module.__PyRuntime + 8));
    if (cookie !== "xdebugpy") throw new Error("This CPython has no table of debug offsets");
    this.currentFrame = this.offset(26);
    this.previous = this.offset(32);
    this.instruction = this.offset(34);
    this.owner = this.offset(36);
    this.stackPointer = this.offset(37);
  }

  /** The frames of a thread from its innermost call outwards, up to where C called Python. */
  of(thread: number): WaitingFrame[] {
    const frames: WaitingFrame[] = [];
    let address = this.read(thread + this.currentFrame);
    while (address !== 0 && this.module.HEAPU8[address + this.owner] === ownedByThread) {
      const previous = this.read(address + this.previous);
      frames.push({ address, previous });
      address = previous;
    }
    return frames;
  }

  /** Makes a frame the thread's innermost one. 0: none. */
  setCurrent(thread: number, frame: number): void {
    this.write(thread + this.currentFrame, frame);
  }

  /** Makes a frame the outermost one: what lay outside of it is gone. */
  cutOff(frame: number): void {
    this.write(frame + this.previous, 0);
  }

  /** Moves a frame past the call that it waits for. */
  skipCall(frame: number): void {
    const offset = this.module.HEAPU16[(frame + this.owner - returnOffsetBeforeOwner) >>> 1] ?? 0;
    this.write(frame + this.instruction, this.read(frame + this.instruction) + 2 * offset);
  }

  /** Gives a frame the value of the call that it waits for. */
  push(frame: number, value: number): void {
    const top = this.read(frame + this.stackPointer);
    this.write(top, value);
    this.write(frame + this.stackPointer, top + 4);
  }

  private offset(index: number): number {
    return this.read(this.module.__PyRuntime + 8 * index);
  }

  private read(address: number): number {
    return this.module.HEAPU32[address >>> 2] ?? 0;
  }

  private write(address: number, value: number): void {
    this.module.HEAPU32[address >>> 2] = value;
  }
}
