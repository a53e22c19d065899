"""Where Python is installed, and what of packages it finds: what CPython's `getpath.py` and `site.py` work out.

The template has worked it out for the interpreter of the image, `/usr/local/bin/python`. A program may be run by the
one of a virtual environment, and packages may have been installed.
"""

import os
import sys

_IMAGE_PACKAGES = "/lib/site-packages.zip"
_VERSION = f"python{sys.version_info[0]}.{sys.version_info[1]}"


def find(executable, environment):
    """Set `sys.executable`, the prefixes and `sys.path` for the interpreter that was called."""
    import site

    if executable:
        sys.executable = executable
    settings = _settings_of_environment(executable)
    sys.path[:] = [entry for entry in sys.path if entry != _IMAGE_PACKAGES]
    inside_only = False
    if settings is not None:
        sys.prefix = sys.exec_prefix = os.path.dirname(os.path.dirname(executable))
        _add(site, f"{sys.prefix}/lib/{_VERSION}/site-packages")
        inside_only = settings.get("include-system-site-packages", "false").lower() != "true"
    site.PREFIXES[:] = [sys.prefix] if inside_only else list(dict.fromkeys((sys.prefix, sys.base_prefix)))
    site.USER_BASE = site.USER_SITE = None
    site.ENABLE_USER_SITE = not inside_only and "PYTHONNOUSERSITE" not in environment
    if inside_only:
        return
    if site.ENABLE_USER_SITE:
        _add(site, site.getusersitepackages())
    _add(site, f"{sys.base_prefix}/lib/{_VERSION}/site-packages")
    sys.path.append(_IMAGE_PACKAGES)


def _settings_of_environment(executable):
    """What `pyvenv.cfg` says, beside the interpreter or one folder up; None where there is none."""
    folder = os.path.dirname(executable)
    for place in (folder, os.path.dirname(folder)):
        try:
            with open(f"{place}/pyvenv.cfg", encoding="utf-8") as file:
                pairs = [line.partition("=") for line in file if "=" in line]
        except OSError:
            continue
        return {key.strip().lower(): value.strip() for key, _, value in pairs}
    return None


def _add(site, folder):
    """Add a folder of packages, and what the `.pth` files in it name."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    sys.path.append(folder)
    # The template has looked for it where it was not.
    sys.path_importer_cache.pop(folder, None)
    known = {os.path.normcase(entry) for entry in sys.path}
    for name in sorted(names):
        if name.endswith(".pth") and not name.startswith("."):
            site.addpackage(folder, name, known)
