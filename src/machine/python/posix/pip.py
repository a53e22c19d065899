"""`python -m pip`: the same stand-in that `pip` is. The real one has nothing to fetch packages with here."""

import os
import sys

if __name__ == "__main__":
    os.execvp("pip", ["pip", *sys.argv[1:]])
