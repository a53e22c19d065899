/**
 * How a syscall fails: names, numbers and texts of Linux (x86-64, glibc).
 *
 * Emscripten, and so Pyodide's `errno` module, numbers them differently: between processes and kernel they travel by
 * name.
 */
const errnos = {
  EPERM: [1, "Operation not permitted"],
  ENOENT: [2, "No such file or directory"],
  ESRCH: [3, "No such process"],
  EINTR: [4, "Interrupted system call"],
  EIO: [5, "Input/output error"],
  ENXIO: [6, "No such device or address"],
  E2BIG: [7, "Argument list too long"],
  EBADF: [9, "Bad file descriptor"],
  ECHILD: [10, "No child processes"],
  EAGAIN: [11, "Resource temporarily unavailable"],
  ENOMEM: [12, "Cannot allocate memory"],
  EACCES: [13, "Permission denied"],
  EEXIST: [17, "File exists"],
  ENOTDIR: [20, "Not a directory"],
  EISDIR: [21, "Is a directory"],
  EINVAL: [22, "Invalid argument"],
  ENFILE: [23, "Too many open files in system"],
  EMFILE: [24, "Too many open files"],
  ENOTTY: [25, "Inappropriate ioctl for device"],
  EFBIG: [27, "File too large"],
  ENOSPC: [28, "No space left on device"],
  ESPIPE: [29, "Illegal seek"],
  EMLINK: [31, "Too many links"],
  EPIPE: [32, "Broken pipe"],
  EDEADLK: [35, "Resource deadlock avoided"],
  ENAMETOOLONG: [36, "File name too long"],
  ENOSYS: [38, "Function not implemented"],
  ENOTEMPTY: [39, "Directory not empty"],
  ELOOP: [40, "Too many levels of symbolic links"],
  EOVERFLOW: [75, "Value too large for defined data type"],
  ENOTSOCK: [88, "Socket operation on non-socket"],
  EDESTADDRREQ: [89, "Destination address required"],
  EMSGSIZE: [90, "Message too long"],
  EPROTOTYPE: [91, "Protocol wrong type for socket"],
  EOPNOTSUPP: [95, "Operation not supported"],
  EADDRINUSE: [98, "Address already in use"],
  EADDRNOTAVAIL: [99, "Cannot assign requested address"],
  ENETUNREACH: [101, "Network is unreachable"],
  ECONNABORTED: [103, "Software caused connection abort"],
  ECONNRESET: [104, "Connection reset by peer"],
  ENOBUFS: [105, "No buffer space available"],
  EISCONN: [106, "Transport endpoint is already connected"],
  ENOTCONN: [107, "Transport endpoint is not connected"],
  ETIMEDOUT: [110, "Connection timed out"],
  ECONNREFUSED: [111, "Connection refused"],
  EALREADY: [114, "Operation already in progress"],
} as const satisfies Record<string, readonly [number: number, text: string]>;

/** The name of an error, e.g. `EAGAIN`. */
export type Errno = keyof typeof errnos;

/** Whether the kernel knows an error of this name. */
export function isErrno(name: string): name is Errno {
  return Object.hasOwn(errnos, name);
}

/** Linux's number for it. */
export function errnoNumber(errno: Errno): number {
  return errnos[errno][0];
}

/** What `strerror` says of it. */
export function errnoText(errno: Errno): string {
  return errnos[errno][1];
}

/** A syscall, or a request of the page, that the kernel refuses. Its message is strerror's. */
export class SyscallError extends Error {
  override readonly name = "SyscallError";
  constructor(readonly errno: Errno) {
    super(errnoText(errno));
  }
}
