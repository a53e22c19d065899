"""`python -m venv`: a virtual environment, with the interpreter linked and pip unpacked into it.

CPython's own module is not in Pyodide's standard library. This one takes the same arguments and makes the same files.
"""

import argparse
import os
import shutil
import sys

_PYTHON = sys._base_executable  # pyright: ignore[reportAttributeAccessIssue]
_VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"

_ACTIVATE = """\
# Source this file: . {bin}/activate

deactivate () {{
    if [ -n "${{_OLD_VIRTUAL_PATH:-}}" ] ; then
        PATH="$_OLD_VIRTUAL_PATH"
        export PATH
        unset _OLD_VIRTUAL_PATH
    fi
    if [ -n "${{_OLD_VIRTUAL_PYTHONHOME:-}}" ] ; then
        PYTHONHOME="$_OLD_VIRTUAL_PYTHONHOME"
        export PYTHONHOME
        unset _OLD_VIRTUAL_PYTHONHOME
    fi
    hash -r 2> /dev/null
    if [ -n "${{_OLD_VIRTUAL_PS1:-}}" ] ; then
        PS1="$_OLD_VIRTUAL_PS1"
        export PS1
        unset _OLD_VIRTUAL_PS1
    fi
    unset VIRTUAL_ENV
    unset VIRTUAL_ENV_PROMPT
    if [ ! "${{1:-}}" = "nondestructive" ] ; then
        unset -f deactivate
    fi
}}

deactivate nondestructive

VIRTUAL_ENV='{folder}'
export VIRTUAL_ENV
VIRTUAL_ENV_PROMPT='{prompt}'
export VIRTUAL_ENV_PROMPT
_OLD_VIRTUAL_PATH="$PATH"
PATH="$VIRTUAL_ENV/bin:$PATH"
export PATH
if [ -n "${{PYTHONHOME:-}}" ] ; then
    _OLD_VIRTUAL_PYTHONHOME="$PYTHONHOME"
    unset PYTHONHOME
fi
if [ -z "${{VIRTUAL_ENV_DISABLE_PROMPT:-}}" ] ; then
    _OLD_VIRTUAL_PS1="${{PS1:-}}"
    PS1="({prompt}) ${{PS1:-}}"
    export PS1
fi
hash -r 2> /dev/null
"""

_SCRIPT = """\
#!{python}
import sys
from pip._internal.cli.main import main
if __name__ == '__main__':
    sys.exit(main())
"""


def create(folder, *, system_site_packages=False, clear=False, with_pip=False, prompt=None):
    """Make a virtual environment. Raises OSError."""
    folder = os.path.abspath(folder)
    if ":" in folder:
        raise ValueError(f"Refusing to create a venv in {folder} because it contains the PATH separator :.")
    if clear and os.path.isdir(folder):
        for name in os.listdir(folder):
            path = f"{folder}/{name}"
            shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.remove(path)
    scripts = f"{folder}/bin"
    packages = f"{folder}/lib/python{_VERSION}/site-packages"
    for needed in (scripts, f"{folder}/include/python{_VERSION}", packages):
        os.makedirs(needed, exist_ok=True)
    with open(f"{folder}/pyvenv.cfg", "w", encoding="utf-8") as file:
        file.write(f"home = {os.path.dirname(_PYTHON)}\n")
        file.write(f"include-system-site-packages = {'true' if system_site_packages else 'false'}\n")
        file.write(f"version = {sys.version.split()[0]}\n")
        if prompt is not None:
            file.write(f"prompt = {prompt!r}\n")
        file.write(f"executable = {_PYTHON}\n")
        file.write(f"command = {_PYTHON} -m venv {folder}\n")
    for name, target in (("python", _PYTHON), ("python3", "python"), (f"python{_VERSION}", "python")):
        if not os.path.lexists(f"{scripts}/{name}"):
            os.symlink(target, f"{scripts}/{name}")
    with open(f"{scripts}/activate", "w", encoding="utf-8") as file:
        file.write(_ACTIVATE.format(bin=scripts, folder=folder, prompt=prompt or os.path.basename(folder)))
    with open(f"{folder}/.gitignore", "w", encoding="utf-8") as file:
        file.write("# Created by venv; see https://docs.python.org/3/library/venv.html\n*\n")
    if with_pip:
        _install_pip(packages, scripts)


def _install_pip(packages, scripts):
    from posix_layer import archive

    archive.unpack_pip(packages)
    for name in ("pip", "pip3", f"pip{_VERSION}"):
        with open(f"{scripts}/{name}", "w", encoding="utf-8") as file:
            file.write(_SCRIPT.format(python=f"{scripts}/python"))
        os.chmod(f"{scripts}/{name}", 0o755)
    info = next(name for name in os.listdir(packages) if name.startswith("pip-") and name.endswith(".dist-info"))
    with open(f"{packages}/{info}/INSTALLER", "w", encoding="utf-8") as file:
        file.write("pip\n")
    with open(f"{packages}/{info}/RECORD", "a", encoding="utf-8") as file:
        file.write(f"{info}/INSTALLER,,\n")
        for name in ("pip", "pip3", f"pip{_VERSION}"):
            file.write(f"../../../bin/{name},,\n")


def main(args=None):
    parser = argparse.ArgumentParser(
        prog="venv", description="Creates virtual Python environments in one or more target directories."
    )
    parser.add_argument("dirs", metavar="ENV_DIR", nargs="+", help="A directory to create the environment in.")
    parser.add_argument(
        "--system-site-packages",
        action="store_true",
        help="Give the virtual environment access to the system site-packages dir.",
    )
    links = parser.add_mutually_exclusive_group()
    links.add_argument("--symlinks", action="store_true", help="Link to the interpreter, which is the default.")
    links.add_argument("--copies", action="store_true", help="Accepted; the interpreter is linked all the same.")
    parser.add_argument("--clear", action="store_true", help="Delete what is in the directory first.")
    parser.add_argument("--upgrade", action="store_true", help="Accepted: there is one version of Python.")
    parser.add_argument("--without-pip", action="store_true", help="Skip installing pip.")
    parser.add_argument("--prompt", help="Provides an alternative prompt prefix for this environment.")
    parser.add_argument("--upgrade-deps", action="store_true", help="Accepted: there is one version of pip.")
    parser.add_argument("--without-scm-ignore-files", action="store_true", help="Accepted.")
    options = parser.parse_args(args)
    if options.upgrade and options.clear:
        parser.error("you cannot supply --upgrade and --clear together.")
    for folder in options.dirs:
        prompt = os.path.basename(os.getcwd()) if options.prompt == "." else options.prompt
        create(
            folder,
            system_site_packages=options.system_site_packages,
            clear=options.clear,
            with_pip=not options.without_pip,
            prompt=prompt,
        )


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        print("Error:", error, file=sys.stderr)
        sys.exit(1)
