"""`time.sleep`, replaced: a sleeping thread lets the others run. The clocks are the kernel's already.

And `time.tzset`, which Emscripten's C library lacks: `process/local-time.ts` is what C code takes for the local time.
"""

import os
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


#: Whether a zone was chosen, which a forked child then has, too, and which.
_zone = (False, "")


def tzset():
    """Initialize, or reinitialize, the local timezone to the value stored in os.environ['TZ']."""
    global _zone
    _zone = ("TZ" in os.environ, os.environ.get("TZ", ""))
    bridge.js.chooseTimeZone(*_zone)
    # As `init_timezone` of C does: the names and offsets of a winter and of a summer.
    year = (365 * 24 + 6) * 3600
    winter = _time.time() // year * year
    halves = [_time.localtime(time) for time in (winter, winter + year / 2)]
    if halves[0].tm_gmtoff > halves[1].tm_gmtoff:
        halves.reverse()
    standard, summer = halves
    _time.timezone, _time.altzone = -standard.tm_gmtoff, -summer.tm_gmtoff
    _time.daylight = int(standard.tm_gmtoff != summer.tm_gmtoff)
    _time.tzname = (standard.tm_zone, summer.tm_zone)


def after_fork_in_child():
    """The zone is the process's, and the worker is a new one."""
    if _zone[0]:
        bridge.js.chooseTimeZone(*_zone)


def install():
    _time.sleep = sleep
    _time.tzset = tzset
