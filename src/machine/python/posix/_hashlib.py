"""`_hashlib`, missing in Pyodide: what CPython takes from OpenSSL.

The common digests are CPython's own (`_sha2`, `_sha3`, `_blake2`, ...), to which `hashlib` and `hmac` turn where this
module does not know a name. What is left is in `process/hashing-script.ts`: `scrypt`, `pbkdf2_hmac` and the rarer
digests. Names, limits and errors follow CPython's `Modules/_hashopenssl.c` and OpenSSL 3.
"""

from _md5 import md5 as openssl_md5
from _operator import _compare_digest as compare_digest  # noqa: F401 - `hmac` takes it from here
from _sha1 import sha1 as openssl_sha1
from _sha2 import sha224 as openssl_sha224  # pyright: ignore[reportMissingImports]
from _sha2 import sha256 as openssl_sha256  # pyright: ignore[reportMissingImports]
from _sha2 import sha384 as openssl_sha384  # pyright: ignore[reportMissingImports]
from _sha2 import sha512 as openssl_sha512  # pyright: ignore[reportMissingImports]
from _sha3 import sha3_224 as openssl_sha3_224
from _sha3 import sha3_256 as openssl_sha3_256
from _sha3 import sha3_384 as openssl_sha3_384
from _sha3 import sha3_512 as openssl_sha3_512
from _sha3 import shake_128 as openssl_shake_128
from _sha3 import shake_256 as openssl_shake_256

from . import bridge, waiting

_INT_MAX = 0x7FFFFFFF

#: What OpenSSL takes for `maxmem=0`, in bytes.
_SCRYPT_MEMORY = 32 * 1024 * 1024

#: CPython's own, by OpenSSL's names for them.
_OWN = {
    "md5": openssl_md5,
    "sha1": openssl_sha1,
    "sha224": openssl_sha224,
    "sha256": openssl_sha256,
    "sha384": openssl_sha384,
    "sha512": openssl_sha512,
    "sha3_224": openssl_sha3_224,
    "sha3_256": openssl_sha3_256,
    "sha3_384": openssl_sha3_384,
    "sha3_512": openssl_sha3_512,
    "shake_128": openssl_shake_128,
    "shake_256": openssl_shake_256,
}

#: Digests that only OpenSSL has: size of the digest and of a block, in bytes.
_RARER = {
    "md5-sha1": (36, 64),
    "ripemd160": (20, 64),
    "sha512_224": (28, 128),
    "sha512_256": (32, 128),
}

openssl_md_meth_names = frozenset({*_OWN, *_RARER, "blake2b", "blake2s"})

#: OpenSSL's other names for them.
_ALIASES = {
    "ssl3-md5": "md5",
    "ssl3-sha1": "sha1",
    "sha-1": "sha1",
    "ripemd": "ripemd160",
    "ripemd-160": "ripemd160",
    "rmd160": "ripemd160",
    "blake2b512": "blake2b",
    "blake2s256": "blake2s",
    "shake128": "shake_128",
    "shake-128": "shake_128",
    "shake256": "shake_256",
    "shake-256": "shake_256",
    **{f"sha-{size}": f"sha{size}" for size in (224, 256, 384, 512)},
    **{f"sha2-{size}": f"sha{size}" for size in (224, 256, 384, 512)},
    **{f"sha3-{size}": f"sha3_{size}" for size in (224, 256, 384, 512)},
    **{name: f"sha512_{size}" for size in (224, 256) for name in (f"sha512-{size}", f"sha2-512/{size}")},
}

#: For these the browser has code of its own, by its names for them.
_THE_BROWSERS = {"sha1": "SHA-1", "sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512"}


class UnsupportedDigestmodError(ValueError):
    """A digest that is not known here. `hmac` then turns to CPython's own."""


UnsupportedDigestmodError.__module__ = "_hashlib"


class HMAC:
    """Only its name: `hmac` makes its own from CPython's digests."""

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create '_hashlib.HMAC' instances")


def _bytes_of(data):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    try:
        return bytes(memoryview(data))
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None


class HASH:
    """A digest that only OpenSSL has. It is made of all data at once, when it is asked for."""

    name: str
    _data: bytearray

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create '_hashlib.HASH' instances")

    def __repr__(self):
        return f"<{self.name} _hashlib.HASH object @ {id(self):#x}>"

    @property
    def digest_size(self):
        return _RARER[self.name][0]

    @property
    def block_size(self):
        return _RARER[self.name][1]

    def update(self, obj, /):
        """Update this hash object's state with the provided string."""
        self._data += _to_hash(obj)

    def digest(self):
        """Return the digest value as a bytes object."""
        if self.name == "md5-sha1":
            return openssl_md5(self._data).digest() + openssl_sha1(self._data).digest()
        return bridge.js.digest(self.name, bridge.to_js(bytes(self._data))).to_bytes()

    def hexdigest(self):
        """Return the digest value as a string of hexadecimal digits."""
        return self.digest().hex()

    def copy(self):
        """Return a copy of the hash object."""
        return _rarer(self.name, self._data)


