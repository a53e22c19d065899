"""`sqlite3`, whose statements ask the kernel for the database.

SQLite keeps processes apart by locks on ranges of its file, which Emscripten grants to everybody, and C code cannot
wait for the kernel's answer. So a process takes the whole database for each statement, and keeps it until its
transaction has ended; what others have written has come by then. It waits for that as long as the connection's
time-out says, then hears SQLite's own words: `database is locked`.
"""

import _sqlite3 as _c_sqlite3
import contextlib
import errno
import functools
import os
import sqlite3 as _sqlite3
import sys
import time

from . import fcntl, waiting

_c_connect, _C_Connection, _C_Cursor = _c_sqlite3.connect, _c_sqlite3.Connection, _c_sqlite3.Cursor

#: How often a process that waits looks again, in seconds. SQLite itself sleeps between attempts, too.
_INTERVAL = 0.01

#: The databases that this process has opened, by path.
_databases = {}

#: Grows with each fork: what a parent has taken is not its child's.
_process = 1


class _Database:
    """A database file, and how many of this process's connections are using it now."""

    def __init__(self, path):
        self._path = path
        self._fd = None
        self._users = 0

    def take(self, timeout):
        if self._users == 0:
            self._lock(time.monotonic() + timeout)
        self._users += 1

    def leave(self):
        self._users -= 1
        if self._users == 0 and self._fd is not None:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def forget_lock(self):
        """In the child of a fork: the lock is the parent's."""
        if self._fd is not None:
            os.close(self._fd)
        self._fd = None
        self._users = 0

    def _lock(self, deadline):
        if self._fd is None:
            self._fd = os.open(self._path, os.O_RDONLY)
        while True:
            try:
                return fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno != errno.EAGAIN:
                    raise
            if time.monotonic() >= deadline:
                raise _sqlite3.OperationalError("database is locked")
            time.sleep(_INTERVAL)


def _check_thread(connection):
    """C's own check takes all threads for one: they share the worker's."""
    owner = getattr(connection, "_thread", None)
    if owner is not None and owner != waiting.current:
        raise _sqlite3.ProgrammingError(
            "SQLite objects created in a thread can only be used in that same thread. "
            f"The object was created in thread id {owner} and this is thread id {waiting.current}."
        )


def _of_one_thread(base, names, connection_of):
    """For a class: C's methods of these names, which only the thread may call that has made the connection."""

    def checked(name):
        of_c = getattr(base, name)

        @functools.wraps(of_c)
        def method(self, *args, **kwargs):
            _check_thread(connection_of(self))
            return of_c(self, *args, **kwargs)

        return method

    return {name: checked(name) for name in names if hasattr(base, name)}


class Cursor(_C_Cursor):
    """A cursor whose statements have the database for themselves."""

    locals().update(
        _of_one_thread(
            _C_Cursor, ("fetchone", "fetchmany", "fetchall", "__next__", "close"), lambda cursor: cursor.connection
        )
    )

    def execute(self, *args):
        with _used(self.connection):
            return super().execute(*args)

    def executemany(self, *args):
        with _used(self.connection):
            return super().executemany(*args)

    def executescript(self, *args):
        with _used(self.connection):
            return super().executescript(*args)


class Connection(_C_Connection):
    """A connection that has its database from a transaction's first statement to its end."""

    locals().update(
        _of_one_thread(
            _C_Connection,
            """__call__ create_function create_aggregate create_window_function create_collation set_authorizer
            set_progress_handler set_trace_callback enable_load_extension load_extension iterdump blobopen setlimit
            getlimit serialize deserialize""".split(),
            lambda connection: connection,
        )
    )

    def __init__(self, database, timeout=5.0, *args, **kwargs):
        # The third of `args`, after detect_types and isolation_level.
        one_thread = args[2] if len(args) > 2 else kwargs.get("check_same_thread", True)
        self._thread = waiting.current if one_thread else None
        self._database: _Database | None = None
        self._took_it: int | None = None
        self._timeout = timeout
        super().__init__(database, timeout, *args, **kwargs)
        path = _path_of(_C_Cursor(self))
        if path:
            self._database = _databases.setdefault(path, _Database(path))

    def cursor(self, factory=None):
        _check_thread(self)
        return super().cursor(Cursor if factory is None else factory)

    # C's own make a cursor of C's.
    def execute(self, *args):
        return self.cursor().execute(*args)

    def executemany(self, *args):
        return self.cursor().executemany(*args)

    def executescript(self, *args):
        return self.cursor().executescript(*args)

    def commit(self):
        with _used(self):
            super().commit()

    def rollback(self):
        with _used(self):
            super().rollback()

    def close(self):
        with _used(self, closing=True):
            super().close()

    def backup(self, *args, **kwargs):
        with _used(self):
            super().backup(*args, **kwargs)

    def __exit__(self, *exception):
        with _used(self):
            return super().__exit__(*exception)

    def __del__(self):
        # A transaction that was never ended has its database no longer than its connection.
        if self._database is not None and self._took_it == _process:
            self._took_it = None
            self._database.leave()
        super().__del__()  # pyright: ignore[reportAttributeAccessIssue]


for _class in (Cursor, Connection):
    _class.__module__ = "sqlite3"


@contextlib.contextmanager
def _used(connection, closing=False):
    """The database is this process's in here, and afterwards as long as the connection is in a transaction."""
    _check_thread(connection)
    database = getattr(connection, "_database", None)
    if database is not None and connection._took_it != _process:
        database.take(connection._timeout)
        connection._took_it = _process
    try:
        yield
    finally:
        if database is not None and connection._took_it == _process and (closing or not _in_transaction(connection)):
            connection._took_it = None
            database.leave()


def _in_transaction(connection):
    try:
        return connection.in_transaction
    except _sqlite3.ProgrammingError:
        return False  # it is closed


def _path_of(cursor):
    """Where the database of a connection lies; empty for one in memory, and for a temporary one."""
    return cursor.execute("pragma database_list").fetchone()[2]


def connect(database, *args, **kwargs):
    """Open a connection to the SQLite database file 'database'."""
    if len(args) < 5:
        kwargs.setdefault("factory", Connection)
    return _c_connect(database, *args, **kwargs)


def _in_child():
    global _process
    _process += 1
    for database in _databases.values():
        database.forget_lock()


def install():
    for module in (_c_sqlite3, _sqlite3, sys.modules["sqlite3.dbapi2"]):
        vars(module).update(Connection=Connection, Cursor=Cursor, connect=connect)
    os.register_at_fork(after_in_child=_in_child)
