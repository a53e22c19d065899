"""`fcntl`, replaced: descriptor flags and file locks."""

import errno
import struct

from . import bridge, waiting

F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW = 0, 1, 2, 3, 4, 5, 6, 7
F_SETOWN, F_GETOWN, F_DUPFD_CLOEXEC = 8, 9, 1030
FD_CLOEXEC = 1
F_RDLCK, F_WRLCK, F_UNLCK = 0, 1, 2
LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN = 1, 2, 4, 8

_O_NONBLOCK = 0o4000
_TIOCGWINSZ = 0x5413


def _number(fd):
    return fd if isinstance(fd, int) else fd.fileno()


def fcntl(file, cmd, arg=0, /):
    """Perform the operation cmd on file descriptor fd."""
    import os

    # The file stays referred to: one that nobody else holds would be closed here.
    fd = _number(file)
    if bridge.js.firstBad(str(fd), "") >= 0:
        raise bridge.error(errno.EBADF)
    if cmd == F_GETFD:
        return 0 if os.get_inheritable(fd) else FD_CLOEXEC
    if cmd == F_SETFD:
        os.set_inheritable(fd, not arg & FD_CLOEXEC)
        return 0
    if cmd == F_GETFL:
        return bridge.js.statusFlags(fd)
    if cmd == F_SETFL:
        os.set_blocking(fd, not arg & _O_NONBLOCK)
        return 0
    if cmd in (F_DUPFD, F_DUPFD_CLOEXEC):
        return _duplicate(fd, arg, cmd == F_DUPFD)
    if cmd in (F_GETLK, F_SETLK, F_SETLKW):
        return _lock_of_struct(fd, cmd, arg)
    raise bridge.error(errno.EINVAL)


def _duplicate(fd, lowest, inheritable):
    """A duplicate with the first free number from `lowest` on."""
    import os

    number = lowest
    while bridge.js.firstBad(str(number), "") < 0:
        number += 1
    return os.dup2(fd, number, inheritable)


def ioctl(file, request, arg=0, mutate_flag=True, /):
    fd = _number(file)
    if request != _TIOCGWINSZ:
        raise bridge.error(errno.ENOTTY)
    columns, rows = bridge.terminal_size(fd)
    size = struct.pack("HHHH", rows, columns, 0, 0)
    if isinstance(arg, (bytes, str)):
        return size
    if isinstance(arg, int):
        raise bridge.error(errno.EFAULT)
    memoryview(arg).cast("B")[: len(size)] = size
    return 0


def flock(fd, operation, /):
    """Lock or unlock the whole file, as flock(2)."""
    kind = {LOCK_SH: "shared", LOCK_EX: "exclusive", LOCK_UN: "unlock"}.get(operation & ~LOCK_NB)
    if kind is None:
        raise bridge.error(errno.EINVAL)
    number = waiting.wait_for(bridge.js.flock(_number(fd), kind, bool(operation & LOCK_NB)))
    if number:
        raise bridge.error(number)


def lockf(fd, cmd, len=0, start=0, whence=0, /):
    """A wrapper around the fcntl() locking calls."""
    kind = {LOCK_SH: "shared", LOCK_EX: "exclusive", LOCK_UN: "unlock"}.get(cmd & ~LOCK_NB)
    if kind is None:
        raise ValueError("unrecognized lockf argument")
    _lock(_number(fd), kind, start, len, whence, bool(cmd & LOCK_NB))


def _lock(fd, kind, start, length, whence, no_block):
    start, length = _range(fd, start, length, whence)
    # Only what may be written can be locked for writing.
    access = bridge.js.statusFlags(fd) & 3
    if (kind == "exclusive" and access == 0) or (kind == "shared" and access == 1):
        raise bridge.error(errno.EBADF)
    number = waiting.wait_for(bridge.js.lockRange(fd, kind, start, length, no_block))
    if number:
        raise bridge.error(number)


def _range(fd, start, length, whence):
    """Where a part of a file begins, and how many bytes it has; 0 for all that are there or will be."""
    import os

    if whence == os.SEEK_CUR:
        start += os.lseek(fd, 0, os.SEEK_CUR)
    elif whence == os.SEEK_END:
        start += os.fstat(fd).st_size
    elif whence != os.SEEK_SET:
        raise bridge.error(errno.EINVAL)
    if length < 0:
        start, length = start + length, -length
    if start < 0:
        raise bridge.error(errno.EINVAL)
    return start, length


#: `struct flock` as Linux has it on 64 bits: kind, whence, start, length, pid.
_FLOCK = struct.Struct("=hh4xqqi4x")
_KINDS = {F_RDLCK: "shared", F_WRLCK: "exclusive", F_UNLCK: "unlock"}


def _lock_of_struct(fd, cmd, arg):
    if isinstance(arg, int):
        raise bridge.error(errno.EFAULT)
    packed = bytes(arg).ljust(_FLOCK.size, b"\0")
    kind, whence, start, length, _ = _FLOCK.unpack_from(packed)
    if kind not in _KINDS:
        raise bridge.error(errno.EINVAL)
    if cmd != F_GETLK:
        _lock(fd, _KINDS[kind], start, length, whence, cmd == F_SETLK)
        return bytes(arg)
    start, length = _range(fd, start, length, whence)
    found = waiting.wait_for(bridge.js.findLock(fd, _KINDS[kind], start, length))
    if isinstance(found, int):
        raise bridge.error(-found)
    if not found:
        return _FLOCK.pack(F_UNLCK, whence, start, length, 0)[: len(arg)]
    held, first, size, pid = found.split(":")
    return _FLOCK.pack(F_RDLCK if held == "shared" else F_WRLCK, 0, int(first), int(size), int(pid))[: len(arg)]
