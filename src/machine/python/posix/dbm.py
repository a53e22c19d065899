"""`dbm`, which Pyodide's standard library lacks: bytes by their keys, in a file of SQLite, as CPython makes it."""

import io
import os
import sqlite3
import sys
from collections.abc import MutableMapping
from types import ModuleType

#: So that `dbm.sqlite3` is a module of a package.
__path__ = []
__all__ = ["error", "open", "whichdb"]

_MAGIC = b"SQLite format 3\0"
_MODES = {"r": "ro", "w": "rw", "c": "rwc", "n": "rwc"}


class _Error(OSError):
    """What went wrong in the database."""


_Error.__name__ = _Error.__qualname__ = "error"
error = (_Error, OSError)


class _Database(MutableMapping):
    """An open database: a mapping of bytes."""

    def __init__(self, path, flag, mode):
        path = os.fsdecode(path)
        if flag == "n" and os.path.exists(path):
            os.unlink(path)
        is_new = flag in "cn" and not os.path.exists(path)
        uri = f"file:{path.replace('%', '%25').replace('?', '%3F').replace('#', '%23')}?mode={_MODES[flag]}"
        try:
            self._connection = sqlite3.connect(uri, uri=True, isolation_level=None)
            if is_new:
                os.chmod(path, mode & 0o777)
            if flag != "r":
                self._connection.execute("CREATE TABLE IF NOT EXISTS Dict (key BLOB UNIQUE NOT NULL, value BLOB)")
        except sqlite3.Error as problem:
            raise _Error(str(problem)) from None

    def _run(self, statement, *values):
        if self._connection is None:
            raise _Error("DBM object has already been closed")
        try:
            return self._connection.execute(statement, values)
        except sqlite3.Error as problem:
            raise _Error(str(problem)) from None

    def __len__(self):
        return self._run("SELECT COUNT(*) FROM Dict").fetchone()[0]

    def __getitem__(self, key):
        found = self._run("SELECT value FROM Dict WHERE key = CAST(? AS BLOB)", key).fetchone()
        if found is None:
            raise KeyError(key)
        return found[0]

    def __setitem__(self, key, value):
        self._run("REPLACE INTO Dict (key, value) VALUES (CAST(? AS BLOB), CAST(? AS BLOB))", key, value)

    def __delitem__(self, key):
        if self._run("DELETE FROM Dict WHERE key = CAST(? AS BLOB)", key).rowcount == 0:
            raise KeyError(key)

    def __iter__(self):
        for (key,) in self._run("SELECT key FROM Dict").fetchall():
            yield key

    def keys(self):
        return list(super().keys())

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def open(file, flag="r", mode=0o666):
    """Open or create the database at a path, and return it."""
    if flag[:1] not in _MODES:
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    kind = whichdb(file) if flag[:1] != "n" else None
    if kind is None and flag[:1] in "rw":
        raise _Error("db file doesn't exist; use 'c' or 'n' flag to create a new db")
    if kind == "":
        raise _Error("db type could not be determined")
    return _Database(file, flag[:1], mode)


def whichdb(filename):
    """Guess which module made a file: its name, an empty text if that is not known, None if there is no file."""
    try:
        with io.open(filename, "rb") as file:  # noqa: UP020
            begin = file.read(len(_MAGIC))
    except OSError:
        return None
    return "dbm.sqlite3" if begin == _MAGIC else ""


def _as_module():
    """`dbm.sqlite3`."""
    module = ModuleType(f"{__name__}.sqlite3", __doc__)

    def open_file(filename, /, flag="r", mode=0o666):
        return _Database(filename, flag[:1], mode)

    vars(module).update(open=open_file, error=_Error)
    return module


sys.modules[f"{__name__}.sqlite3"] = _as_module()
