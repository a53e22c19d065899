/** Digests and keys that CPython takes from OpenSSL (`posix/_hashlib.py`). */

/** What the hashing script has. Digests go by Python's names, sizes are in bytes. */
export interface Hashing {
  digest(name: string, data: Uint8Array): Uint8Array;
  pbkdf2(name: string, password: Uint8Array, salt: Uint8Array, iterations: number, length: number): Uint8Array;
  scrypt(password: Uint8Array, salt: Uint8Array, n: number, r: number, p: number, length: number): Uint8Array;
}

declare global {
  /** Set by the hashing script once it has been loaded. */
  var hashing: Hashing | undefined;
  /** Of workers: loads and runs scripts, at once. */
  function importScripts(...urls: string[]): void;
}

/**
 * The functions of the bridge. The script is loaded at the first call, at once: Python cannot wait in the middle of C
 * code.
 *
 * Those that make a key answer 0 where the browser has no memory for it.
 */
export function hashingCalls(scriptUrl: string) {
  const loaded = (): Hashing => {
    if (!globalThis.hashing) importScripts(scriptUrl);
    if (!globalThis.hashing) throw new Error("The hashing script has brought nothing");
    return globalThis.hashing;
  };
  return {
    digest: (name: string, data: Uint8Array) => loaded().digest(name, data),
    pbkdf2: (name: string, password: Uint8Array, salt: Uint8Array, iterations: number, length: number) =>
      unlessOutOfMemory(() => loaded().pbkdf2(name, password, salt, iterations, length)),
    scrypt: (password: Uint8Array, salt: Uint8Array, n: number, r: number, p: number, length: number) =>
      unlessOutOfMemory(() => loaded().scrypt(password, salt, n, r, p, length)),
  };
}

/**
 * A key by the browser's own PBKDF2, which runs beside this thread. 0 where it offers none: not on a page that came
 * over plain HTTP.
 */
export async function deriveAside(
  hash: string,
  password: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
  length: number,
): Promise<Uint8Array | 0> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  if (!subtle) return 0;
  const key = await subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(await subtle.deriveBits({ name: "PBKDF2", hash, salt, iterations }, key, length * 8));
}

function unlessOutOfMemory(make: () => Uint8Array): Uint8Array | 0 {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}
