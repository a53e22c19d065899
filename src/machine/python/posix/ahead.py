"""Modules that are imported ahead of a program, and what it sees of that: nothing but the time it saves.

The template has imported the servers and what they need, and every process goes on with its memory. A fresh CPython has
imported little more than `os` and `site`. So what was imported ahead is put aside before a program begins. When the
program imports one of these modules, it is there again, together with what it imports itself: if the program would have
found that very module. A file beside the program that has the name of one of them comes first on `sys.path`; then the
module, and whatever imports it, is imported anew, by CPython's own rules.

`record()` runs before anything is imported, to know who imports what; `put_aside()` at the end of the template, and
whenever a process has begun.
"""

import builtins
import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import PathFinder

from . import archive, debugger

#: What a fresh CPython has in `sys.modules`.
_FRESH = frozenset(
    """__main__ _abc _codecs _collections_abc _frozen_importlib _frozen_importlib_external _imp _io _signal
    _sitebuiltins _stat _thread _warnings _weakref abc builtins codecs encodings encodings.aliases encodings.utf_8
    encodings.utf_8_sig genericpath io marshal os os.path posix posixpath site stat sys time zipimport""".split()
)

#: What the machine itself needs there, and a program could notice.
_THE_MACHINES = ("posix_layer", "pyodide", "_pyodide", "_pyodide_core")

#: Modules that are objects of JavaScript. Programs expect modules in `sys.modules`: Django puts all of them into a set.
_OF_JAVASCRIPT = ("js", "pyodide_js")

#: Built into CPython as it is published: no file can stand before them. Pyodide has built in all others, too, which are
#: files natively.
_BUILT_IN = frozenset(
    """_abc _ast _codecs _collections _functools _imp _io _locale _operator _signal _sre _stat _string _suggestions
    _symtable _sysconfig _thread _tokenize _tracemalloc _typing _warnings _weakref atexit builtins errno faulthandler gc
    itertools marshal posix pwd sys time""".split()
)

_STANDARD_LIBRARY, _SITE_PACKAGES = "/lib/python314.zip", "/lib/site-packages.zip"
_IMAGE = ("/lib/posix-layer.zip", _STANDARD_LIBRARY, "/lib/python3.14", "/lib/python3.14/lib-dynload", _SITE_PACKAGES)

#: Names of modules: what each has imported, and what it looked for in vain.
_needs, _missed = {}, {}

#: Modules by name: all that the template had, and those that are put aside now.
_all, _aside = {}, {}

#: Names of those that are attributes of their package, once they are imported.
_attributes = set()

_c_import = builtins.__import__


def record():
    """From now on it is remembered who imports what."""
    builtins.__import__ = _recording_import


def _recording_import(name, globals=None, locals=None, fromlist=(), level=0):
    importer = _module_that_runs()
    absolute = name
    if level:
        names = globals or {}
        package = names.get("__package__") or names["__name__"].rpartition(".")[0]
        base = package.rsplit(".", level - 1)[0]
        absolute = f"{base}.{name}" if name else base
    try:
        module = _c_import(name, globals, locals, fromlist, level)
    except ImportError:
        if absolute not in sys.modules:
            _missed.setdefault(importer, set()).add(absolute)
        raise
    needs = _needs.setdefault(importer, set())
    needs.add(absolute)
    for item in fromlist or ():
        if f"{absolute}.{item}" in sys.modules:
            needs.add(f"{absolute}.{item}")
    return module


def _module_that_runs():
    """The name of the module that is being imported: it may have called a function that imports something."""
    frame = sys._getframe(2)
    while frame is not None and frame.f_code.co_name != "<module>":
        frame = frame.f_back
    return frame.f_globals.get("__name__") if frame else None


def _stays(name):
    return name in _FRESH or name.partition(".")[0] in _THE_MACHINES


def put_aside():
    """Put aside what a fresh CPython would not have imported."""
    for name in [name for name in sys.modules if name.partition(".")[0] in _OF_JAVASCRIPT]:
        del sys.modules[name]
    if builtins.__import__ is _recording_import:
        builtins.__import__ = _c_import
        _all.update(sys.modules)
        # Pyodide's finders know packages of the distribution that it is part of. The one of `js` stays, behind all
        # others: what a program can do with it is a part of what the sandbox has to hold.
        stay = [finder for finder in sys.meta_path if _is_cpythons(finder) or _is_of_js(finder)]
        sys.meta_path[:] = [debugger.DebuggerFinder, _Finder, *stay, archive.PipFinder]
    for name in [name for name, module in sys.modules.items() if module is _all.get(name) and not _stays(name)]:
        _aside[name] = sys.modules.pop(name)
        package, _, child = name.rpartition(".")
        if package in _all and vars(_all[package]).get(child) is _aside[name]:
            delattr(_all[package], child)
            _attributes.add(name)


