"""`resource`, missing in Pyodide: limits are the kernel's, usage is what a page can know."""

from collections import namedtuple

error = OSError
RLIM_INFINITY = -1
RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE = 0, 1, 2, 3, 4
RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK, RLIMIT_AS = 5, 6, 7, 8, 9
RUSAGE_SELF, RUSAGE_CHILDREN = 0, -1

_LAST_RESOURCE = 15
_UNLIMITED = 1 << 64

#: The same numbers stand in `kernel/limits.ts` and `process/interpreter.ts`.
_LIMITS = {RLIMIT_NOFILE: (1024, 1024), RLIMIT_NPROC: (64, 64), RLIMIT_AS: (1 << 30, 1 << 30)}

struct_rusage = namedtuple(
    "struct_rusage",
    "ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock ru_oublock "
    "ru_msgsnd ru_msgrcv ru_nsignals ru_nvcsw ru_nivcsw",
)


def _check_resource(resource):
    if not 0 <= resource <= _LAST_RESOURCE:
        raise ValueError("invalid resource specified")


def getrlimit(resource, /):
    _check_resource(resource)
    return _LIMITS.get(resource, (RLIM_INFINITY, RLIM_INFINITY))


def setrlimit(resource, limits, /):
    """Set a limit. That of open files is kept; of others it is only remembered."""
    _check_resource(resource)
    limits = tuple(limits)
    if len(limits) != 2:
        raise ValueError("expected a tuple of 2 integers")
    soft, hard = (_UNLIMITED if limit == RLIM_INFINITY else limit for limit in limits)
    most = getrlimit(resource)[1]
    if soft > hard:
        raise ValueError("current limit exceeds maximum limit")
    if most != RLIM_INFINITY and hard > most:
        raise ValueError("not allowed to raise maximum limit")
    _LIMITS[resource] = limits
    apply()


def apply():
    """Have the worker keep the limits, also in the child of a fork."""
    from . import bridge

    bridge.js.limitDescriptors(_LIMITS[RLIMIT_NOFILE][0])


def getpagesize():
    return 65536


def getrusage(who, /):
    from time import process_time

    from . import bridge

    kilobytes = bridge.js.memoryBytes() // 1024 if who == RUSAGE_SELF else 0
    return struct_rusage(process_time(), 0.0, kilobytes, *(0,) * 13)
