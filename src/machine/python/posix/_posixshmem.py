"""`_posixshmem`, missing in Pyodide: shared memory by name, which is a file in `/dev/shm` as on Linux."""

import os

_FOLDER = "/dev/shm"


def shm_open(path, flags, mode=0o777):
    return _called(path, os.open, flags | os.O_CLOEXEC, mode)


def shm_unlink(path):
    _called(path, os.unlink)


def _called(path, function, *args):
    """Errors name the memory as the program does."""
    try:
        return function(_FOLDER + "/" + path.lstrip("/"), *args)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
