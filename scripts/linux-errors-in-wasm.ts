/**
 * Changes Pyodide's WebAssembly in two places, so that errors have Linux's numbers and words
 * (`src/machine/python/process/linux-errors.ts`).
 *
 * CPython is compiled with WASI's numbers, and its C code goes on with them. Only where an exception is made of
 * `errno`, and in `strerror`, is a function asked that the machine puts into the interpreter's table of functions. A
 * change of what is expected here fails the build.
 */

const textDecoder = new TextDecoder();

/** Sections of a module, by the numbers of the specification (WebAssembly 2.0, 5.5.2). */
const section = { types: 1, imports: 2, functions: 3, tables: 4, exports: 7, code: 10 };

/** `EINTR` in WASI and on Linux. */
const eintr = { wasi: 27, linux: 4 };

const opcode = {
  if: 0x04,
  callIndirect: 0x11,
  localGet: 0x20,
  localTee: 0x22,
  i32Load: 0x28,
  i32Const: 0x41,
  i32Eq: 0x46,
};
const i32 = 0x7f;
const noResult = 0x40;

/** The module with the two changes. */
export function withLinuxErrors(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const module = new Module(wasm);
  const unary = module.unaryType();
  const [numberSlot, textSlot] = [module.tableSize(), module.tableSize() + 1];
  const errno = module.constantOf("__errno_location");
  const ask = (slot: number) => [opcode.i32Const, ...signed(slot), opcode.callIndirect, ...unsigned(unary), 0];

  module.edit("PyErr_SetFromErrnoWithFilenameObjects", (body) => {
    // int i = errno; if (i != 0) { if (i == EINTR …
    const load = [opcode.i32Const, ...signed(errno), opcode.i32Load, 2, 0];
    const at = only(body, [...load, opcode.localTee]);
    const local = body[at + load.length + 1] ?? 0;
    const store = [opcode.localTee, local, opcode.if, noResult, opcode.localGet, local];
    const compare = (number: number) => [opcode.i32Const, ...signed(number), opcode.i32Eq];
    const before = [...load, ...store, ...compare(eintr.wasi)];
    only(body, before);
    return [
      ...body.slice(0, at),
      ...load,
      ...ask(numberSlot),
      ...store,
      ...compare(eintr.linux),
      ...body.slice(at + before.length),
    ];
  });
  // No locals; (error, locale) → text
  module.edit("__strerror_l", () => [0, opcode.localGet, 0, ...ask(textSlot), 0x0b]);
  return module.bytes();
}

class Module {
  readonly #sections: { readonly id: number; readonly start: number; readonly end: number }[] = [];
  readonly #exports = new Map<string, number>();
  readonly #bodies: { readonly start: number; readonly end: number }[] = [];
  readonly #edited = new Map<number, readonly number[]>();
  readonly #importedFunctions: number;
  readonly #wasm: Uint8Array;

  constructor(wasm: Uint8Array) {
    this.#wasm = wasm;
    const reader = new Reader(wasm, 8);
    while (reader.at < wasm.length) {
      const id = reader.byte();
      const length = reader.unsigned();
      this.#sections.push({ id, start: reader.at, end: reader.at + length });
      reader.at += length;
    }
    this.#importedFunctions = this.#countImportedFunctions();
    const exports = this.#read(section.exports);
    for (let left = exports.unsigned(); left > 0; left--) {
      const name = exports.name();
      const kind = exports.byte();
      const index = exports.unsigned();
      if (kind === 0) this.#exports.set(name, index);
    }
    const code = this.#read(section.code);
    for (let left = code.unsigned(); left > 0; left--) {
      const length = code.unsigned();
      this.#bodies.push({ start: code.at, end: code.at + length });
      code.at += length;
    }
  }

  /** Index of the type (i32) → i32. */
  unaryType(): number {
    const { start, end } = this.#section(section.types);
    const types = this.#wasm.subarray(start, end);
    const reader = this.#read(section.types);
    const count = reader.unsigned();
    for (let index = 0; index < count; index++) {
      const form = reader.byte();
      if (form !== 0x60) throw new Error("A type of the interpreter is no function's");
      const parameters = reader.vector();
      const results = reader.vector();
      if (parameters.length === 1 && results.length === 1 && parameters[0] === i32 && results[0] === i32) return index;
    }
    throw new Error(`None of the interpreter's ${types.length} bytes of types is (i32) → i32`);
  }

