"""Debuggers without the frames of this layer: `bdb`, and so `pdb`, walks frames itself.

It imports nothing that a fresh CPython has not got: `ahead` needs it before it knows who imports what.
"""

import sys


def _hide_from(debugger):
    """Let a class of debuggers see no frames of this layer."""
    all_frames = debugger.get_stack

    def get_stack(self, f, t):
        """The frames, the outermost first, and which of them it looks at."""
        stack, index = all_frames(self, f, t)
        kept = [place for place, (frame, _) in enumerate(stack) if frame.f_globals.get("__package__") != __package__]
        return [stack[place] for place in kept], max(0, sum(place <= index for place in kept) - 1)

    debugger.get_stack = get_stack


class DebuggerFinder:
    """Changes `bdb` when a program imports it: few do, and the template is smaller without."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        if fullname != "bdb":
            return None
        for finder in sys.meta_path:
            spec = None if finder is DebuggerFinder else finder.find_spec(fullname, path, target)
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _DebuggerLoader(spec.loader)  # pyright: ignore[reportAttributeAccessIssue]
                return spec
        return None


class _DebuggerLoader:
    def __init__(self, own):
        self._own = own

    def create_module(self, spec):
        return self._own.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self._own
        self._own.exec_module(module)
        # A file of the program's may have this name.
        debugger = getattr(module, "Bdb", None)
        if hasattr(debugger, "get_stack"):
            _hide_from(debugger)
