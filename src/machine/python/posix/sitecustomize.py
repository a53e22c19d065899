"""Runs when CPython starts, before anything has imported the C modules that are replaced."""

import posix_layer

posix_layer.install()
