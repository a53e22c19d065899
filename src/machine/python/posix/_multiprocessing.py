"""`_multiprocessing`, missing in Pyodide: semaphores, which are the kernel's.

Follows CPython's `Modules/_multiprocessing/semaphore.c`.
"""

import _thread
import errno
import sys

from . import bridge, waiting

flags = {"HAVE_SEM_OPEN": 1, "HAVE_SEM_TIMEDWAIT": 1, "HAVE_FD_TRANSFER": 1, "HAVE_BROKEN_SEM_GETVALUE": 0}

_RECURSIVE_MUTEX, _SEMAPHORE = 0, 1


def sem_unlink(name, /):
    number = waiting.wait_for(bridge.js.semaphoreUnlink(name))
    if number:
        raise bridge.error(number)


def _opened(name, value=-1):
    handle = waiting.wait_for(bridge.js.semaphoreOpen(name, value))
    if handle < 0:
        raise bridge.error(-handle)
    return handle


def _is_of_debugger(frame):
    """Whether Werkzeug's debugger makes it, to count wrong PINs.

    For a name CPython starts a process that would unlink it, should this one be killed. Here that is the kernel's
    care, and a development server does without the process.
    """
    while frame is not None:
        if frame.f_globals.get("__name__") == "werkzeug.debug":
            return True
        frame = frame.f_back
    return False


class SemLock:
    """A semaphore, or a lock that its owner may acquire again."""

    SEM_VALUE_MAX = 2147483647

    __slots__ = ("handle", "kind", "maxvalue", "name", "_owns", "_depth", "_owner")

    def __init__(self, kind, value, maxvalue, name, unlink):
        if kind not in (_RECURSIVE_MUTEX, _SEMAPHORE):
            raise ValueError("unrecognized kind")
        if not 0 <= value <= self.SEM_VALUE_MAX:
            raise bridge.error(errno.EINVAL)
        self._fill(_opened(name, value), kind, maxvalue, name)
        self._owns = True
        if not unlink and _is_of_debugger(sys._getframe(1)):
            unlink = True
        if unlink:
            sem_unlink(name)
            self.name = None

    def _fill(self, handle, kind, maxvalue, name):
        self.handle = handle
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = name
        self._owns = False
        self._depth = 0
        self._owner = None

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name, /):
        self = cls.__new__(cls)
        if name is None:
            self._fill(handle, kind, maxvalue, name)
        else:
            self._fill(_opened(name), kind, maxvalue, name)
            self._owns = True
        return self

    def acquire(self, block=True, timeout=None):
        if self.kind == _RECURSIVE_MUTEX and self._is_mine():
            self._depth += 1
            return True

        def start(milliseconds, main):
            return bridge.js.semaphoreWait(self.handle, milliseconds, main)

        if not block or timeout is not None and timeout <= 0:
            outcome = waiting.wait_for(start(0, False))
            if outcome < 0:
                raise bridge.error(-outcome)
            taken = outcome == waiting.READY
        else:
            taken = waiting.interruptible(start, waiting.deadline_after(timeout))
            if not taken and timeout is None:
                # Waiting for ever ends without only where there is no such semaphore.
                raise bridge.error(errno.EINVAL)
        if taken:
            self._depth += 1
            self._owner = _thread.get_ident()
        return taken

    def release(self):
        if self.kind == _RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._depth > 1:
                self._depth -= 1
                return
        number = waiting.wait_for(bridge.js.semaphorePost(self.handle, self.maxvalue))
        if number == errno.EOVERFLOW:
            raise ValueError("semaphore or lock released too many times")
        if number:
            raise bridge.error(number)
        self._depth -= 1

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    def _count(self):
        return self._depth

    def _is_mine(self):
        return self._depth > 0 and self._owner == _thread.get_ident()

    def _get_value(self):
        value = waiting.wait_for(bridge.js.semaphoreValue(self.handle))
        if value < 0:
            raise bridge.error(-value)
        return value

    def _is_zero(self):
        return self._get_value() == 0

    def _after_fork(self):
        self._depth = 0

    def __del__(self):
        if getattr(self, "_owns", False) and bridge.js is not None:
            bridge.js.semaphoreClose(self.handle)
