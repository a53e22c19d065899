"""Waiting, and which thread is current.

All threads of a process share the worker. A thread runs until it waits here; then another goes on. The number of
the current thread is kept here and restored after each wait.
"""

import _thread as _c_thread
import select as _c_select

from . import bridge

_new_poll = _c_select.poll

#: What a wait can end with.
TIMED_OUT, READY, INTERRUPTED = 0, 1, 2

#: Number of the thread that runs now (0 while all wait), and of the main thread (which alone handles signals). The
#: first is the worker's only real thread, which the import system knows already.
current = main = _c_thread.get_ident()

#: Whether the worker is about to call into Python. Pyodide imports asyncio on that way, and no stack can be suspended
#: before it has a thread state of its own: a tick there must not give way.
entering = False


def entered():
    """Note that the call has arrived: from here on threads may give way."""
    global entering
    entering = False


def deliver_signals():
    """Run the Python handlers of the signals that have come. `_signal` puts its own here."""


#: Code of this layer's functions that call a program's code.
_callers_of_programs = set()


def is_main():
    return current == main


def calls_program(function):
    """Mark a function of this layer that calls a program's code: below it a thread may give way anywhere."""
    _callers_of_programs.add(function.__code__)
    return function


def may_give_way(frame):
    """Whether the thread in this frame can be suspended here.

    Not in the middle of this layer, whose data must not change under it. Nor in Python that this layer's calls into
    JavaScript lead back to (the first proxy of a kind makes its class): no stack can be suspended across JavaScript's
    frames (JSPI).
    """
    while frame is not None:
        if frame.f_globals.get("__package__") == __package__:
            return frame.f_code in _callers_of_programs
        frame = frame.f_back
    return True


def suspend(slot):
    """Suspend this Python stack until the wait in that slot is over; returns what it ended with.

    Pyodide's `run_sync` would do, but wraps every promise in an asyncio future, which costs more than a whole request.
    C's `poll()` of no descriptors, with the slot for a time-out, leads to the same suspension directly
    (`process/suspension.ts`).
    """
    _new_poll().poll(slot)
    return bridge.js.take(slot)


def wait_for(slot):
    """Suspend this thread; the others go on."""
    global current
    me, current = current, 0
    try:
        return suspend(slot)
    finally:
        current = me


def interruptible(start, deadline):
    """Wait until something is ready or the deadline (seconds on the monotonic clock, None: for ever) is over.

    `start(milliseconds, main)` begins the wait, which ends with one of the three outcomes, and returns its slot. A
    signal that comes meanwhile is handled, then the wait goes on (PEP 475). Returns True when ready.
    """
    from time import monotonic

    while True:
        left = -1 if deadline is None else max(0.0, (deadline - monotonic()) * 1000)
        outcome = wait_for(start(left, current == main))
        if outcome == READY:
            if current == main and bridge.js.signalsPending():
                deliver_signals()
            return True
        if outcome == INTERRUPTED:
            deliver_signals()
            continue
        return False


def deadline_after(timeout):
    """The moment `timeout` seconds from now; None stays None."""
    if timeout is None:
        return None
    from time import monotonic

    return monotonic() + timeout
