"""`select`, replaced: `select` and `poll` over the kernel's descriptors. There is no epoll or kqueue here."""

import errno

from . import bridge, waiting

error = OSError

POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
POLLRDNORM, POLLRDBAND, POLLWRNORM, POLLWRBAND, POLLMSG, POLLRDHUP = 64, 128, 256, 512, 1024, 8192
PIPE_BUF = 4096


def _number(fileobj):
    if isinstance(fileobj, int):
        fd = fileobj
    else:
        try:
            fd = fileobj.fileno()
        except AttributeError:
            raise TypeError("argument must be an int, or have a fileno() method.") from None
        if not isinstance(fd, int):
            raise TypeError("fileno() returned a non-integer")
    if fd < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({fd})")
    return fd


def _wait(readers, writers, timeout):
    """Wait for descriptors; returns the lists of numbers that are ready. `timeout` in seconds, None: for ever."""
    if not readers and not writers and timeout == 0:
        return [], []
    reading, writing = ",".join(map(str, readers)), ",".join(map(str, writers))
    found = bridge.js.ready(reading, writing)
    if found == "bad":
        raise bridge.error(errno.EBADF)
    if found == "|":
        deadline = waiting.deadline_after(timeout)

        def start(milliseconds, main):
            return bridge.js.wait(reading, writing, milliseconds, main)

        waiting.interruptible(start, deadline)
        found = bridge.js.ready(reading, writing)
        if found == "bad":
            raise bridge.error(errno.EBADF)
    ready_to_read, ready_to_write = found.split("|")
    return (
        [int(fd) for fd in ready_to_read.split(",")] if ready_to_read else [],
        [int(fd) for fd in ready_to_write.split(",")] if ready_to_write else [],
    )


def select(rlist, wlist, xlist, timeout=None, /):
    """Wait until one or more file descriptors are ready for some kind of I/O."""
    if timeout is not None:
        if not isinstance(timeout, (int, float)):
            raise TypeError("timeout must be a float or None")
        if timeout < 0:
            raise ValueError("timeout must be non-negative")
    readers = [(_number(item), item) for item in rlist]
    writers = [(_number(item), item) for item in wlist]
    for item in xlist:
        _number(item)
    read_ready, write_ready = _wait([fd for fd, _ in readers], [fd for fd, _ in writers], timeout)
    return (
        [item for fd, item in readers if fd in read_ready],
        [item for fd, item in writers if fd in write_ready],
        [],
    )


class poll:
    """A polling object, as `poll(2)`."""

    def __init__(self):
        self._interests = {}

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /):
        self._interests[_number(fd)] = eventmask

    def modify(self, fd, eventmask, /):
        fd = _number(fd)
        if fd not in self._interests:
            raise bridge.error(errno.ENOENT)
        self._interests[fd] = eventmask

    def unregister(self, fd, /):
        del self._interests[_number(fd)]

    def poll(self, timeout=None, /):
        """Wait; `timeout` in milliseconds, None or negative: for ever."""
        seconds = None if timeout is None or timeout < 0 else timeout / 1000
        bad = [fd for fd in self._interests if bridge.js.firstBad(str(fd), "") >= 0]
        if bad:
            return [(fd, POLLNVAL) for fd in bad]
        read_ready, write_ready = _wait(
            [fd for fd, mask in self._interests.items() if mask & (POLLIN | POLLPRI | POLLRDNORM)],
            [fd for fd, mask in self._interests.items() if mask & (POLLOUT | POLLWRNORM)],
            seconds,
        )
        events = {}
        for fd in read_ready:
            events[fd] = POLLIN | bridge.js.pollExtra(fd)
        for fd in write_ready:
            events[fd] = events.get(fd, 0) | POLLOUT
        return list(events.items())
