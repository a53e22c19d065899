"""`_posixshmem`, missing in Pyodide: shared memory by name, which is a file in `/dev/shm` as on Linux."""

import os

_FOLDER = "/dev/shm"


def shm_open(path, flags, mode=0o777):
    return os.open(_FOLDER + "/" + path.lstrip("/"), flags | os.O_CLOEXEC, mode)


def shm_unlink(path):
    os.unlink(_FOLDER + "/" + path.lstrip("/"))