def _is_cpythons(finder):
    return getattr(finder, "__module__", "").startswith(("_frozen_importlib", "importlib"))


def _is_of_js(finder):
    return type(finder).__name__ == "JsFinder"


def module(name):
    """The module, whether it is put aside or not; None if there is none."""
    return sys.modules.get(name) or _aside.get(name)


def forget(package):
    """The package, and all in it, will be imported anew."""
    for name in [name for name in _aside if name.partition(".")[0] == package]:
        del _aside[name]


class _Finder:
    """Finds modules that are put aside. The first of `sys.meta_path`."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        if path is None and fullname in sys.builtin_module_names and fullname not in _BUILT_IN:
            spec = _Readers().spec(fullname, _STANDARD_LIBRARY)
            if spec is not None:
                return spec
        if fullname == "pip" and path is None:
            archive.lay_out()
        needed = _needed(fullname)
        if needed is None:
            return None
        return _spec_like(_aside[fullname], fullname, _Loader(needed))

    @staticmethod
    def invalidate_caches():
        pass


class _Loader:
    """Gives a module that is put aside, and all that it needs."""

    def __init__(self, needed):
        self._needed = needed
        self._own = None

    def create_module(self, spec):
        module = _aside[spec.name]
        self._own = getattr(module, "__spec__", None)
        return module

    def exec_module(self, module):
        name = module.__spec__.name
        module.__spec__ = self._own
        for needed in self._needed:
            again = _aside.pop(needed, None)
            if again is None:
                continue
            sys.modules[needed] = again
            package, _, child = needed.rpartition(".")
            # The import system does that for the module itself.
            if needed in _attributes and needed != name:
                setattr(_all[package], child, again)

    def __getattr__(self, name):
        # `runpy` and `inspect` ask for code and source.
        return getattr(self._loader(), name)

    def _loader(self):
        own = self._own or getattr(_aside.get(self._needed[0]), "__spec__", None)
        if own is None:
            raise AttributeError(f"{self._needed[0]} has no loader")
        return own.loader


def _spec_like(module, name, loader):
    """As the module's own, with another loader."""
    own = getattr(module, "__spec__", None)
    spec = ModuleSpec(name, loader, origin=getattr(own, "origin", None), is_package=hasattr(module, "__path__"))
    if own is not None:
        if own.submodule_search_locations is not None:
            spec.submodule_search_locations = own.submodule_search_locations
        spec._set_fileattr = own.has_location  # pyright: ignore[reportAttributeAccessIssue]
        spec.cached = own.cached
    return spec


def _needed(fullname):
    """The names of the modules that come with one that is put aside.

    None if the program would not find all of these very modules.
    """
    if fullname not in _aside:
        return None
    readers = _Readers()
    seen, left = {}, [fullname]
    while left:
        name = left.pop()
        if name in seen:
            continue
        if name in sys.modules:
            if sys.modules[name] is not _all.get(name):
                return None
            continue
        if name not in _aside or readers.stand_before(name) or readers.lack(name):
            return None
        for missed in _missed.get(name, ()):
            if readers.have(missed):
                return None
        seen[name] = None
        left.extend(_needs.get(name, ()))
        if "." in name:
            left.append(name.rpartition(".")[0])
    return tuple(seen)


def _home(name):
    """Where on the path a module that is put aside comes from."""
    origin = getattr(getattr(_aside[name], "__spec__", None), "origin", None) or ""
    return _SITE_PACKAGES if origin.startswith(_SITE_PACKAGES) else _STANDARD_LIBRARY


class _Readers:
    """The files that are not the image's, on `sys.path` as it is now."""

    def __init__(self):
        self._names = {}

    @staticmethod
    def lack(name):
        """Whether the packages of the image are not on the path: in a virtual environment."""
        return _SITE_PACKAGES not in sys.path and _home(name) == _SITE_PACKAGES

    def stand_before(self, name):
        """Whether a file of that name is found before the module that is put aside."""
        if "." in name or name in _BUILT_IN:
            return False
        return self.spec(name, _home(name)) is not None

    def have(self, name):
        """Whether there is such a file anywhere."""
        return "." not in name and self.spec(name, None) is not None

    def spec(self, name, home):
        """Where it is found on the path before `home`."""
        for entry in sys.path:
            if entry == home:
                break
            if entry in _IMAGE or not self._may_hold(entry, name):
                continue
            spec = PathFinder.find_spec(name, [entry])
            # A folder without `__init__.py` stands behind everything else.
            if spec is not None and spec.loader is not None:
                return spec
        return None

    def _may_hold(self, entry, name):
        """A look at the folder costs less than asking for each of hundreds of names."""
        import os

        if entry not in self._names:
            try:
                self._names[entry] = {item.partition(".")[0] for item in os.listdir(entry or ".")}
            except NotADirectoryError:
                self._names[entry] = None
            except OSError, TypeError:
                self._names[entry] = set()
        names = self._names[entry]
        return names is None or name in names
