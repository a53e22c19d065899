/** What the system gives a process at a time; a page that was never written takes no memory. */
const page = 4096;
const wordsInPage = page / Int32Array.BYTES_PER_ELEMENT;

/**
 * Lets Pyodide restore a snapshot without writing its pages of zeros, which a new memory has anyway: a third of the
 * template. Pyodide does it with `Module.HEAP8.set(snapshot)`.
 *
 * Call it with the module's settings, which become the module, before it is made; call what it returns once it is
 * there.
 */
export function restoreSparsely(settings: object): () => void {
  let heap: Int8Array | undefined;
  Object.defineProperty(settings, "HEAP8", {
    configurable: true,
    enumerable: true,
    get: () => heap,
    set(view: Int8Array) {
      heap = view;
      const set = (bytes: Uint8Array, offset = 0) => copyWithoutZeros(bytes, view, offset);
      Object.defineProperty(view, "set", { configurable: true, value: set });
    },
  });
  return () => {
    if (heap) Reflect.deleteProperty(heap, "set");
    Object.defineProperty(settings, "HEAP8", { configurable: true, enumerable: true, writable: true, value: heap });
  };
}

/** Copies bytes into a memory of zeros, page by page, and leaves pages out that are nothing but zeros. */
export function copyWithoutZeros(bytes: Uint8Array, memory: Int8Array, offset: number): void {
  const copy = Int8Array.prototype.set.bind(memory);
  if (bytes.byteOffset % Int32Array.BYTES_PER_ELEMENT !== 0) {
    copy(bytes, offset);
    return;
  }
  const pages = Math.floor(bytes.length / page);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, pages * wordsInPage);
  let from = 0;
  for (let index = 0; index <= pages; index += 1) {
    if (index < pages && !isZero(words, index * wordsInPage)) continue;
    const end = index === pages ? bytes.length : index * page;
    if (end > from) copy(bytes.subarray(from, end), offset + from);
    from = (index + 1) * page;
  }
}

function isZero(words: Int32Array, from: number): boolean {
  for (let index = from; index < from + wordsInPage; index += 1) if (words[index] !== 0) return false;
  return true;
}
