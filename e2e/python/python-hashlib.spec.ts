// @project beside
// @also firefox
/** `hashlib` and `hmac`, whole: values as natively. */
import { createHash, createHmac, getHashes, pbkdf2Sync, scryptSync } from "node:crypto";
import { expect, test } from "../../testing/browser/machine.ts";

/** By Python's name, OpenSSL's. */
const digests: Readonly<Record<string, string>> = {
  md5: "md5",
  "md5-sha1": "md5-sha1",
  ripemd160: "ripemd160",
  sha1: "sha1",
  sha224: "sha224",
  sha256: "sha256",
  sha384: "sha384",
  sha512: "sha512",
  sha512_224: "sha512-224",
  sha512_256: "sha512-256",
  sha3_224: "sha3-224",
  sha3_256: "sha3-256",
  sha3_384: "sha3-384",
  sha3_512: "sha3-512",
  blake2b: "blake2b512",
  blake2s: "blake2s256",
};

test("every digest, and each by its other names, file by file and in pieces", async ({ computer }) => {
  const text = "Zoë\n".repeat(50_000);
  await computer.write("text.txt", text);
  const output = await computer.python(`
import hashlib, json
names = ${JSON.stringify(Object.keys(digests))}
assert set(names) | {"shake_128", "shake_256"} == hashlib.algorithms_available, hashlib.algorithms_available
found = {}
for name in names:
    whole = hashlib.new(name)
    for piece in open("text.txt", "rb"):
        whole.update(piece)
    copy = whole.copy()
    copy.update(b"!")
    with open("text.txt", "rb") as file:
        assert hashlib.file_digest(file, name).digest() == whole.digest() != copy.digest()
    assert (whole.name, whole.digest_size) == (name, len(whole.digest())), whole
    found[name] = [whole.hexdigest(), copy.hexdigest()]
for other, name in {"SHA-256": "sha256", "RIPEMD": "ripemd160", "sha512-256": "sha512_256", "blake2b512": "blake2b", "SHAKE-128": "shake_128"}.items():
    assert hashlib.new(other).name == name
print(json.dumps(found))
`);
  const expected = Object.fromEntries(
    Object.entries(digests).map(([name, openssl]) => {
      const of = (content: string) => createHash(openssl).update(content).digest("hex");
      return [name, [of(text), of(`${text}!`)]];
    }),
  );
  expect(getHashes()).toEqual(expect.arrayContaining(["sha512-256", "md5-sha1"]));
  expect(JSON.parse(output)).toEqual(expected);
});

test("keys from passwords, in any thread and in the child of a fork", async ({ computer }) => {
  const output = await computer.python(`
import hashlib, hmac, json, os, threading
def key(name, password, salt, iterations, length=None):
    return hashlib.pbkdf2_hmac(name, password, salt, iterations, length).hex()
found = [
    hashlib.scrypt(b"pass", salt=b"salt", n=1 << 14, r=8, p=1).hex(),
    hashlib.scrypt(password=b"", salt=b"", n=16, r=1, p=2, maxmem=1 << 20, dklen=5).hex(),
    key("sha256", b"pass", b"salt", 1000), key("SHA1", b"", b"", 1, 7), key("sha512", b"x" * 200, b"salt", 3, 100),
    key("md5", b"pass", b"salt", 5), key("sha3_256", b"pass", b"salt", 2), key("blake2b512", b"pass", b"salt", 2),
    hmac.new(b"key", b"text", "sha256").hexdigest(), hmac.digest(b"key", b"text", "ripemd160").hex(),
]
def again():
    found.append(key("sha256", b"thread", b"salt", 1000))
thread = threading.Thread(target=again)
thread.start(); thread.join()
# A function that C calls cannot wait.
found.append(sorted([1], key=lambda _: found.append(key("sha256", b"sorted", b"salt", 2))) and "sorted")
print(json.dumps(found), flush=True)
if os.fork() == 0:
    print(key("sha256", b"child", b"salt", 2), hashlib.new("ripemd160", b"child").hexdigest(), flush=True)
    os._exit(0)
os.wait()
`);
  const scrypt = (password: string, salt: string, length: number, options: object) =>
    scryptSync(password, salt, length, options).toString("hex");
  const key = (name: string, password: string, salt: string, iterations: number, length: number) =>
    pbkdf2Sync(password, salt, iterations, length, name).toString("hex");
  const [found = "", child] = output.split("\n");
  expect(JSON.parse(found)).toEqual([
    scrypt("pass", "salt", 64, { N: 1 << 14, r: 8, p: 1 }),
    scrypt("", "", 5, { N: 16, r: 1, p: 2 }),
    key("sha256", "pass", "salt", 1000, 32),
    key("sha1", "", "", 1, 7),
    key("sha512", "x".repeat(200), "salt", 3, 100),
    key("md5", "pass", "salt", 5, 16),
    key("sha3-256", "pass", "salt", 2, 32),
    key("blake2b512", "pass", "salt", 2, 64),
    createHmac("sha256", "key").update("text").digest("hex"),
    createHmac("ripemd160", "key").update("text").digest("hex"),
    key("sha256", "thread", "salt", 1000, 32),
    key("sha256", "sorted", "salt", 2, 32),
    "sorted",
  ]);
  expect(child).toBe(
    `${key("sha256", "child", "salt", 2, 32)} ${createHash("ripemd160").update("child").digest("hex")}`,
  );
});

test("what cannot be made is refused in OpenSSL's words", async ({ computer }) => {
  const output = await computer.python(`
import hashlib
def said(make):
    try:
        return make()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
scrypt, pbkdf2 = hashlib.scrypt, hashlib.pbkdf2_hmac
for make in (
    lambda: scrypt(b"p", salt=b"s", n=1 << 15, r=8, p=1),
    lambda: scrypt(b"p", salt=b"s", n=3, r=8, p=1),
    lambda: scrypt(b"p", salt=b"s", n=2, r=0, p=1),
    lambda: scrypt(b"p", salt=b"s", n=2, r=8, p=1, dklen=0),
    lambda: scrypt("p", salt=b"s", n=2, r=8, p=1),
    lambda: pbkdf2("nope", b"p", b"s", 1),
    lambda: pbkdf2("sha256", b"p", b"s", 0),
    lambda: pbkdf2("sha256", b"p", b"s", 2**31),
    lambda: pbkdf2("sha256", "p", b"s", 1),
    lambda: hashlib.new("nope"),
    lambda: hashlib.new("ripemd160", "text"),
):
    print(said(make))
`);
  expect(output.trimEnd().split("\n")).toEqual([
    "ValueError: [digital envelope routines] memory limit exceeded",
    "ValueError: n must be a power of 2.",
    "ValueError: Invalid parameter combination for n, r, p, maxmem.",
    "ValueError: dklen must be greater than 0 and smaller than 2147483647",
    "TypeError: a bytes-like object is required, not 'str'",
    "UnsupportedDigestmodError: [digital envelope routines] unsupported",
    "ValueError: iteration value must be greater than 0.",
    "OverflowError: iteration value is too great.",
    "TypeError: a bytes-like object is required, not 'str'",
    "ValueError: unsupported hash type nope",
    "TypeError: Strings must be encoded before hashing",
  ]);
});
