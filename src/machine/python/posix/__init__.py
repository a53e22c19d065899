"""The C modules of CPython that need an operating system, replaced in Python.

A process of the Python machine is a CPython in a Web Worker. The modules in this package take the places of `_thread`,
`_socket`, `select`, `_signal`, `_queue`, `_posixsubprocess`, `_hashlib`, `fcntl`, `grp`, `pwd` and `resource`, and of
some functions of `posix` and `time`. Everything above them (`threading`, `socket`, `subprocess`, ...) is the published
standard library.

`install()` runs once, from `sitecustomize`, before anything has imported the originals. At that moment there is no
kernel yet: functions reach it through `bridge.js`, which the worker attaches when the process begins.
"""

import sys


def install():
    """Put the replacements in the places of the C modules."""
    import importlib

    importlib.import_module("posix_layer.errno").install()
    for name in (
        "_thread",
        "_signal",
        "_queue",
        "select",
        "_socket",
        "fcntl",
        "grp",
        "pwd",
        "resource",
        "_posixsubprocess",
        "_hashlib",
    ):
        module = importlib.import_module(f"posix_layer.{name}")
        sys.modules[name] = module

    # Module locks of the import system are per thread, so they must know our threads, not the worker's single one.
    bootstrap = sys.modules.get("importlib._bootstrap") or sys.modules["_frozen_importlib"]
    vars(bootstrap)["_thread"] = sys.modules["_thread"]

    for name in ("posix", "time", "io", "traceback", "termios", "locale"):
        importlib.import_module(f"posix_layer.{name}").install()

    # `subprocess` decides by the platform's name, once, whether processes can be started.
    platform, sys.platform = sys.platform, "linux"
    importlib.import_module("subprocess")
    sys.platform = platform
    importlib.import_module("posix_layer.sqlite3").install()
    for name in ("_multiprocessing", "_posixshmem"):
        sys.modules[name] = importlib.import_module(f"posix_layer.{name}")
    importlib.import_module("posix_layer.mmap").install()
