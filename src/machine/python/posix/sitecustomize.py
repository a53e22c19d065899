"""Runs when CPython starts, before anything has imported the C modules that are replaced."""

import posix_layer
from posix_layer import prepared_code

prepared_code.install()
posix_layer.install()
