# The folder `posix/` has this name in the interpreter.
from . import ahead as ahead
from . import prepared_code as prepared_code

def install() -> None: ...