HASH.__module__ = "_hashlib"


class HASHXOF(HASH):
    """Only its name: digests of any length are CPython's own."""


HASHXOF.__module__ = "_hashlib"


def _to_hash(data):
    if isinstance(data, str):
        raise TypeError("Strings must be encoded before hashing")
    try:
        return memoryview(data)
    except TypeError:
        raise TypeError("object supporting the buffer API required") from None


def _rarer(name, data):
    made = object.__new__(HASH)
    made.name = name
    made._data = bytearray(_to_hash(data))
    return made


def _canonical(name):
    lower = name.lower()
    return _ALIASES.get(lower, lower)


def new(name, data=b"", *, usedforsecurity=True, string=None):
    """Return a new hash object using the named algorithm."""
    if not isinstance(name, str):
        raise TypeError("name must be a string")
    known = _canonical(name)
    data = data if string is None else string
    if known in _RARER:
        return _rarer(known, data)
    if known in _OWN:
        return _OWN[known](data, usedforsecurity=usedforsecurity)
    if known in ("blake2b", "blake2s") and name.lower() != known:
        import _blake2

        return getattr(_blake2, known)(data, usedforsecurity=usedforsecurity)
    raise ValueError(f"unsupported hash type {name}")


def hmac_new(key, msg=b"", digestmod=None):
    """CPython's own does it."""
    raise UnsupportedDigestmodError("unsupported hash type")


def hmac_digest(key, msg, digest):
    """CPython's own does it."""
    raise UnsupportedDigestmodError("unsupported hash type")


def get_fips_mode():
    """Determine the OpenSSL FIPS mode of operation: it is off."""
    return 0


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function."""
    if not isinstance(hash_name, str):
        raise TypeError(f"pbkdf2_hmac() argument 'hash_name' must be str, not {type(hash_name).__name__}")
    password, salt = _bytes_of(password), _bytes_of(salt)
    name = _canonical(hash_name)
    if name not in openssl_md_meth_names or name in ("md5-sha1", "shake_128", "shake_256"):
        raise UnsupportedDigestmodError("[digital envelope routines] unsupported")
    iterations = iterations.__index__() if hasattr(iterations, "__index__") else _no_integer(iterations)
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    if iterations > _INT_MAX:
        raise OverflowError("iteration value is too great.")
    if dklen is None:
        dklen = new({"blake2b": "blake2b512", "blake2s": "blake2s256"}.get(name, name)).digest_size
    if dklen < 1:
        raise ValueError("key length must be greater than 0.")
    if dklen > _INT_MAX:
        raise OverflowError("key length is too great.")
    arguments = (bridge.to_js(password), bridge.to_js(salt), iterations, dklen)
    if name in _THE_BROWSERS and bridge.can_run_sync():
        # The browser's own code is faster, and other threads run meanwhile, as natively.
        key = waiting.wait_for(bridge.js.deriveAside(_THE_BROWSERS[name], *arguments))
        if key:
            return key.to_bytes()
    return _made(bridge.js.pbkdf2(name, *arguments))


def _no_integer(value):
    raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")


def _made(key):
    """What JavaScript answers is 0 where the browser had no memory for it."""
    if not key:
        raise MemoryError
    return key.to_bytes()


def scrypt(password, *, salt, n, r, p, maxmem=0, dklen=64):
    """scrypt password-based key derivation function."""
    password, salt = _bytes_of(password), _bytes_of(salt)
    for name, value in (("n", n), ("r", r), ("p", p), ("maxmem", maxmem), ("dklen", dklen)):
        if not hasattr(value, "__index__"):
            raise TypeError(f"scrypt() argument '{name}' must be int, not {type(value).__name__}")
    for name, value in (("n", n), ("r", r), ("p", p)):
        if value < 0:
            raise TypeError(f"{name} is required and must be an unsigned int")
    if n < 2 or n & (n - 1):
        raise ValueError("n must be a power of 2.")
    if not 0 <= maxmem <= _INT_MAX:
        raise ValueError(f"maxmem must be positive and smaller than {_INT_MAX}")
    if not 1 <= dklen <= _INT_MAX:
        raise ValueError(f"dklen must be greater than 0 and smaller than {_INT_MAX}")
    # As OpenSSL's EVP_PBE_scrypt: RFC 7914's limits, then what it would allocate.
    if r == 0 or p == 0 or p > (2**30 - 1) // r or (16 * r <= 63 and n >= 1 << 16 * r):
        raise ValueError("Invalid parameter combination for n, r, p, maxmem.")
    if p * 128 * r + 32 * r * (n + 2) * 4 > (maxmem or _SCRYPT_MEMORY):
        raise ValueError("[digital envelope routines] memory limit exceeded")
    return _made(bridge.js.scrypt(bridge.to_js(password), bridge.to_js(salt), n, r, p, dklen))
