"""The interpreter's own options, and the variables that say the same: `python --help`, as `Python/initconfig.c` has it.

CPython has read its configuration when the template was made. So what can be changed later is changed here.
"""

import sys
from collections import namedtuple

from . import ahead

#: Whether standard output and error are written through at once.
unbuffered = False

#: How far the program's code is optimised: 1 leaves out what asserts, 2 documentation as well.
optimize = 0

#: Whether the folder of the program is left out of the path.
safe_path = False

#: Whether the program's end is followed by a prompt.
inspect = False


def take(options, environment):
    """Take in the options that the interpreter was given, and the variables unless they say not to."""
    global unbuffered, optimize, safe_path, inspect
    isolated = "I" in options
    variables = {} if isolated or "E" in options else environment
    unbuffered = "u" in options or bool(variables.get("PYTHONUNBUFFERED"))
    optimize = max(options.count("O"), _number(variables.get("PYTHONOPTIMIZE")))
    safe_path = isolated or "P" in options or bool(variables.get("PYTHONSAFEPATH"))
    inspect = "i" in options or bool(variables.get("PYTHONINSPECT"))
    for option in options:
        if option[0] == "X":
            name, given, value = option[1:].partition("=")
            sys._xoptions[name] = value if given else True
    development = "dev" in sys._xoptions or bool(variables.get("PYTHONDEVMODE"))
    warnings = ["default"] if development else []
    warnings += [word for word in variables.get("PYTHONWARNINGS", "").split(",") if word]
    warnings += [option[1:] for option in options if option[0] == "W"]
    if warnings:
        sys.warnoptions[:] = warnings
        ahead.module("warnings")._processoptions(warnings)  # pyright: ignore[reportOptionalMemberAccess]
    if optimize:
        from importlib._bootstrap_external import SourceLoader  # pyright: ignore[reportAttributeAccessIssue]

        SourceLoader.source_to_code.__kwdefaults__["_optimize"] = optimize
    _show_flags(options, isolated, development)


def _number(text):
    """A variable that is a number, or set to something else: 1."""
    if not text:
        return 0
    return int(text) if text.isdecimal() else 1


def _show_flags(options, isolated, development):
    changed = {
        "optimize": optimize,
        "safe_path": safe_path,
        "inspect": int(inspect),
        "interactive": int("i" in options),
        "isolated": int(isolated),
        "ignore_environment": int(isolated or "E" in options),
        "no_user_site": int(isolated or "s" in options),
        "no_site": int("S" in options),
        "dont_write_bytecode": int("B" in options),
        "quiet": int("q" in options),
        "verbose": options.count("v"),
        "dev_mode": development,
    }
    names = [name for name in dir(sys.flags) if not name.startswith(("_", "n_")) and name not in ("count", "index")]
    values = {name: getattr(sys.flags, name) for name in names}
    if all(values[name] == value for name, value in changed.items()):
        return
    # CPython's own can be neither made nor changed.
    flags = namedtuple("flags", names, module="sys")
    sys.flags = flags(**{**values, **changed})  # pyright: ignore[reportAttributeAccessIssue]
