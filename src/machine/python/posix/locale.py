"""`locale.setlocale`, as on a computer with no locales but C and C.UTF-8: what a small Debian has. musl, below, takes
any name for one.
"""

import _locale
import os
from _locale import Error  # pyright: ignore[reportAttributeAccessIssue]

_NAMES = {"C": "C", "POSIX": "C", "C.UTF-8": "C.UTF-8", "C.utf8": "C.utf8"}

#: By glibc's names. Those with a number of their own can be set one by one.
_CATEGORIES = {
    "LC_CTYPE": _locale.LC_CTYPE,
    "LC_NUMERIC": _locale.LC_NUMERIC,
    "LC_TIME": _locale.LC_TIME,
    "LC_COLLATE": _locale.LC_COLLATE,
    "LC_MONETARY": _locale.LC_MONETARY,
    "LC_MESSAGES": _locale.LC_MESSAGES,
    **dict.fromkeys(("LC_PAPER", "LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION")),
}

#: CPython itself sets the first at its start.
_set = {name: "C.UTF-8" if name == "LC_CTYPE" else "C" for name in _CATEGORIES}


def setlocale(category, locale=None, /):
    """Activates/queries locale processing."""
    if category == _locale.LC_ALL:
        names = list(_CATEGORIES)
    else:
        names = [name for name, number in _CATEGORIES.items() if number == category]
        if not names:
            raise Error("unsupported locale setting")
    if locale is not None:
        wanted = _asked_for(names, locale)
        if not all(name in _NAMES for name in wanted.values()):
            raise Error("unsupported locale setting")
        _set.update({category: _NAMES[name] for category, name in wanted.items()})  # pyright: ignore[reportArgumentType]
    values = {name: _set[name] for name in names}
    if len(set(values.values())) == 1:
        return values[names[0]]
    return ";".join(f"{name}={value}" for name, value in values.items())


def _asked_for(names, locale):
    """The locale for each category: from the environment, from a list as `setlocale` itself returns it, or one for
    all.
    """
    if locale == "":
        environment = os.environ
        return {
            name: environment.get("LC_ALL") or environment.get(name) or environment.get("LANG") or "C" for name in names
        }
    if "=" in locale:
        pairs = dict(part.partition("=")[::2] for part in locale.split(";"))
        return {name: pairs.get(name, _set[name]) for name in names}
    return dict.fromkeys(names, locale)


def install():
    _locale.setlocale = setlocale
