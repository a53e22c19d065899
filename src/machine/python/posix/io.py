"""`io.open` on a kernel descriptor: the C `FileIO` knows only Emscripten's files, which never wait."""

import errno
import io as _io
import os
import sys

from . import bridge
from .posix import is_fifo, open_fifo, refuse_to_write_proc, reopened

_c_open = _io.open


def _terminal():
    """A descriptor for the terminal that the process is on."""
    for fd in (0, 1, 2):
        if os.isatty(fd):
            return os.dup(fd)
    raise bridge.error(errno.ENXIO, "/dev/tty")


def _open_exclusively(path, flags):
    return os.open(path, flags, 0o666)


class DescriptorIO(_io.RawIOBase):
    """A raw stream over a pipe, socket or terminal: `FileIO` for descriptors that can wait."""

    def __init__(self, fd, mode, closefd):
        self._fd = fd
        self.mode = mode
        self.name = fd
        self.closefd = closefd

    def readable(self):
        return "r" in self.mode or "+" in self.mode

    def writable(self):
        return "w" in self.mode or "a" in self.mode or "+" in self.mode

    def fileno(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")
        return self._fd

    def isatty(self):
        return os.isatty(self._fd)

    def readinto(self, buffer):
        try:
            data = os.read(self._fd, len(buffer))
        except BlockingIOError:
            return None
        buffer[: len(data)] = data
        return len(data)

    def readall(self):
        chunks = []
        while chunk := os.read(self._fd, 65536):
            chunks.append(chunk)
        return b"".join(chunks)

    def write(self, data):
        try:
            return os.write(self._fd, data)
        except BlockingIOError:
            return None

    def close(self):
        if self.closed:
            return
        try:
            super().close()
        finally:
            if self.closefd:
                os.close(self._fd)


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """`io.open`, which for a kernel descriptor builds the stream from Python."""
    if "x" in mode and opener is None and not isinstance(file, int):
        # C's own would create the file without asking the kernel.
        opener = _open_exclusively
    if file == "/dev/tty":
        file = _terminal()
    else:
        file = reopened(file)
    if isinstance(file, str) and file.startswith("/proc/") and set(mode) & set("wax+"):
        refuse_to_write_proc(file)
    number = isinstance(file, int) and not isinstance(file, bool)
    if not number or bridge.js is None or not bridge.js.isKernelDescriptor(file):
        try:
            return _c_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
        except OSError as error:
            if error.errno != errno.ENXIO or number or opener is not None or not is_fifo(file):
                raise
        access = os.O_RDWR if "+" in mode else os.O_RDONLY if "r" in mode else os.O_WRONLY
        return open(open_fifo(file, access), mode, buffering, encoding, errors, newline)
    binary = "b" in mode
    raw_mode = mode.replace("b", "").replace("t", "") + "b"
    raw = DescriptorIO(file, raw_mode, closefd)
    line_buffering = buffering == 1 or (buffering < 0 and raw.isatty())
    if buffering == 0:
        if not binary:
            raise ValueError("can't have unbuffered text I/O")
        return raw
    size = _io.DEFAULT_BUFFER_SIZE if buffering in (-1, 1) else buffering
    if "+" in mode:
        buffered = _io.BufferedRWPair(raw, raw, size)
    elif raw.writable():
        buffered = _io.BufferedWriter(raw, size)
    else:
        buffered = _io.BufferedReader(raw, size)
    if binary:
        return buffered
    text = _io.TextIOWrapper(buffered, _io.text_encoding(encoding), errors, newline, line_buffering)  # pyright: ignore[reportArgumentType]
    text.mode = mode  # pyright: ignore[reportAttributeAccessIssue]
    return text


def input(prompt="", /):
    """`input` of builtins. C's own reads a terminal by C's standard input, which knows nothing of the kernel's."""
    sys.audit("builtins.input", prompt)
    if sys.stdin is None:
        raise RuntimeError("input(): lost sys.stdin")
    sys.stderr.flush()
    sys.stdout.write(str(prompt))
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")


def install():
    import builtins

    _io.open = open
    builtins.open = open
    builtins.input = input
