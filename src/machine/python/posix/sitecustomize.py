"""Runs when CPython starts, before anything has imported the C modules that are replaced."""

import posix_layer
from posix_layer import ahead, prepared_code

ahead.record()
prepared_code.install()
posix_layer.install()
