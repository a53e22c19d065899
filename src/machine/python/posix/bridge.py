"""The door to the worker.

`js` has the functions of `process/bridge.ts`. Those that wait return the number of a slot, for `waiting.wait_for`.
"""

from types import SimpleNamespace

js = None
can_run_sync = None
to_js = None


def attach(kernel_bridge, names):
    """Called by the worker once the interpreter runs, and again in each restored or forked process."""
    global js, can_run_sync, to_js
    # Asking JavaScript for a function makes a new proxy of it each time, which costs more than most calls.
    js = SimpleNamespace(**{name: getattr(kernel_bridge, name) for name in names})
    from pyodide.ffi import can_run_sync as can
    from pyodide.ffi import to_js as convert

    can_run_sync = can
    to_js = convert


def terminal_size(fd):
    """Columns and rows of a terminal. Raises `OSError`: EBADF, ENOTTY."""
    assert js is not None  # Before a process begins there is no terminal.
    size = js.terminalSize(fd)
    if size < 0:
        raise error(-size)
    return size >> 16, size & 0xFFFF


def error(number, *where):
    """The OSError for an errno, of the right subclass, in glibc's words."""
    assert js is not None  # Before a process begins nothing asks the kernel.
    return OSError(number, js.errorText(number), *where)
