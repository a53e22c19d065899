/**
 * A worker's script of its own: what `posix/_hashlib.py` needs beside CPython's own digests. A process loads it when it
 * first asks for a key.
 */
import { blake2b, blake2s } from "@noble/hashes/blake2.js";
import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from "@noble/hashes/sha2.js";
import { sha3_224, sha3_256, sha3_384, sha3_512 } from "@noble/hashes/sha3.js";
import type { Hashing } from "./hashing.ts";

/** By Python's names. */
const digests = {
  blake2b,
  blake2s,
  md5,
  ripemd160,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  sha512_224,
  sha512_256,
  sha3_224,
  sha3_256,
  sha3_384,
  sha3_512,
};

type DigestName = keyof typeof digests;

function named(name: string): (typeof digests)[DigestName] {
  const isName = (text: string): text is DigestName => Object.hasOwn(digests, text);
  if (!isName(name)) throw new Error(`There is no digest ${name}`);
  return digests[name];
}

/** The largest that a key's memory may be, in bytes: Python asks for no more (`maxmem`). */
const largestMemory = 2 ** 31;

const hashing: Hashing = {
  digest: (name, data) => named(name)(data),
  pbkdf2: (name, password, salt, c, dkLen) => pbkdf2(named(name), password, salt, { c, dkLen }),
  scrypt: (password, salt, N, r, p, dkLen) => scrypt(password, salt, { N, r, p, dkLen, maxmem: largestMemory }),
};

globalThis.hashing = hashing;
