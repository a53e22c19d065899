/**
 * Linux's numbers and words for the errors that CPython's C code raises.
 *
 * `scripts/linux-errors-in-wasm.ts` has changed two functions of the interpreter, when the site was built:
 * `PyErr_SetFromErrnoWithFilenameObjects` asks a function for what becomes of `errno`, and `strerror` is another. They
 * are the first two behind those of CPython in its table of functions.
 */
import { linuxErrno, linuxErrorText } from "./errno-numbers.ts";

type Unary = (value: number) => number;

/** Puts the two functions into the table of a new instance. Before anything else grows it. */
export function installLinuxErrors({ exports }: WebAssembly.Instance): void {
  const { memory, malloc, __indirect_function_table: table } = exports;
  if (!(memory instanceof WebAssembly.Memory) || !(table instanceof WebAssembly.Table) || !isUnary(malloc)) {
    throw new Error("The interpreter has no memory or no table of functions");
  }
  const addresses = new Map<number, number>();
  /** A C string that stays, as `strerror`'s do. */
  const textAt = (linux: number): number => {
    const known = addresses.get(linux);
    if (known !== undefined) return known;
    const text = new TextEncoder().encode(`${linuxErrorText(linux)}\0`);
    const address = malloc(text.length);
    new Uint8Array(memory.buffer).set(text, address);
    addresses.set(linux, address);
    return address;
  };
  const functions = new WebAssembly.Instance(new WebAssembly.Module(passThrough), {
    m: { number: linuxErrno, text: textAt },
  }).exports;
  const first = table.grow(2);
  table.set(first, functions["number"]);
  table.set(first + 1, functions["text"]);
}

/**
 * A table takes only functions of WebAssembly:
 *
 * (module
 *   (import "m" "number" (func (param i32) (result i32)))
 *   (import "m" "text" (func (param i32) (result i32)))
 *   (export "number" (func 0))
 *   (export "text" (func 1)))
 */
const passThrough = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
  // types: (i32) -> i32
  0x01, 0x06, 0x01, 0x60, 0x01, 0x7f, 0x01, 0x7f,
  // imports
  0x02, 0x15, 0x02, 0x01, 0x6d, 0x06, 0x6e, 0x75, 0x6d, 0x62, 0x65, 0x72, 0x00, 0x00, 0x01, 0x6d, 0x04, 0x74, 0x65,
  0x78, 0x74, 0x00, 0x00,
  // exports
  0x07, 0x11, 0x02, 0x06, 0x6e, 0x75, 0x6d, 0x62, 0x65, 0x72, 0x00, 0x00, 0x04, 0x74, 0x65, 0x78, 0x74, 0x00, 0x01,
]);

function isUnary(value: unknown): value is Unary {
  return typeof value === "function";
}
