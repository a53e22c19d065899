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


def fcntl(fd, cmd, arg=0, /):
    """Perform the operation cmd on file descriptor fd."""
    import os

    fd = _number(fd)
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
        return os.dup(fd)
    raise bridge.error(errno.EINVAL)


def ioctl(fd, request, arg=0, mutate_flag=True, /):
    fd = _number(fd)
    if request != _TIOCGWINSZ or not bridge.js.isTerminal(fd):
        raise bridge.error(errno.ENOTTY)
    columns, rows = bridge.js.terminalSize(fd).to_py()
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
    """Lock a file. Ranges are taken for the whole file."""
    flock(fd, cmd)
