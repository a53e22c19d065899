import type { DiscImage } from "v86";

/** A disc in memory that the PC can write to. */
export class ScratchDisc implements DiscImage {
  readonly bytes: Uint8Array;
  readonly byteLength: number;
  onload: ((event: object) => void) | undefined;

  /** @param size bytes, a multiple of 512 */
  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.byteLength = size;
  }

  load(): void {
    this.onload?.({});
  }

  get(start: number, length: number, done: (bytes: Uint8Array) => void): void {
    done(this.bytes.slice(start, start + length));
  }

  get_and_cache(start: number, length: number, done: (bytes: Uint8Array) => void): void {
    this.get(start, length, done);
  }

  get_from_cache(start: number, length: number): Uint8Array {
    return this.bytes.slice(start, start + length);
  }

  set(start: number, bytes: Uint8Array, done: () => void): void {
    this.bytes.set(bytes, start);
    done();
  }

  get_state(): readonly unknown[] {
    return [this.byteLength];
  }

  set_state(): void {}
}
