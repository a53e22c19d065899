"""`_multiprocessing`, missing in Pyodide: semaphores.

A semaphore here is one process's own: it keeps threads apart, and the processes of a fork each have a copy. Werkzeug's
debugger counts wrong PINs under one; nothing else of the servers uses it.
"""

import threading
import time

flags = {"HAVE_SEM_OPEN": 1, "HAVE_SEM_TIMEDWAIT": 1, "HAVE_FD_TRANSFER": 0, "HAVE_BROKEN_SEM_GETVALUE": 0}

_RECURSIVE_MUTEX = 0


def sem_unlink(name):
    """Names lead nowhere: there is nothing to unlink."""


class SemLock:
    """A semaphore, or a lock that its owner may acquire again."""

    SEM_VALUE_MAX = 2147483647

    def __init__(self, kind, value, maxvalue, name, unlink):
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = None  # unlinked from the start: no tracker process has to look after it
        self.handle = 0
        self._value = value
        self._owner = None
        self._depth = 0
        self._changed = threading.Condition()

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name):
        return cls(kind, maxvalue, maxvalue, name, False)

    def acquire(self, block=True, timeout=None):
        me = threading.get_ident()
        if self.kind == _RECURSIVE_MUTEX and self._owner == me:
            self._depth += 1
            return True
        deadline = None if timeout is None else time.monotonic() + max(0, timeout)
        with self._changed:
            while self._value == 0:
                if not block:
                    return False
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    return False
                self._changed.wait(left)
            self._value -= 1
        self._owner = me
        self._depth = 1
        return True

    def release(self):
        if self.kind == _RECURSIVE_MUTEX:
            if self._owner != threading.get_ident():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            self._depth -= 1
            if self._depth:
                return
            self._owner = None
        elif self._value >= self.maxvalue:
            raise ValueError("semaphore or lock released too many times")
        with self._changed:
            self._value += 1
            self._changed.notify()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    def _count(self):
        return self._depth if self._is_mine() else 0

    def _is_mine(self):
        return self._owner == threading.get_ident() and self._depth > 0

    def _get_value(self):
        return self._value

    def _is_zero(self):
        return self._value == 0

    def _after_fork(self):
        self._depth = 0
