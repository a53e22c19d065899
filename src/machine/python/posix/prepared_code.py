"""Byte code that was compiled when the site was built, so that the template's imports need no compiler.

It is the code that `compile()` would make of the same sources, by the same version of CPython (`scripts/prepared-
code.ts`), and is asked for by the path of the source. What is not in it is compiled as ever. Only the template is made
with it.

The file: four bytes (little endian) with the length of the index; the index, a marshalled dict of path to offset and
length; the codes.
"""

import marshal
from zipimport import zipimporter

path = "/lib/prepared-code"

_get_code = zipimporter.get_code
_get_filename = zipimporter.get_filename


def install():
    """Let modules from zips take their code from the file, if there is one."""
    try:
        file = open(path, "rb")  # noqa: SIM115 - it stays open: codes are read as they are asked for
    except FileNotFoundError:
        return
    length = int.from_bytes(file.read(4), "little")
    index = marshal.loads(file.read(length))

    def prepared(importer, fullname):
        """The path of the module's source, if its code was prepared."""
        base = f"{importer.archive}/{importer.prefix}{fullname.rpartition('.')[2]}"
        for source in (f"{base}/__init__.py", f"{base}.py"):
            if source in index:
                return source
        return None

    def get_code(self, fullname):
        source = prepared(self, fullname)
        if source is None:
            return _get_code(self, fullname)
        offset, size = index[source]
        file.seek(4 + length + offset)
        return marshal.loads(file.read(size))

    def get_filename(self, fullname):
        # The published one compiles the module to find out where its code comes from.
        return prepared(self, fullname) or _get_filename(self, fullname)

    zipimporter.get_code = get_code
    zipimporter.get_filename = get_filename


def uninstall():
    """Forget the file."""
    zipimporter.get_code = _get_code
    zipimporter.get_filename = _get_filename
