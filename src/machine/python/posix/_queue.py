"""`_queue`, replaced: a `SimpleQueue` that a signal handler may use while the same queue waits.

The pure Python fallback in `queue` says of itself that it is not reentrant; gunicorn's arbiter puts signals
into such a queue from its handlers.
"""

from types import GenericAlias

from . import bridge, waiting


class Empty(Exception):
    "Exception raised by Queue.get(block=0)/get_nowait()."


Empty.__module__ = "_queue"


class SimpleQueue:
    """Simple, unbounded, reentrant FIFO queue."""

    __slots__ = ("_items", "_waiters", "__weakref__")

    def __init__(self):
        self._items = []
        self._waiters = []

    def put(self, item, block=True, timeout=None):
        self._items.append(item)
        if self._waiters:
            bridge.js.unpark(self._waiters.pop(0))

    def put_nowait(self, item):
        self.put(item)

    def get(self, block=True, timeout=None):
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        deadline = waiting.deadline_after(timeout) if block else None
        while True:
            try:
                return self._items.pop(0)
            except IndexError:
                if not block:
                    raise Empty from None
            if not self._wait(deadline) and not self._items:
                raise Empty

    def _wait(self, deadline):
        """Until something is put, a signal was handled or the deadline is over; False for the last."""
        token = bridge.js.newToken()
        self._waiters.append(token)

        def park(milliseconds, main):
            return bridge.js.park(token, milliseconds, main)

        try:
            return waiting.interruptible(park, deadline)
        finally:
            if token in self._waiters:
                self._waiters.remove(token)

    def get_nowait(self):
        return self.get(block=False)

    def empty(self):
        return not self._items

    def qsize(self):
        return len(self._items)

    __class_getitem__ = classmethod(GenericAlias)


SimpleQueue.__module__ = "_queue"
