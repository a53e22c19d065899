"""`_thread`, replaced: threads that take turns in one worker.

Follows CPython's `Modules/_threadmodule.c` in names, arguments and errors. A thread is a suspended Python stack;
it gives way when it waits, and every 5 ms when it does not (see `_signal`).
"""

import _thread as _c_thread
import _weakref
import sys

from . import bridge, waiting

error = RuntimeError
TIMEOUT_MAX = _c_thread.TIMEOUT_MAX
_excepthook = _c_thread._excepthook
_ExceptHookArgs = _c_thread._ExceptHookArgs

_INFINITE = -1
_next_ident = waiting.main + 1
_count_running = 0
_stack_size = 0


def _timeout_seconds(blocking, timeout):
    """Check acquire()'s arguments as CPython does; None means for ever, 0 not at all."""
    if not blocking:
        if timeout != _INFINITE:
            raise ValueError("can't specify a timeout for a non-blocking call")
        return 0
    if timeout == _INFINITE:
        return None
    if timeout < 0:
        raise ValueError("timeout value must be a non-negative number")
    if timeout > TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")
    return timeout


class lock:
    """A lock that is handed to the thread that has waited longest."""

    __slots__ = ("_locked", "_waiters", "__weakref__")

    def __init__(self):
        self._locked = False
        self._waiters = []

    def acquire(self, blocking=True, timeout=_INFINITE):
        seconds = _timeout_seconds(blocking, timeout)
        if not self._locked:
            self._locked = True
            return True
        if seconds == 0:
            return False
        return _wait_in_line(self._waiters, seconds, self.release)

    acquire_lock = acquire

    def release(self):
        if not self._locked:
            raise RuntimeError("release unlocked lock")
        # A waiter of before a fork does not exist in the child: pass it over.
        while self._waiters:
            if bridge.js.unpark(self._waiters.pop(0)):
                return
        self._locked = False

    release_lock = release

    def locked(self):
        return self._locked

    locked_lock = locked

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    def _at_fork_reinit(self):
        self._locked = False
        self._waiters = []

    def __repr__(self):
        return f"<{'locked' if self._locked else 'unlocked'} _thread.lock object at {hex(id(self))}>"


LockType = lock


def _wait_in_line(waiters, seconds, give_back):
    """Stand in line until unparked; True when the lock was handed over."""
    token = bridge.js.newToken()
    waiters.append(token)

    def park(milliseconds, main):
        return bridge.js.park(token, milliseconds, main)

    try:
        waiting.interruptible(park, waiting.deadline_after(seconds))
    except BaseException:
        # A signal handler raised: leave the line, or give back what was just handed over.
        if token in waiters:
            waiters.remove(token)
        else:
            give_back()
        raise
    if token in waiters:
        waiters.remove(token)
        return False
    return True


class RLock:
    """A lock that its owner may acquire again."""

    __slots__ = ("_owner", "_depth", "_waiters", "__weakref__")

    def __init__(self):
        self._owner = 0
        self._depth = 0
        self._waiters = []

    def acquire(self, blocking=True, timeout=_INFINITE):
        seconds = _timeout_seconds(blocking, timeout)
        me = waiting.current
        if self._owner == me:
            self._depth += 1
            return True
        if self._depth == 0:
            self._owner = me
            self._depth = 1
            return True
        if seconds == 0:
            return False
        if _wait_in_line(self._waiters, seconds, self._hand_on):
            self._owner = me
            return True
        return False

    def _hand_on(self):
        while self._waiters:
            self._owner = -1  # in between: the next in line becomes the owner when it runs
            self._depth = 1
            if bridge.js.unpark(self._waiters.pop(0)):
                return
        self._owner = 0
        self._depth = 0

    def release(self):
        if self._owner != waiting.current:
            raise RuntimeError("cannot release un-acquired lock")
        if self._depth > 1:
            self._depth -= 1
        else:
            self._hand_on()

    def locked(self):
        return self._depth > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    # The three that threading.Condition uses.
    def _is_owned(self):
        return self._owner == waiting.current

    def _release_save(self):
        if self._depth == 0:
            raise RuntimeError("cannot release un-acquired lock")
        saved = (self._depth, self._owner)
        self._hand_on()
        return saved

    def _acquire_restore(self, saved):
        self.acquire()
        self._depth, self._owner = saved

    def _recursion_count(self):
        return self._depth if self._owner == waiting.current else 0

    def _at_fork_reinit(self):
        self._owner = 0
        self._depth = 0
        self._waiters = []

    def __repr__(self):
        state = "locked" if self._depth else "unlocked"
        return f"<{state} _thread.RLock object owner={self._owner} count={self._depth} at {hex(id(self))}>"


def allocate_lock():
    return lock()


allocate = allocate_lock


_locals = {}