  /** How many functions the first table holds at the start. */
  tableSize(): number {
    const reader = this.#read(section.tables);
    reader.unsigned();
    reader.byte();
    const limits = reader.byte();
    if (limits !== 0) throw new Error("The interpreter's table of functions must be able to grow");
    return reader.unsigned();
  }

  /** What a function without parameters returns, if that is all it does. */
  constantOf(name: string): number {
    const { start } = this.#body(name);
    const reader = new Reader(this.#wasm, start);
    if (reader.byte() !== 0 || reader.byte() !== opcode.i32Const) throw new Error(`${name} is no constant`);
    return reader.signed();
  }

  edit(name: string, change: (body: readonly number[]) => readonly number[]): void {
    const { start, end } = this.#body(name);
    this.#edited.set(this.#index(name), change([...this.#wasm.subarray(start, end)]));
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const code: Uint8Array[] = [Uint8Array.from(unsigned(this.#bodies.length))];
    for (const [index, { start, end }] of this.#bodies.entries()) {
      const body = this.#edited.get(index);
      code.push(Uint8Array.from(unsigned(body?.length ?? end - start)));
      code.push(body ? Uint8Array.from(body) : this.#wasm.subarray(start, end));
    }
    const parts: Uint8Array[] = [this.#wasm.subarray(0, 8)];
    for (const { id, start, end } of this.#sections) {
      const content = id === section.code ? code : [this.#wasm.subarray(start, end)];
      const length = content.reduce((sum, part) => sum + part.length, 0);
      parts.push(Uint8Array.from([id, ...unsigned(length)]), ...content);
    }
    return Uint8Array.from(Buffer.concat(parts));
  }

  #index(name: string): number {
    const index = this.#exports.get(name);
    if (index === undefined) throw new Error(`The interpreter exports no ${name}`);
    return index - this.#importedFunctions;
  }

  #body(name: string) {
    const body = this.#bodies[this.#index(name)];
    if (!body) throw new Error(`${name} is not the interpreter's own`);
    return body;
  }

  #countImportedFunctions(): number {
    const reader = this.#read(section.imports);
    let functions = 0;
    for (let left = reader.unsigned(); left > 0; left--) {
      reader.name();
      reader.name();
      const kind = reader.byte();
      if (kind === 0) {
        functions += 1;
        reader.unsigned();
      } else if (kind === 1) {
        reader.byte();
        reader.limits();
      } else if (kind === 2) reader.limits();
      else if (kind === 3) reader.at += 2;
      else if (kind === 4) {
        reader.byte();
        reader.unsigned();
      } else throw new Error(`The interpreter imports something of an unknown kind: ${kind}`);
    }
    return functions;
  }

  #section(id: number) {
    const found = this.#sections.find((one) => one.id === id);
    if (!found) throw new Error(`The interpreter has no section ${id}`);
    return found;
  }

  #read(id: number): Reader {
    return new Reader(this.#wasm, this.#section(id).start);
  }
}

/** Reads what WebAssembly's binary format is made of. */
class Reader {
  at: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new Error("The module ends too early");
    return byte;
  }

  unsigned(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value >>> 0;
    }
  }

  signed(): number {
    let value = 0;
    for (let shift = 0; ; ) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      shift += 7;
      if ((byte & 0x80) === 0) return shift < 32 && (byte & 0x40) !== 0 ? value | (-1 << shift) : value;
    }
  }

  vector(): Uint8Array {
    const length = this.unsigned();
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  name(): string {
    return textDecoder.decode(this.vector());
  }

  limits(): void {
    const flags = this.byte();
    this.unsigned();
    if ((flags & 1) !== 0) this.unsigned();
  }
}

/** Where a sequence stands that must be there once. */
function only(body: readonly number[], sequence: readonly number[]): number {
  const found = body.flatMap((_, at) => (sequence.every((byte, offset) => body[at + offset] === byte) ? [at] : []));
  const [at] = found;
  if (at === undefined || found.length > 1) {
    throw new Error(`The interpreter reads errno in ${found.length} places where one is expected`);
  }
  return at;
}

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** LEB128 of an i32. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const byte = rest & 0x7f;
    if (rest >> 7 === ((byte & 0x40) !== 0 ? -1 : 0)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}
