"""The life of a process: from its arguments to its exit code.

Follows what CPython's `Modules/main.c` and `Python/pylifecycle.c` do around a program.
"""

import os
import sys

from . import ahead, bridge, installation, options, time, waiting


def prepare(argv, executable, environment, directory, ignored, original, interpreters):
    """Make a restored interpreter this process: arguments, environment, directory, standard streams."""
    import _signal
    import io

    while sys.path and sys.path[0] == "":
        del sys.path[0]
    sys.argv[:] = list(argv)
    sys.orig_argv[:] = [executable or "python", *original]
    sys.excepthook = sys.__excepthook__
    os.environ.clear()
    os.environ.update(environment)
    if "TZ" in environment:
        time.tzset()
    installation.find(executable, environment)
    _add_to_path(environment.get("PYTHONPATH"))
    _forget_modules_that_read(environment, directory)
    os.chdir(directory)
    options.take(list(interpreters), environment)
    _open_standard_streams(io)
    _signal.inherit_ignored(ignored)
    _signal.announce_dispositions()
    _signal.start_ticking()
    ahead.module("random").seed()  # pyright: ignore[reportOptionalMemberAccess]


def _add_to_path(folders):
    """`PYTHONPATH` comes before the standard library, and after the program's own folder."""
    if folders:
        sys.path[:0] = [os.path.abspath(folder) for folder in folders.split(":")]


#: Variables that gunicorn's settings read when they are imported.
_READ_AT_IMPORT = ("WEB_CONCURRENCY", "PORT", "SENDFILE", "FORWARDED_ALLOW_IPS")


def _forget_modules_that_read(environment, directory):
    """The template imported them with an empty environment, in its own directory: if it matters, once more.

    gunicorn's `chdir` is the directory in which its settings are imported.
    """
    if any(name in environment for name in _READ_AT_IMPORT) or directory != os.getcwd():
        ahead.forget("gunicorn")


def prepare_child(directory):
    """Undo in the child of a fork what Pyodide does to an interpreter that it restores; it is where its parent is."""
    try:
        os.chdir(directory)
    except OSError:
        # It was removed, and there is no way to stand in what has no path here.
        os.chdir("/")
    del sys.path[0]
    sys.excepthook = sys.__excepthook__
    os.environ.pop("LD_LIBRARY_PATH", None)


def _open_standard_streams(io):
    sys.stdin = sys.__stdin__ = io.open(0, "r", encoding="utf-8", errors="surrogateescape", closefd=False)
    terminal = os.isatty(1)
    for name, fd, errors in (("stdout", 1, "surrogateescape"), ("stderr", 2, "backslashreplace")):
        if options.unbuffered:
            raw = io.open(fd, "wb", 0, closefd=False)
            stream = io.TextIOWrapper(raw, "utf-8", errors, write_through=True)  # pyright: ignore[reportArgumentType]
        else:
            stream = io.open(fd, "w", encoding="utf-8", errors=errors, closefd=False)
            stream.reconfigure(line_buffering=terminal or fd == 2)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    for stream, name in ((sys.stdin, "<stdin>"), (sys.stdout, "<stdout>"), (sys.stderr, "<stderr>")):
        getattr(stream.buffer, "raw", stream.buffer).name = name  # pyright: ignore[reportAttributeAccessIssue]


def run(kind, target):
    """Run a program to its end and exit. Never returns."""
    waiting.entered()
    ahead.put_aside()
    code = _outcome(lambda: _RUN[kind](target))
    if options.inspect and kind in ("file", "command", "module"):
        code = _outcome(_interact)
    _finish(code)


def _interact():
    """As `python -i` does when the program has ended."""
    import code

    code.interact(banner="", local=sys.modules["__main__"].__dict__, exitmsg="")


def after_fork(failed):
    """The end of a forked child whose frames have all returned (or raised, then `failed`)."""
    waiting.entered()
    waiting.current = waiting.main
    if not failed:
        from .posix import lost_caller

        if lost_caller is None:
            _finish(0)
        print(f"fork() was called through C code: this child cannot go on in {lost_caller}()", file=sys.stderr)
        _finish(70)  # EX_SOFTWARE of sysexits.h
    exception = sys.__dict__.pop("_forked_failure")

    def reraise():
        raise exception

    _finish(_outcome(reraise))


def _outcome(function):
    """Call it; returns the exit code, or the signal's number negated where the process dies of an interrupt."""
    try:
        function()
        return 0
    except SystemExit as exit:
        return _exit_code(exit)
    except KeyboardInterrupt:
        _print_exception()
        return -2
    except BaseException:
        _print_exception()
        return 1


