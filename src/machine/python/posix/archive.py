"""Packages that are not in the image: pip itself, and what it can install.

They are files of the site that the page fetches when somebody asks for them (`../page/archive.ts`). For pip they are an
index of packages in a folder, as the packaging specification has it ("simple repository API"), which `/etc/pip.conf`
names: so pip is the published one, and `--index-url` and `--no-index` mean what they mean anywhere. A wheel comes when
pip opens it.
"""

import builtins
import errno
import io
import os
import sys

from . import bridge, waiting

_FOLDER = "/usr/share/python-wheels"
_INDEX = f"{_FOLDER}/simple"
_PIP = "/lib/pip.zip"

_open = None


def bring_pip():
    """Put pip on the path of a Python that has none of its own. Raises ImportError where it cannot be had."""
    if _PIP in sys.path:
        return
    reason = waiting.wait_for(bridge.js.bringFromArchive("pip", "", _PIP))
    if reason:
        raise ImportError(f"pip could not be fetched: {reason}", name="pip")
    sys.path.append(_PIP)


def lay_out():
    """Make the index that pip reads. Once in a process, when it imports pip."""
    global _open
    if _open is not None:
        return
    _open = io.open
    import json

    listed = f"{_FOLDER}/archive.json"
    os.makedirs(_INDEX, exist_ok=True)
    if _bring("list", "", listed):
        return  # Then pip finds nothing, and says so.
    with open(listed) as file:
        packages = json.load(file)
    for package in packages:
        wheel = package["wheel"]
        folder = f"{_INDEX}/{_normal(package['name'])}"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/index.html", "w") as file:
            file.write(f'<!DOCTYPE html><a href="../../{wheel}#sha256={package["sha256"]}">{wheel}</a>')
        open(f"{_FOLDER}/{wheel}", "w").close()
    io.open = builtins.open = _open_brought
    _explain_what_is_missing()


def _bring(kind, name, path):
    return waiting.wait_for(bridge.js.bringFromArchive(kind, name, path))


def _normal(name):
    """As PyPI compares names."""
    import re

    return re.sub(r"[-_.]+", "-", name).lower()


def _open_brought(file, *args, **options):
    """`open`, which brings a wheel of the archive first."""
    assert _open is not None
    path = os.fsdecode(file) if isinstance(file, (str, bytes, os.PathLike)) else ""
    if path.startswith(_FOLDER) and path.endswith(".whl") and os.path.exists(path) and not os.path.getsize(path):
        reason = _bring("wheel", os.path.basename(path), path)
        if reason:
            raise OSError(errno.ENETUNREACH, f"{os.strerror(errno.ENETUNREACH)}: {reason}", path)
    return _open(file, *args, **options)


def unpack_pip(folder):
    """Unpack pip's wheel into a folder. Raises OSError where it cannot be had."""
    import zipfile

    lay_out()
    wheel = next((name for name in sorted(os.listdir(_FOLDER)) if name.startswith("pip-")), None)
    if wheel is None:
        raise bridge.error(errno.ENETUNREACH)
    with zipfile.ZipFile(f"{_FOLDER}/{wheel}") as archive:
        archive.extractall(folder)


def _explain_what_is_missing():
    """One line behind pip's own, when it has found no such package."""
    import atexit
    import logging

    class Listener(logging.Handler):
        def emit(self, record):
            if str(record.msg).startswith("No matching distribution found"):
                atexit.register(_print_explanation)

    logging.getLogger("pip._internal.cli.base_command").addHandler(Listener(logging.ERROR))


def _print_explanation():
    print(
        "There is no network here: pip installs what this site brings along. Whoever hosts the site can add a package "
        "by a line in python/archive.in.",
        file=sys.stderr,
    )


class PipFinder:
    """Finds pip where no file is found before: the last of `sys.meta_path`."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        # A virtual environment without pip has none.
        if fullname != "pip" or path is not None or sys.prefix != sys.base_prefix or bridge.js is None:
            return None
        from importlib.machinery import PathFinder

        bring_pip()
        return PathFinder.find_spec(fullname, [_PIP])

    @staticmethod
    def invalidate_caches():
        pass
