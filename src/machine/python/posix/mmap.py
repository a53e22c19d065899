"""`mmap.mmap` of no file: memory that forked children share is a file without a name, as all that processes share."""

import mmap as _c_mmap
import os

_MAP_PRIVATE, _MAP_ANONYMOUS = 2, 0x20
_count = 0


class mmap(_c_mmap.mmap):
    def __new__(cls, fileno, length, flags=_c_mmap.MAP_SHARED, *arguments, **options):
        if fileno != -1 or flags & _MAP_PRIVATE or length <= 0:
            return super().__new__(cls, fileno, length, flags, *arguments, **options)
        global _count
        _count += 1
        path = f"/dev/shm/.mmap-{os.getpid()}-{_count}"
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.unlink(path)
            os.ftruncate(fd, length)
            return super().__new__(cls, fd, length, flags & ~_MAP_ANONYMOUS, *arguments, **options)
        finally:
            os.close(fd)


mmap.__module__ = "mmap"


def install():
    _c_mmap.mmap = mmap
