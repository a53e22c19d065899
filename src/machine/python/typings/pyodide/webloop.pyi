# What the POSIX layer uses of Pyodide's event loop, for the type checker.
from collections.abc import Callable
from typing import Any

_orig_run: Callable[..., Any]
