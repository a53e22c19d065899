/**
 * The numbers that this CPython knows errnos by: those of WASI, which Emscripten uses, not Linux's.
 * `errno-numbers` is checked against `errno.errorcode` of the running interpreter in the browser tests.
 */
import type { Errno } from "../kernel/errno.ts";

const numbers: Readonly<Record<string, number>> = {
  E2BIG: 1,
  EACCES: 2,
  EADDRINUSE: 3,
  EADDRNOTAVAIL: 4,
  EAFNOSUPPORT: 5,
  EAGAIN: 6,
  EALREADY: 7,
  EBADF: 8,
  EBUSY: 10,
  ECANCELED: 11,
  ECHILD: 12,
  ECONNABORTED: 13,
  ECONNREFUSED: 14,
  ECONNRESET: 15,
  EDEADLK: 16,
  EDESTADDRREQ: 17,
  EEXIST: 20,
  EFAULT: 21,
  EFBIG: 22,
  EHOSTUNREACH: 23,
  EINPROGRESS: 26,
  EINTR: 27,
  EINVAL: 28,
  EIO: 29,
  EISCONN: 30,
  EISDIR: 31,
  ELOOP: 32,
  EMFILE: 33,
  EMSGSIZE: 35,
  ENAMETOOLONG: 37,
  ENETUNREACH: 40,
  ENFILE: 41,
  ENOBUFS: 42,
  ENOENT: 44,
  ENOEXEC: 45,
  ENOMEM: 48,
  ENOSPC: 51,
  ENOSYS: 52,
  ENOTCONN: 53,
  ENOTDIR: 54,
  ENOTEMPTY: 55,
  ENOTSOCK: 57,
  ENOTTY: 59,
  ENXIO: 60,
  EPERM: 63,
  EPIPE: 64,
  EROFS: 69,
  ESPIPE: 70,
  ESRCH: 71,
  ETIMEDOUT: 73,
  EXDEV: 75,
  ENOTSUP: 138,
  EOPNOTSUPP: 138,
};

const names = new Map(Object.entries(numbers).map(([name, number]) => [number, name]));

/** The number of an errno in this CPython. An errno that it does not have is `EIO`. */
export function errnoNumber(errno: Errno | string): number {
  return numbers[errno] ?? 29;
}

/** The name of a number, e.g. `EAGAIN`. */
export function errnoName(number: number): string {
  return names.get(number) ?? "EIO";
}
