"""`select`, replaced: `select`, `poll` and `epoll` over the kernel's descriptors. There is no kqueue here."""

import _weakref
import errno

from . import bridge, waiting

error = OSError

POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
POLLRDNORM, POLLRDBAND, POLLWRNORM, POLLWRBAND, POLLMSG, POLLRDHUP = 64, 128, 256, 512, 1024, 8192
PIPE_BUF = 4096

EPOLLIN, EPOLLPRI, EPOLLOUT, EPOLLERR, EPOLLHUP, EPOLLRDHUP = 1, 2, 4, 8, 16, 8192
EPOLLRDNORM, EPOLLRDBAND, EPOLLWRNORM, EPOLLWRBAND, EPOLLMSG = 64, 128, 256, 512, 1024
EPOLLEXCLUSIVE, EPOLLONESHOT, EPOLLET = 1 << 28, 1 << 30, 1 << 31
EPOLL_CLOEXEC = 0o2000000


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


#: The objects of `epoll`, which hear of descriptors that are closed.
_epolls = []


def forget(fd):
    """The descriptor is being closed: nobody waits for it any more."""
    for reference in list(_epolls):
        object = reference()
        if object is None:
            _epolls.remove(reference)
        else:
            object._watched.pop(fd, None)


class _Watched:
    """What is wanted of a descriptor, and what was told of it."""

    def __init__(self, mask):
        self.mask = mask
        #: With EPOLLET: how often something had come when that was told, and whether it could be written to.
        self.told = -1
        self.writable = False

    @property
    def reads(self):
        return self.mask & (EPOLLIN | EPOLLPRI | EPOLLRDNORM | EPOLLRDHUP)

    @property
    def writes(self):
        return self.mask & (EPOLLOUT | EPOLLWRNORM)

    def is_over(self, fd):
        """With EPOLLET: the end was told, and nothing can come any more."""
        return self.mask & EPOLLET and self.told == bridge.js.arrivals(fd) and bridge.js.isAtEnd(fd)

    def waits_to_write(self):
        return self.writes and not (self.mask & EPOLLET and self.writable)


class epoll:
    """select.epoll(sizehint=-1, flags=0)

    Returns an epolling object, as `epoll(7)`.
    """

    def __init__(self, sizehint=-1, flags=0):
        if sizehint != -1 and sizehint <= 0:
            raise ValueError("negative sizehint")
        if flags & ~EPOLL_CLOEXEC:
            raise bridge.error(errno.EINVAL)
        #: A number for who asks for it. What is waited for is the kernel's to know only while somebody waits.
        self._fd = None
        self.closed = False
        self._watched = {}
        _epolls.append(_weakref.ref(self))

    @classmethod
    def fromfd(cls, fd, /):
        """Create an epoll object from a given control fd."""
        found = next((one for one in (reference() for reference in _epolls) if one is not None and one._fd == fd), None)
        if found is None:
            raise bridge.error(errno.EINVAL)
        return found

    def fileno(self):
        """Return the epoll control file descriptor."""
        import os

        self._check_open()
        if self._fd is None:
            self._fd = os.open("/dev/null", os.O_RDWR)
        return self._fd

    def close(self):
        """Close the epoll control file descriptor."""
        import os

        fd, self._fd, self.closed = self._fd, None, True
        self._watched.clear()
        if fd is not None and bridge.js.firstBad(str(fd), "") < 0:
            os.close(fd)

    def __del__(self):
        if getattr(self, "_fd", None) is not None:
            self.close()

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, *exception):
        self.close()

    def register(self, fd, eventmask=EPOLLIN | EPOLLPRI | EPOLLOUT):
        """Registers a new fd or raises an OSError if the fd is already registered."""
        fd = self._open_number(fd)
        if not bridge.js.isKernelDescriptor(fd):
            # A file is always ready.
            raise bridge.error(errno.EPERM)
        if fd in self._watched:
            raise bridge.error(errno.EEXIST)
        self._watched[fd] = _Watched(eventmask)

    def modify(self, fd, eventmask):
        """Modify event mask for a registered file descriptor."""
        fd = self._open_number(fd)
        if fd not in self._watched:
            raise bridge.error(errno.ENOENT)
        self._watched[fd] = _Watched(eventmask)

    def unregister(self, fd):
        """Remove a registered file descriptor from the epoll object."""
        fd = self._open_number(fd)
        if self._watched.pop(fd, None) is None:
            raise bridge.error(errno.ENOENT)

    def poll(self, timeout=None, maxevents=-1):
        """Wait; `timeout` in seconds, None or negative: for ever. Returns a list of (fd, events)."""
        self._check_open()
        if maxevents == 0 or maxevents < -1:
            raise ValueError(f"maxevents must be greater than 0, got {maxevents}")
        most = None if maxevents == -1 else maxevents
        deadline = waiting.deadline_after(None if timeout is None or timeout < 0 else timeout)
        events = self._events()
        while not events:
            if not self._wait(deadline):
                break
            events = self._events()
        events = events[:most]
        for fd, found in events:
            self._note(fd, found)
        return events

    def _check_open(self):
        if self.closed:
            raise ValueError("I/O operation on closed epoll object")

    def _open_number(self, fd):
        self._check_open()
        fd = _number(fd)
        if bridge.js.firstBad(str(fd), "") >= 0:
            raise bridge.error(errno.EBADF)
        return fd

    def _wait(self, deadline):
        """Ask the kernel; False when the time is over."""

        def start(milliseconds, main):
            reading = [fd for fd, watched in self._watched.items() if watched.reads and not watched.is_over(fd)]
            writing = [fd for fd, watched in self._watched.items() if watched.waits_to_write()]
            return bridge.js.wait(",".join(map(str, reading)), ",".join(map(str, writing)), milliseconds, main)

        return waiting.interruptible(start, deadline)

    def _events(self):
        reading = [fd for fd, watched in self._watched.items() if watched.reads]
        writing = [fd for fd, watched in self._watched.items() if watched.writes]
        if not reading and not writing:
            return []
        found = bridge.js.ready(",".join(map(str, reading)), ",".join(map(str, writing)))
        if found == "bad":
            # C code has closed one.
            for fd in [fd for fd in self._watched if bridge.js.firstBad(str(fd), "") >= 0]:
                del self._watched[fd]
            return self._events()
        to_read, to_write = ([int(fd) for fd in part.split(",") if fd] for part in found.split("|"))
        events = {}
        for fd in to_read:
            watched = self._watched[fd]
            if watched.mask & EPOLLET and watched.told == bridge.js.arrivals(fd):
                continue
            events[fd] = watched.mask & (EPOLLIN | EPOLLRDNORM) | bridge.js.pollExtra(fd)
            if watched.mask & EPOLLRDHUP and bridge.js.isSocket(fd) and bridge.js.isAtEnd(fd):
                events[fd] |= EPOLLRDHUP
        for fd in writing:
            watched = self._watched[fd]
            if fd not in to_write:
                watched.writable = False
            elif watched.waits_to_write() or fd in events:
                events[fd] = events.get(fd, 0) | watched.mask & (EPOLLOUT | EPOLLWRNORM) | bridge.js.pollExtra(fd)
        return [(fd, found) for fd, found in events.items() if found]

    def _note(self, fd, found):
        """What is told now is not told again, where once is enough."""
        watched = self._watched[fd]
        watched.told = bridge.js.arrivals(fd)
        watched.writable = bool(found & (EPOLLOUT | EPOLLWRNORM)) or watched.writable
        if watched.mask & EPOLLONESHOT:
            watched.mask = 0
