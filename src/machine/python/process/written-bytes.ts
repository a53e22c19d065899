/** A copy of bytes that C writes. Emscripten hands them over as a part of its memory, seen as numbers with a sign. */
export function writtenBytes({ buffer, byteOffset }: ArrayBufferView, offset: number, length: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset + offset, length).slice();
}
