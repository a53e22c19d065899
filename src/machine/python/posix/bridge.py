"""The door to the worker.

`js` is an object of functions (see `process/bridge.ts`); `run_sync` suspends the Python stack until a promise
is settled and lets the worker do other things meanwhile.
"""

js = None
run_sync = None
can_run_sync = None
to_js = None


def attach(kernel_bridge):
    """Called by the worker once the interpreter runs, and again in each restored or forked process."""
    global js, run_sync, can_run_sync, to_js
    js = kernel_bridge
    from pyodide.ffi import can_run_sync as can
    from pyodide.ffi import run_sync as run
    from pyodide.ffi import to_js as convert

    run_sync = run
    can_run_sync = can
    to_js = convert


def error(number, *where):
    """The OSError for an errno (a number of this CPython's `errno`), of the right subclass, in glibc's words."""
    return OSError(number, js.errorText(number), *where)
