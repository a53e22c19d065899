/** The PC's disc: the root file system, read-only, in parts that are fetched when the guest first reads them. */

/** Where parts come from. Rejects if one cannot be had. */
export type FetchPart = (index: number) => Promise<Uint8Array>;

/** As v86 asks a disc. */
export class Disc {
  readonly byteLength: number;
  /** v86 sets it, and waits for it. */
  onload: ((event: object) => void) | undefined;
  readonly #partSize: number;
  readonly #fetchPart: FetchPart;
  readonly #parts = new Map<number, Promise<Uint8Array>>();
  readonly #there = new Map<number, Uint8Array>();

  constructor(byteLength: number, partSize: number, fetchPart: FetchPart) {
    this.byteLength = byteLength;
    this.#partSize = partSize;
    this.#fetchPart = fetchPart;
  }

  /** The parts that have been read, in the order in which they were first. */
  get touched(): readonly number[] {
    return [...this.#parts.keys()];
  }

  load(): void {
    this.onload?.({});
  }

  /**
   * Calls back once all of it is there; at once where it can. A part that cannot be had leaves the guest waiting: its
   * fetcher tells the page.
   */
  get(start: number, length: number, done: (bytes: Uint8Array) => void): void {
    const [first, last] = [Math.floor(start / this.#partSize), Math.floor((start + length - 1) / this.#partSize)];
    const bytes = new Uint8Array(length);
    const missing: Promise<void>[] = [];
    for (let index = first; index <= last; index++) {
      const put = (part: Uint8Array) => {
        const from = index * this.#partSize;
        const slice = part.subarray(Math.max(0, start - from), Math.min(this.#partSize, start + length - from));
        bytes.set(slice, Math.max(0, from - start));
      };
      const there = this.#there.get(index);
      if (there) put(there);
      else missing.push(this.#part(index).then(put));
    }
    if (missing.length === 0) done(bytes);
    else
      void Promise.all(missing)
        .then(() => done(bytes))
        .catch(() => {});
  }

  /** v86 looks for a partition table before a kernel boots. */
  get_and_cache(start: number, length: number, done: (bytes: Uint8Array) => void): void {
    this.get(start, length, done);
  }

  /** The disc has no partition table that v86 could want to see. */
  get_from_cache(): undefined {
    return undefined;
  }

  /** Nothing is ever written: the guest has mounted it so. */
  set(_start: number, _bytes: Uint8Array, done: () => void): void {
    done();
  }

  get_state(): readonly number[] {
    return [this.byteLength];
  }

  set_state(): void {}

  #part(index: number): Promise<Uint8Array> {
    let part = this.#parts.get(index);
    if (!part) {
      part = this.#fetchPart(index).then((bytes) => {
        this.#there.set(index, bytes);
        return bytes;
      });
      this.#parts.set(index, part);
    }
    return part;
  }
}
