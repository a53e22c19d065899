"""`pwd`, missing in Pyodide: the two accounts of a host."""

from collections import namedtuple

struct_passwd = namedtuple("struct_passwd", "pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell")

_ACCOUNTS = (
    struct_passwd("root", "x", 0, 0, "root", "/root", "/bin/sh"),
    struct_passwd("student", "x", 1000, 1000, "student", "/home/student", "/bin/sh"),
)


def getpwall():
    return list(_ACCOUNTS)


def getpwnam(name, /):
    for account in _ACCOUNTS:
        if account.pw_name == name:
            return account
    raise KeyError(f"getpwnam(): name not found: {name!r}")


def getpwuid(uid, /):
    for account in _ACCOUNTS:
        if account.pw_uid == uid:
            return account
    raise KeyError(f"getpwuid(): uid not found: {uid}")
