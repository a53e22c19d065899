"""`sqlite3`, whose statements ask the kernel for the database.

SQLite keeps processes apart by locks on ranges of its file, which Emscripten grants to everybody, and C code cannot
wait for the kernel's answer. So a process takes the whole database for each statement, and keeps it until its
transaction has ended; what others have written has come by then. It waits for that as long as the connection's
time-out says, then hears SQLite's own words: `database is locked`. Connections of one process are kept apart by SQLite
itself, which would wait for each other without letting them go on: so C waits for nothing, and this layer tries again.

Whoever closes a write-ahead log last removes it, and SQLite takes everybody for the last. So a process also holds a
shared lock on the log, and only who has it alone lets SQLite remove it.
"""

import _sqlite3 as _c_sqlite3
import contextlib
import errno
import functools
import os
import re
import sqlite3 as _sqlite3
import sys
import time

from . import _thread, bridge, fcntl, waiting

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
        #: How many connections of this process are open.
        self.connections = 0
        self._begin()

    def _begin(self):
        self._fd = None
        #: Of its write-ahead log, on which this process holds a shared lock.
        self._log = None
        self._users = 0
        #: Threads come one after another: a lock that two had asked for would go with the first to leave.
        self._entry = _thread.allocate_lock()

    def take(self, timeout):
        deadline = time.monotonic() + timeout
        if not (self._entry.acquire(timeout=timeout) if timeout > 0 else self._entry.acquire(False)):
            raise _locked()
        try:
            if self._users == 0:
                self._lock(deadline)
            self._users += 1
        finally:
            self._entry.release()

    def leave(self):
        if self._log is None:
            self._hold_log()
        self._users -= 1
        if self._users == 0 and self._fd is not None:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def forget_lock(self):
        """In the child of a fork: the lock is the parent's."""
        for fd in (self._fd, self._log):
            if fd is not None:
                os.close(fd)
        self._begin()

    def has_log_alone(self):
        """Whether no other process has the write-ahead log open, for who has taken the database."""
        if self._log is None:
            return True
        try:
            fcntl.flock(self._log, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno != errno.EAGAIN:
                raise
            return False
        fcntl.flock(self._log, fcntl.LOCK_SH)
        return True

    def closed(self):
        """One of this process's connections is closed."""
        self.connections -= 1
        if self.connections == 0 and self._log is not None:
            log, self._log = self._log, None
            os.close(log)

    def _hold_log(self):
        if self.connections == 0 or not os.path.exists(self._path + "-wal"):
            return
        self._log = os.open(self._path + "-wal", os.O_RDONLY)
        # Whoever asks for it alone has taken the database, and so has this process now.
        fcntl.flock(self._log, fcntl.LOCK_SH)

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
                raise _locked()
            time.sleep(_INTERVAL)


def _locked():
    error = _sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = _sqlite3.SQLITE_BUSY
    error.sqlite_errorname = "SQLITE_BUSY"
    return error


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

    def execute(self, sql, *args):
        connection = self.connection
        if isinstance(sql, str) and isinstance(connection, Connection):
            sql = connection._understood(sql)
        return _patiently(connection, super().execute, sql, *args)

    def executemany(self, sql, rows, /):
        return _patiently(self.connection, super().executemany, sql, _Rows(rows))

    def executescript(self, *args):
        return _patiently(self.connection, super().executescript, *args)


class _Rows:
    """Rows to insert, of which the last is given out again when it could not be inserted."""

    def __init__(self, rows):
        self._rows = iter(rows)
        self._given = []
        self.again = False

    def __iter__(self):
        return self

    def __next__(self):
        if self.again and self._given:
            self.again = False
        else:
            self._given = [next(self._rows)]
        return self._given[0]


def _patiently(connection, function, *args):
    """Does it, again and again while another connection of this process has what it needs, until time is over."""
    deadline = None
    changes = None
    while True:
        try:
            with _used(connection):
                changes = connection.total_changes
                return function(*args)
        except _sqlite3.OperationalError as error:
            if not _may_try_again(connection, function, changes, error):
                raise
            if deadline is None:
                deadline = time.monotonic() + connection._timeout
            if time.monotonic() >= deadline:
                raise
            for rows in args:
                if isinstance(rows, _Rows):
                    rows.again = True
        time.sleep(_INTERVAL)


def _may_try_again(connection, function, changes, error):
    # Not when what it has read is old by now (SQLITE_BUSY_SNAPSHOT): C does not wait then, either. Nor when the
    # kernel's lock was waited for as long as allowed.
    if getattr(error, "sqlite_errorcode", None) not in (_sqlite3.SQLITE_BUSY, _sqlite3.SQLITE_BUSY_RECOVERY):
        return False
    if changes is None or not isinstance(connection, Connection):
        return False
    return function.__name__ != "executescript" or connection.total_changes == changes


_busy_timeout = re.compile(r"\s*pragma\s+busy_timeout\s*(?:[=(]\s*(\d+)\s*\)?\s*)?;?\s*$", re.IGNORECASE).match

_leaves_log = re.compile(
    r"""\s*pragma\s+(?:\w+\.)?journal_mode\s*[=(]\s*["']?(?:delete|truncate|persist|memory|off)\b""", re.IGNORECASE
).match


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
        super().__init__(database, 0, *args, **kwargs)
        path = _path_of(_C_Cursor(self))
        if path:
            self._database = database_file = _databases.setdefault(path, _Database(path))
            database_file.connections += 1
            self._opened_by = _process
            # SQLite would remove the write-ahead log of others.
            self.setconfig(_sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)

    def _understood(self, sql):
        """A statement as C may have it: waiting is this layer's, and so is who else has a write-ahead log."""
        setting = _busy_timeout(sql)
        if setting is not None:
            if setting.group(1):
                self._timeout = int(setting.group(1)) / 1000
            return f"select {round(self._timeout * 1000)} as timeout"
        if self._database is not None and _leaves_log(sql):
            with _used(self):
                if not self._database.has_log_alone():
                    raise _locked()
        return sql

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
        _patiently(self, super().commit)

    def rollback(self):
        with _used(self):
            super().rollback()

    def close(self):
        _check_thread(self)
        if self._database is None:
            return super().close()
        with _used(self, closing=True):
            self._end_log()
            super().close()
        self._forget_database()

    def _end_log(self):
        """For who has taken the database: lets SQLite write the log into it and remove it, if this is the last."""
        database = self._database
        if database is not None and database.connections == 1 and self._opened_by == _process:
            alone = database.has_log_alone()
            self.setconfig(_sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, not alone)

    def _forget_database(self):
        database, self._database = self._database, None
        if database is not None and self._opened_by == _process:
            database.closed()

    def backup(self, *args, **kwargs):
        with _used(self):
            super().backup(*args, **kwargs)

    def __exit__(self, *exception):
        if exception[0] is None:
            try:
                self.commit()
            except BaseException:
                # C's own rolls back at once where it cannot commit.
                with _used(self):
                    super().__exit__(*sys.exc_info())
                raise
            return False
        with _used(self):
            return super().__exit__(*exception)

    def __del__(self):
        super().__del__()  # pyright: ignore[reportAttributeAccessIssue]
        database = getattr(self, "_database", None)
        if database is None:
            return
        if database._log is not None and self._opened_by == _process and bridge.can_run_sync():
            # As `close`, but nothing waits for what is thrown away.
            self._timeout = 0
            with contextlib.suppress(_sqlite3.Error), _used(self, closing=True):
                self._end_log()
                super().close()
        # A transaction that was never ended has its database no longer than its connection.
        if self._took_it == _process:
            self._took_it = None
            database.leave()
        self._forget_database()


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