def _exit_code(exit):
    code = exit.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    _flush_output()
    print(code, file=sys.stderr)
    return 1


def _print_exception():
    """As CPython prints it: without the frames of this layer."""
    kind, value, traceback = sys.exc_info()
    while traceback is not None and traceback.tb_frame.f_globals.get("__package__") == __package__:
        traceback = traceback.tb_next
    assert kind is not None and value is not None  # It is called for an exception only.
    _flush_output()
    sys.excepthook(kind, value.with_traceback(traceback), traceback)


def _flush_output():
    """What a program has printed comes before what is said of its end; what cannot be written waits."""
    for stream in (sys.stderr, sys.stdout):
        try:
            stream.flush()
        except Exception:
            continue


@waiting.calls_program
def _finish(code):
    import atexit

    try:
        # A program that has not imported it has no threads of its.
        end_threads = getattr(sys.modules.get("threading"), "_shutdown", None)
        if end_threads is not None:
            end_threads()
        atexit._run_exitfuncs()
    except BaseException:
        _print_exception()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError) as error:
            code = code or 120  # as CPython: an error while flushing at exit
            if stream is sys.stdout and isinstance(error, OSError):
                _say_unraisable(error)
    if code < 0:
        bridge.js.abort(-code)
    else:
        bridge.js.exit(code)
    waiting.suspend(bridge.js.forever())


def _say_unraisable(error):
    try:
        print(f"Exception ignored while flushing sys.stdout:\n{type(error).__name__}: {error}", file=sys.stderr)
    except OSError, ValueError, AttributeError:
        return


def _main_namespace(**names):
    """A fresh `__main__`."""
    import builtins

    module = type(sys)("__main__")
    module.__dict__.update(__builtins__=builtins, __spec__=None, __annotations__={}, **names)
    module.__dict__.pop("__annotations__")
    sys.modules["__main__"] = module
    return module.__dict__


def _add_first(folder):
    """Put the program's folder first on the path."""
    if not options.safe_path:
        sys.path.insert(0, folder)


def _compiled(source, name):
    return compile(source, name, "exec", dont_inherit=True, optimize=options.optimize)


def _holds_main(path):
    """Whether it is a folder or an archive, whose `__main__` is the program."""
    if os.path.isdir(path):
        return True
    if path.endswith(".py") or not os.path.isfile(path):
        return False
    import zipimport

    try:
        zipimport.zipimporter(path)
    except zipimport.ZipImportError:
        return False
    return True


@waiting.calls_program
def _run_file(path):
    name = os.path.abspath(path)
    if _holds_main(path):
        import runpy

        sys.path.insert(0, path)
        runpy._run_module_as_main("__main__", False)  # pyright: ignore[reportAttributeAccessIssue]
        return
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        called = os.path.basename(sys.executable)
        print(f"{called}: can't open file {name!r}: [Errno {error.errno}] {error.strerror}", file=sys.stderr)
        raise SystemExit(2) from None
    _add_first(os.path.dirname(os.path.realpath(path)))
    exec(_compiled(source, name), _main_namespace(__file__=name, __cached__=None))


@waiting.calls_program
def _run_command(source):
    _add_first("")
    lines = ahead.module("linecache").cache  # pyright: ignore[reportOptionalMemberAccess]
    lines["<string>"] = (len(source), None, source.splitlines(True), "<string>")
    exec(_compiled(source, "<string>"), _main_namespace())


@waiting.calls_program
def _run_module(name):
    import runpy

    _add_first(os.getcwd())
    runpy._run_module_as_main(name)  # pyright: ignore[reportAttributeAccessIssue]


@waiting.calls_program
def _run_stdin(_):
    if os.isatty(0) or options.inspect:
        import code

        namespace = _main_namespace()
        sys.path.insert(0, "")
        if not sys.flags.quiet:
            told = sys.stdout if os.isatty(0) else sys.stderr
            print(f"Python {sys.version} on {sys.platform}", file=told)
            print('Type "help", "copyright", "credits" or "license" for more information.', file=told)
        code.interact(banner="", readfunc=None if os.isatty(0) else _asked_line, local=namespace, exitmsg="")
    else:
        _add_first("")
        exec(_compiled(sys.stdin.read(), "<stdin>"), _main_namespace())


def _asked_line(prompt):
    """A line of standard input that is no terminal, for `python -i`: prompts are no output."""
    sys.stdout.flush()
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.removesuffix("\n")


def _print_version(full):
    print(f"Python {sys.version}" if full else f"Python {sys.version.split()[0]}")


_RUN = {
    "file": _run_file,
    "command": _run_command,
    "module": _run_module,
    "stdin": _run_stdin,
    "version": _print_version,
}
