"""Tracebacks without the frames of this layer: what it replaces is C, which has none.

Everything that shows a traceback (CPython itself, `logging`, Werkzeug's debugger) walks it by three functions of
`traceback`. A debugger does so itself: `debugger.py`.
"""

import sys
import traceback as _traceback

_c_walk_tb, _c_walk_stack = _traceback.walk_tb, _traceback.walk_stack
_c_walk_positions = _traceback._walk_tb_with_full_positions  # pyright: ignore[reportAttributeAccessIssue]


def _of_program(frames):
    """The frames that are not this layer's."""
    for entry in frames:
        if entry[0].f_globals.get("__package__") != __package__:
            yield entry


def walk_tb(tb):
    """Walk a traceback yielding the frame and line number for each frame."""
    return _of_program(_c_walk_tb(tb))


def _walk_tb_with_full_positions(tb):
    return _of_program(_c_walk_positions(tb))


def walk_stack(f):
    """Walk a stack yielding the frame and line number for each frame."""
    return _of_program(_c_walk_stack(sys._getframe().f_back if f is None else f))


def install():
    for function in (walk_tb, _walk_tb_with_full_positions, walk_stack):
        setattr(_traceback, function.__name__, function)
