"""What `importlib.metadata` finds in the image's zips, found once for all processes.

Flask looks for plugins at every start, in all that is on the path, and asks each package what it offers. The template
has asked, and every process goes on with what it remembers: a folder is looked at again only where its date has
changed, and the zips keep theirs.
"""

import os
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
        self._size = os.stat(path).st_size
        self._position = 0
        #: What was read, by its place and how much was asked for.
        self._known = {}
        self._remembers = True
        self._descriptor = -1
        self._owner = None

    def seekable(self):
        return True

    def tell(self):
        return self._position

    def seek(self, offset, whence=os.SEEK_SET, /):
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = start + offset
        return self._position

    def read(self, size=-1, /):
        place = (self._position, size)
        data = self._known.get(place)
        if data is None:
            most = max(0, self._size - self._position)
            data = os.pread(self._opened(), most if size < 0 else min(size, most), self._position)
            if self._remembers:
                self._known[place] = data
        self._position += len(data)
        return data

    def close(self):
        if self._owner == os.getpid():
            os.close(self._descriptor)
        self._owner = None

    def remember_no_more(self):
        """What is read from now on is asked for each time."""
        self._remembers = False
        self.close()

    def _opened(self):
        # In a child the number stands for nothing, or for another file.
        if self._owner != os.getpid():
            self._descriptor = os.open(self._path, os.O_RDONLY)
            self._owner = os.getpid()
        return self._descriptor


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