class _local:
    """Thread-local data: an instance has another `__dict__` in each thread."""

    __slots__ = ("_thread_state", "__dict__", "__weakref__")

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        # The creating thread's __init__ runs anyway, after __new__.
        object.__setattr__(self, "_thread_state", (args, kwargs, {waiting.current: {}}))
        key = id(self)
        _locals[key] = _weakref.ref(self, lambda _: _locals.pop(key, None))
        return self

    def __getattribute__(self, name):
        _enter(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        _enter(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        _enter(self)
        object.__delattr__(self, name)


# What cannot be found in one says so of this name, as C's type has it; the qualified name stays without the module.
_local.__name__, _local.__module__ = "_thread._local", "_thread"


def _enter(local):
    """Give the instance the current thread's `__dict__`; a thread that is new to it runs its `__init__` first."""
    args, kwargs, dicts = object.__getattribute__(local, "_thread_state")
    own = dicts.get(waiting.current)
    if own is not None:
        object.__setattr__(local, "__dict__", own)
        return
    dicts[waiting.current] = own = {}
    object.__setattr__(local, "__dict__", own)
    type(local).__init__(local, *args, **kwargs)
    object.__setattr__(local, "__dict__", own)


def _forget_locals(ident):
    """A thread has ended: its data go."""
    for reference in list(_locals.values()):
        local = reference()
        if local is not None:
            object.__getattribute__(local, "_thread_state")[2].pop(ident, None)


def get_ident():
    # While all threads wait, Pyodide's event loop may run Python for the worker itself: that is the main thread's.
    return waiting.current or waiting.main


def get_native_id():
    """As on Linux: the main thread's is the pid, others follow."""
    import os

    return os.getpid() + waiting.current - waiting.main


def _get_main_thread_ident():
    return waiting.main


class _ThreadHandle:
    """What `threading` holds of a thread: its number, and a way to wait for its end."""

    __slots__ = ("ident", "_done", "_waiters", "__weakref__")

    def __init__(self):
        self.ident: int | None = None
        self._done = False
        self._waiters = []

    def is_done(self):
        return self._done

    def _set_done(self):
        self._done = True
        waiters, self._waiters = self._waiters, []
        for token in waiters:
            bridge.js.unpark(token)

    def join(self, timeout=None):
        if self._done:
            return
        if self.ident == waiting.current:
            raise RuntimeError("Cannot join current thread")
        if self.ident is None:
            raise RuntimeError("thread not started")
        if timeout is not None and timeout < 0:
            timeout = None
        _wait_in_line(self._waiters, timeout, lambda: None)


#: Threads that have begun and not ended; those of them that the end of the process waits for.
_alive = set()
_handles = set()


def _make_thread_handle(ident):
    handle = _ThreadHandle()
    handle.ident = ident
    return handle


def start_joinable_thread(function, handle=None, daemon=True):
    """Start a thread; returns its handle."""
    global _next_ident
    if not callable(function):
        raise TypeError("thread function must be callable")
    if handle is None:
        handle = _ThreadHandle()
    elif handle.ident is not None:
        raise RuntimeError("thread already started")
    handle.ident = _next_ident
    _next_ident += 1
    _alive.add(handle)
    if not daemon:
        _handles.add(handle)
    _to_run.append(_Start(function, handle))
    bridge.js.runThread()
    return handle


def start_new_thread(function, args, kwargs=None):
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if kwargs is not None and not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")

    @waiting.calls_program
    def run():
        function(*args, **(kwargs or {}))

    return start_joinable_thread(run).ident


start_new = start_new_thread

#: Threads that wait for a carrier to run them, oldest first.
_to_run = []


class _Start:
    """A thread that is to run."""

    __slots__ = ("function", "handle")

    def __init__(self, function, handle):
        self.function = function
        self.handle = handle


@waiting.calls_program
def _run_carrier():
    """The life of a carrier: a Python stack that runs one thread after the other. Called by the worker."""
    global _count_running
    while True:
        while _to_run:
            start = _to_run.pop(0)
            waiting.current = start.handle.ident
            bridge.js.threadBegins(waiting.current - waiting.main)
            _count_running += 1
            try:
                start.function()
            except SystemExit:
                pass
            except BaseException as exception:
                _report(exception, start.function)
            finally:
                _count_running -= 1
                _alive.discard(start.handle)
                _handles.discard(start.handle)
                start.handle._set_done()
                _forget_locals(start.handle.ident)
                start = None
            bridge.js.threadEnds()
        waiting.current = 0
        waiting.suspend(bridge.js.idleCarrier())


def _report(exception, function):
    """What CPython prints of a thread function that raised (`threading` has a hook of its own before this)."""
    import traceback

    print(f"Exception ignored in thread started by {function!r}:", file=sys.stderr)
    traceback.print_exception(exception)


def exit():
    raise SystemExit


exit_thread = exit


def interrupt_main(signum=2):
    import _signal

    _signal.raise_in_main(signum)


def daemon_threads_allowed():
    return True


def _shutdown():
    """Wait for all threads that are no daemons."""
    while True:
        waiting_for = [handle for handle in list(_handles) if handle.ident != waiting.current]
        if not waiting_for:
            return
        waiting_for[0].join()


def _is_main_interpreter():
    return True


def _count():
    return _count_running


def stack_size(size=0):
    global _stack_size
    previous, _stack_size = _stack_size, size
    return previous


def set_name(name):
    """Names show in `ps -L` on Linux; here nothing shows them."""


def _after_fork_in_child():
    """Only the thread that forked lives on, as the main thread."""
    global _count_running
    waiting.main = waiting.current
    _to_run.clear()
    _handles.clear()
    for handle in _alive:
        if handle.ident != waiting.current:
            handle._set_done()
    _alive.clear()
    _count_running = 0
