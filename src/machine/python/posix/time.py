"""`time.sleep`, replaced: a sleeping thread lets the others run. The clocks are the kernel's already."""

import time as _time

from . import bridge, waiting


def sleep(seconds, /):
    """Delay execution for a given number of seconds."""
    if isinstance(seconds, str) or seconds is None:
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
    seconds = float(seconds)
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    waiting.interruptible(bridge.js.sleep, _time.monotonic() + seconds)


def install():
    _time.sleep = sleep
