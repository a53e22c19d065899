"""What `importlib.metadata` finds in the image's zips, found once for all processes.

Flask looks for plugins at every start, in all that is on the path, and asks each package what it offers. The template
has asked, and every process goes on with what it remembers: a folder is looked at again only where its date has
changed, and the zips keep theirs.
"""

import os
from contextlib import suppress
from importlib import metadata

#: A folder on the path, or a zip, with what was found in it. Type checkers know public names only.
_FastPath = vars(metadata)["FastPath"]


class _ReadAhead:
    """A zip's file that answers from memory what was read of it ahead.

    For the rest each process opens it when it first needs it: no descriptor goes from the template to a process, and
    none of the image's to a forked child.
    """

    def __init__(self, path):
        self._path = path
        self._position = 0
        #: What was read, by its place and how much was asked for.
        self._known = {}
        self._remembers = True
        self._file = None
        self._owner = None

    def seekable(self):
        return True

    def tell(self):
        return self._position

    def seek(self, offset, whence=os.SEEK_SET, /):
        self._position = offset if whence == os.SEEK_SET else self._opened().seek(offset, whence)
        return self._position

    def read(self, size=-1, /):
        place = (self._position, size)
        data = self._known.get(place)
        if data is None:
            file = self._opened()
            file.seek(self._position)
            data = file.read(size)
            if self._remembers:
                self._known[place] = data
        self._position += len(data)
        return data

    def close(self):
        file, self._file, self._owner = self._file, None, None
        if file is not None:
            # In a child its number stands for nothing.
            with suppress(OSError):
                file.close()

    def remember_no_more(self):
        """What is read from now on is asked for each time."""
        self._remembers = False
        self.close()

    def _opened(self):
        if self._owner != os.getpid():
            self.close()
            # Little is read at a time, and each read asks the browser.
            self._file = open(self._path, "rb", buffering=4096)
            self._owner = os.getpid()
        assert self._file is not None
        return self._file


def find(path):
    """Remembers what a zip holds and what its packages offer."""
    folder = _FastPath(path)
    folder.lookup(folder.mtime)
    # `FastPath.zip_children` keeps the open zip, as the object behind a method.
    archive = folder.joinpath.__self__.root
    opened, archive.fp = archive.fp, _ReadAhead(path)
    opened.close()
    for distribution in metadata.distributions(path=[path]):
        # What `entry_points()` asks of each: who it is, and what it offers.
        _ = distribution.metadata["Name"], distribution.entry_points
    archive.fp.remember_no_more()
