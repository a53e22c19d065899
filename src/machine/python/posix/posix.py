"""The functions of `posix` that need a kernel: processes, pipes, waiting reads.

Files are Emscripten's, replicated by the kernel (`process/files/file-replica.ts`), so their functions stay as they are.
"""

import errno
import io
import os
import posix as _posix
import sys
from stat import S_ISDIR, S_ISFIFO, S_ISREG

from . import bridge, resource, select, time, waiting

WNOHANG, WUNTRACED, WCONTINUED = 1, 2, 8
_UID = _GID = 1000

_before_fork, _after_in_parent, _after_in_child = [], [], []
_c_read, _c_write, _c_close = _posix.read, _posix.write, _posix.close
_c_utime = _posix.utime
_c_open = _posix.open


def _checked(result):
    """A negative number from the worker is an errno."""
    if isinstance(result, int) and result < 0:
        raise bridge.error(-result)
    return result


# --- processes -------------------------------------------------------------------------------------------------------


def getpid():
    """Return the current process id."""
    return bridge.js.pid() if bridge.js is not None else 1


def getppid():
    """Return the parent's process id."""
    return bridge.js.parentPid()


def getuid():
    return _UID


def getgid():
    return _GID


def getgroups():
    return [_GID]


def setuid(uid, /):
    if uid != _UID:
        raise bridge.error(errno.EPERM)


def setgid(gid, /):
    if gid != _GID:
        raise bridge.error(errno.EPERM)


def setgroups(groups, /):
    raise bridge.error(errno.EPERM)


def initgroups(username, gid, /):
    raise bridge.error(errno.EPERM)


def getlogin():
    return "student"


def cpu_count():
    """The reader's cores: processes here are workers that run on them."""
    return bridge.js.cores()


def sched_getaffinity(pid, /):
    """The processors that a process may run on: all that there are."""
    return set(range(cpu_count()))


def getrandom(size, flags=0):
    """Random bytes."""
    return os.urandom(size)


def times():
    """Processor times and the real time, in seconds; of the children's the browser tells nothing."""
    import time

    return os.times_result((time.process_time(), 0.0, 0.0, 0.0, time.monotonic()))


def getloadavg():
    """Return the number of processes in the system run queue, over the last 1, 5, and 15 minutes."""
    # Of this layer: the kernel tells it.
    with io.open("/proc/loadavg") as file:  # noqa: UP020
        one, five, fifteen = file.read().split()[:3]
    return float(one), float(five), float(fifteen)


def register_at_fork(*, before=None, after_in_child=None, after_in_parent=None):
    """Register callables to be called when forking a new process."""
    if before is None and after_in_child is None and after_in_parent is None:
        raise TypeError("At least one argument is required.")
    for function, functions in (
        (before, _before_fork),
        (after_in_child, _after_in_child),
        (after_in_parent, _after_in_parent),
    ):
        if function is not None:
            if not callable(function):
                raise TypeError("argument must be callable")
            functions.append(function)


def fork():
    """Fork a child process. Returns 0 in the child, its pid in the parent.

    The worker copies this interpreter's memory in the middle of `copy_memory` below. In the child the frame of
    this function is dropped and its caller goes on as if it had returned 0 (see `process/fork.ts`).
    """
    sys.audit("os.fork")
    if not bridge.can_run_sync():
        raise bridge.error(errno.ENOSYS)
    native = [name for name, module in sys.modules.items() if _is_native(module)]
    if native:
        # WebAssembly's functions are not in the memory: the child would call what it has not got.
        raise OSError(errno.ENOSYS, f"a process that has loaded native code of a package cannot fork: {native[0]}")
    for function in reversed(_before_fork):
        function()
    global lost_caller
    lost_caller = _caller_lost_in_child(sys._getframe(1), bridge.js.framesThatGoOn() - 1)
    pid = waiting.wait_for(bridge.js.fork()) if bridge.js.copyMemory() else -errno.ENOMEM
    for function in _after_in_parent:
        function()
    return _checked(pid)


def _is_native(module):
    """Whether a module is a file of native code, as packages bring it; the interpreter's own are built in."""
    return type(getattr(getattr(module, "__spec__", None), "loader", None)).__name__ == "ExtensionFileLoader"


#: Name of the Python function that a forked child would return to, but cannot.
lost_caller = None


def _caller_lost_in_child(frame, going_on):
    """The first caller outside of a C call that the child cannot go on in. `going_on`: how many callers it can."""
    for _ in range(going_on):
        frame = frame.f_back
    # What runs a program or a thread has nothing left to do when it has returned.
    while frame is not None and frame.f_globals.get("__name__") in ("runpy", "importlib._bootstrap", "threading"):
        frame = frame.f_back
    if frame is None or frame.f_globals.get("__package__") == __package__:
        return None
    return frame.f_code.co_qualname


def after_fork_in_child():
    """What CPython's PyOS_AfterFork_Child does. Called by the worker before the caller of fork() goes on."""
    import _thread

    waiting.entered()
    _thread._after_fork_in_child()  # pyright: ignore[reportAttributeAccessIssue]
    resource.apply()
    time.after_fork_in_child()
    for function in _after_in_child:
        function()


def _exit(status):
    """Exit to the system with specified status, without normal exit processing."""
    bridge.js.exit(status & 0xFF)
    waiting.suspend(bridge.js.forever())


def abort():
    """Abort the interpreter immediately."""
    bridge.js.abort(6)
    waiting.suspend(bridge.js.forever())


def kill(pid, signal, /):
    """Kill a process with a signal."""
    sys.audit("os.kill", pid, signal)
    _checked(-waiting.wait_for(bridge.js.kill(pid, int(signal))))
    if waiting.is_main() and bridge.js.signalsPending():
        waiting.deliver_signals()


def killpg(pgid, signal, /):
    """Kill a process group with a signal."""
    kill(-pgid, signal)


def waitpid(pid, options, /):
    """Wait for completion of a given child process: (pid, status)."""
    while True:
        result = waiting.wait_for(
            bridge.js.waitpid(pid, bool(options & WNOHANG), bool(options & WUNTRACED), waiting.is_main())
        )
        if result == "interrupted":
            waiting.deliver_signals()
            continue
        _checked(result)
        if result == 0:
            return 0, 0
        child, _, status = result.partition(":")
        return int(child), int(status)


def wait():
    """Wait for completion of a child process."""
    return waitpid(-1, 0)


def wait3(options):
    """Wait for completion of a child process: (pid, status, resource usage)."""
    return wait4(-1, options)


def wait4(pid, options):
    """Wait for completion of a specific child process: (pid, status, resource usage)."""
    return *waitpid(pid, options), resource.getrusage(resource.RUSAGE_CHILDREN)


_niceness = 0


def nice(increment, /):
    """Add increment to the priority of process and return the new priority; the browser does not ask for it."""
    global _niceness
    if increment < 0:
        raise bridge.error(errno.EPERM)
    _niceness = min(19, _niceness + increment)
    return _niceness


def system(command):
    """Execute the command in a subshell; its wait status.

    Until it has ended SIGINT and SIGQUIT are the command's alone.
    """
    sys.audit("os.system", command)
    import _signal

    inherited = [0, 1, 2, *(fd for fd in bridge.js.openDescriptors().to_py() if fd > 2 and get_inheritable(fd))]
    child = _checked(
        waiting.wait_for(
            bridge.js.spawn(
                bridge.to_js(["/bin/sh", "-c", os.fsdecode(command)]),
                _as_object(inherited_environment()),
                os.getcwd(),
                ",".join(f"{fd}:{fd}" for fd in inherited),
                False,
                -1,
            )
        )
    )
    before = {}
    if waiting.is_main():
        before = {number: _signal.signal(number, _signal.SIG_IGN) for number in (_signal.SIGINT, _signal.SIGQUIT)}
    try:
        return waitpid(child, 0)[1]
    finally:
        for number, handler in before.items():
            _signal.signal(number, handler)


def WIFEXITED(status):
    return status & 0x7F == 0


def WEXITSTATUS(status):
    return status >> 8 & 0xFF


def WIFSIGNALED(status):
    return 0 < status & 0x7F < 0x7F


def WTERMSIG(status):
    return status & 0x7F


def WIFSTOPPED(status):
    return status & 0xFF == 0x7F


def WSTOPSIG(status):
    return status >> 8 & 0xFF


def WIFCONTINUED(status):
    return status == 0xFFFF


def WCOREDUMP(status):
    return False


def waitstatus_to_exitcode(status):
    """Convert a wait status to an exit code."""
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    raise ValueError(f"invalid wait status: {status}")


_c_putenv, _c_unsetenv = _posix.putenv, _posix.unsetenv

#: What `putenv` has set, and `unsetenv` removed, for the programs that are started: `os.environ` need not know of it.
_put = {}
_unset = set()


def putenv(name, value, /):
    """Change or add an environment variable."""
    _c_putenv(name, value)
    name = os.fsdecode(name)
    _put[name] = os.fsdecode(value)
    _unset.discard(name)


def unsetenv(name, /):
    """Delete an environment variable."""
    _c_unsetenv(name)
    name = os.fsdecode(name)
    _put.pop(name, None)
    _unset.add(name)


def inherited_environment():
    """What a program gets that is given no environment."""
    environment = {**_environment(os.environ), **_put}
    return {name: value for name, value in environment.items() if name not in _unset}


def _environment(env):
    return {os.fsdecode(key): os.fsdecode(value) for key, value in env.items()}


def execve(path, argv, env):
    """Execute a path with arguments and environment, replacing the current process."""
    sys.audit("os.exec", path, argv, env)
    path = os.fsdecode(path)
    number = refusal_to_execute(path)
    if number:
        raise bridge.error(number, path)
    arguments = [os.fsdecode(argument) for argument in argv]
    arguments[0] = path
    to_close = [fd for fd in bridge.js.openDescriptors().to_py() if fd > 2 and not get_inheritable(fd)]
    waiting.wait_for(
        bridge.js.exec(bridge.to_js(arguments), _as_object(_environment(env)), os.getcwd(), bridge.to_js(to_close))
    )


def execv(path, argv, /):
    """Execute an executable path with arguments, replacing the current process."""
    try:
        execve(path, argv, inherited_environment())
    except OSError as error:
        # CPython names the file only where it is given an environment.
        raise bridge.error(error.errno) from None


#: Where the commands stand that are no files of the host's.
_COMMANDS = ("/usr/local/bin/", "/usr/bin/", "/bin/")


def refusal_to_execute(path):
    """The errno with which execve(2) refuses a file; 0 if it does not."""
    if _is_command(path):
        return 0
    try:
        status = os.stat(path)
        if not S_ISREG(status.st_mode) or not status.st_mode & 0o111:
            return errno.EACCES
        with io.open(path, "rb") as file:  # noqa: UP020
            first = file.readline(256)
    except OSError as error:
        return error.errno
    if not first.startswith(b"#!"):
        return errno.ENOEXEC
    words = os.fsdecode(first[2:]).split()
    return 0 if words and (_is_command(words[0]) or os.path.exists(words[0])) else errno.ENOENT


def _is_command(path):
    path = os.path.realpath(path)
    return path.startswith(_COMMANDS) and bridge.js.isProgram(path)


def executable(paths, directory):
    """The first of them that can be executed, and 0; or None, and the errno that execve(2) would leave."""
    last, refused = errno.ENOENT, 0
    for path in paths:
        last = refusal_to_execute(os.path.join(directory, path) if directory is not None else path)
        if last == 0:
            return path, 0
        if last not in (errno.ENOENT, errno.ENOTDIR) and not refused:
            refused = last
    return None, refused or last


def _as_object(mapping):
    """A JavaScript object of strings."""
    return bridge.js.toObject(bridge.to_js([list(pair) for pair in mapping.items()]))


def posix_spawn(path, argv, env, /, *, file_actions=(), setpgroup=-1, setsid=False, **options):
    """Execute the program at a path in a new process; its pid."""
    unknown = [name for name in options if name not in ("resetids", "setsigmask", "setsigdef", "scheduler")]
    if unknown:
        raise TypeError(f"posix_spawn() got an unexpected keyword argument '{unknown[0]}'")
    path = os.fsdecode(path)
    number = refusal_to_execute(path)
    if number:
        raise bridge.error(number, path)
    return _spawned([os.fsdecode(argument) for argument in argv], path, env, file_actions, setpgroup, setsid)


def posix_spawnp(path, argv, env, /, **options):
    """As `posix_spawn`, for a program that is looked for in `PATH`."""
    name = os.fsdecode(path)
    if "/" not in name:
        paths = [os.path.join(folder, name) for folder in os.get_exec_path(_environment(env))]
        found, number = executable(paths, None)
        if found is None:
            raise bridge.error(number, name)
        name = found
    return posix_spawn(name, argv, env, **options)


def _spawned(argv, path, env, file_actions, group, new_session):
    descriptors = {fd: fd for fd in bridge.js.openDescriptors().to_py() if get_inheritable(fd)}
    opened = []
    for action, *arguments in file_actions:
        if action == os.POSIX_SPAWN_CLOSE:
            descriptors.pop(arguments[0], None)
        elif action == os.POSIX_SPAWN_DUP2:
            descriptors[arguments[1]] = descriptors.get(arguments[0], arguments[0])
        else:
            fd, name, flags, mode = arguments
            opened.append(os.open(name, flags, mode))
            descriptors[fd] = opened[-1]
    try:
        return _checked(
            waiting.wait_for(
                bridge.js.spawn(
                    bridge.to_js([path, *argv[1:]]),
                    _as_object(_environment(env)),
                    os.getcwd(),
                    ",".join(f"{child}:{parent}" for child, parent in descriptors.items()),
                    bool(new_session),
                    group,
                )
            )
        )
    finally:
        for fd in opened:
            close(fd)


def getpgid(pid, /):
    return _checked(waiting.wait_for(bridge.js.getpgid(pid)))


def getpgrp():
    return getpgid(0)


def setpgid(pid, pgrp, /):
    _checked(-waiting.wait_for(bridge.js.setpgid(pid, pgrp)))


def setpgrp():
    setpgid(0, 0)


def setsid():
    return _checked(waiting.wait_for(bridge.js.setsid()))


def getsid(pid, /):
    return bridge.js.session()


def tcgetpgrp(fd, /):
    return _checked(waiting.wait_for(bridge.js.tcgetpgrp(fd)))


def tcsetpgrp(fd, pgid, /):
    _checked(-waiting.wait_for(bridge.js.tcsetpgrp(fd, pgid)))


def ttyname(fd, /):
    if not isatty(fd):
        raise bridge.error(errno.ENOTTY)
    return "/dev/pts/0"


def isatty(fd, /):
    return bool(bridge.js.isTerminal(fd)) if bridge.js is not None else False


def get_terminal_size(fd=1, /):
    return os.terminal_size(bridge.terminal_size(fd))


def sched_yield():
    waiting.wait_for(bridge.js.tick())


# --- descriptors -----------------------------------------------------------------------------------------------------

#: What a program that is executed inherits: descriptors are made without (PEP 446).
_inheritable = {0, 1, 2}
_non_blocking = set()


def get_inheritable(fd, /):
    return fd in _inheritable


def set_inheritable(fd, inheritable, /):
    if bridge.js.firstBad(str(fd), "") >= 0:
        raise bridge.error(errno.EBADF)
    if inheritable:
        _inheritable.add(fd)
    else:
        _inheritable.discard(fd)


def get_blocking(fd, /):
    return fd not in _non_blocking


def set_blocking(fd, blocking, /):
    if blocking:
        _non_blocking.discard(fd)
    else:
        _non_blocking.add(fd)


def pipe():
    """Create a pipe: (read end, write end), not inheritable."""
    read_fd = _checked(bridge.js.pipe())
    write_fd = bridge.js.otherOfPair(read_fd)
    return read_fd, write_fd


def pipe2(flags, /):
    ends = pipe()
    if flags & 0o4000:
        _non_blocking.update(ends)
    return ends


def dup(fd, /):
    """Return a duplicate of a file descriptor."""
    return _checked(bridge.js.dup(fd, -1))


def memfd_create(name, flags=1):
    """Create an anonymous file and return a file descriptor that refers to it."""
    sys.audit("os.memfd_create", name, flags)
    if len(os.fsencode(name)) > 249 or flags & ~7:
        raise bridge.error(errno.EINVAL)
    path = f"/dev/shm/.memfd-{getpid()}-{os.urandom(8).hex()}"
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o700)
    os.unlink(path)
    set_inheritable(fd, not flags & 1)
    return fd


def dup2(fd, fd2, inheritable=True):
    """Duplicate file descriptor."""
    _checked(bridge.js.dup(fd, fd2))
    if inheritable:
        _inheritable.add(fd2)
    else:
        _inheritable.discard(fd2)
    return fd2


def show_proc(path):
    """Have `/proc` tell what is so now, where a path leads there: C code cannot wait for the kernel."""
    if isinstance(path, int) or path is None or bridge.js is None:
        return
    name = os.fsdecode(path)
    # A process's own descriptors are Emscripten's to list.
    if name.startswith("/proc") and not name.startswith("/proc/self/fd") and bridge.can_run_sync():
        waiting.wait_for(bridge.js.showProc(os.path.normpath(name)))


def _looks(original):
    """A function of C's that looks at a path."""

    def function(path=".", *args, **options):
        if type(path) is not str or path.startswith("/proc"):
            show_proc(path)
        return original(path, *args, **options)

    function.__name__ = function.__qualname__ = original.__name__
    function.__doc__ = original.__doc__
    return function


_c_readlink = _posix.readlink


def readlink(path, *, dir_fd=None):
    """Return a string representing the path to which the symbolic link points."""
    name = os.fsdecode(path)
    if name == "/proc/self" and bridge.js is not None:
        return str(getpid()) if isinstance(path, str) else str(getpid()).encode()
    if name.startswith("/proc/self/"):
        name = f"/proc/{getpid()}/{name[11:]}"
    show_proc(name)
    found = _c_readlink(name, dir_fd=dir_fd)
    return os.fsencode(found) if isinstance(path, bytes) else found


def refuse_to_write_proc(path):
    """Nothing in `/proc` can be written here."""
    if os.path.exists(path):
        raise bridge.error(errno.EACCES, path)
    raise bridge.error(errno.ENOENT, path)


_OWN_NAMES = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}


def reopened(path):
    """What to open for a path such as `/dev/stdout` or `/dev/fd/3`.

    It is a duplicate of that descriptor if that is the kernel's, else a path.

    C code finds only Emscripten's own files by these names.
    """
    if bridge.js is None or not hasattr(path, "__fspath__") and not isinstance(path, (str, bytes)):
        return path
    name = os.fsdecode(path)
    if not name.startswith(("/dev/", "/proc/")):
        return path
    show_proc(name)
    number = _OWN_NAMES.get(name)
    folder, _, last = name.rpartition("/")
    if folder in ("/dev/fd", "/proc/self/fd") and last.isdecimal():
        number = int(last)
    if number is None:
        return path
    return dup(number) if bridge.js.isKernelDescriptor(number) else f"/proc/self/fd/{number}"


def open(path, flags, mode=0o777, *, dir_fd=None):
    """Open a file for low level IO.  Returns a file descriptor (integer)."""
    path = reopened(path)
    if isinstance(path, int):
        return path
    if path == "/dev/tty":
        # C code would get a terminal of Emscripten's, which is nobody's.
        raise bridge.error(errno.ENXIO, path)
    if flags & (os.O_WRONLY | os.O_RDWR) and os.fsdecode(path).startswith("/proc/"):
        refuse_to_write_proc(path)
    exclusive = flags & os.O_CREAT and flags & os.O_EXCL and dir_fd is None
    if exclusive and bridge.js is not None and bridge.can_run_sync() and not os.path.lexists(path):
        # Two processes may create it in the same moment: the kernel says who was first.
        created = waiting.wait_for(bridge.js.createExclusive(os.path.abspath(os.fsdecode(path)), mode & 0o7777))
        if created:
            if created != errno.ENOTSUP:
                raise bridge.error(created, path)
        else:
            flags &= ~(os.O_CREAT | os.O_EXCL)
    try:
        return _c_open(path, flags, mode, dir_fd=dir_fd)
    except OSError as error:
        if error.errno != errno.ENXIO or not is_fifo(path):
            raise
    return open_fifo(path, flags)


def mkfifo(path, mode=0o666, *, dir_fd=None):
    """Create a "fifo" (a POSIX named pipe)."""
    if dir_fd is not None:
        raise NotImplementedError("mkfifo: dir_fd unavailable on this platform")
    _checked(-waiting.wait_for(bridge.js.makeFifo(_place(os.fsdecode(path)), mode)))


def is_fifo(path):
    """Whether a path leads to a named pipe."""
    try:
        return S_ISFIFO(os.stat(path).st_mode)
    except OSError:
        return False


def open_fifo(path, flags):
    """Open a named pipe: waits until somebody has its other side open."""
    access = flags & 3
    fd = _checked(bridge.js.fifo(os.stat(path).st_ino, access != os.O_WRONLY, access != os.O_RDONLY))
    no_block = bool(flags & os.O_NONBLOCK)
    try:
        if access == os.O_RDWR:
            pass
        elif no_block:
            found = waiting.wait_for(bridge.js.fifoMet(fd, True, -1, False))
            if found < 0:
                raise bridge.error(-found, path)
        else:
            waiting.interruptible(lambda milliseconds, main: bridge.js.fifoMet(fd, False, milliseconds, main), None)
    except BaseException:
        close(fd)
        raise
    if no_block:
        _non_blocking.add(fd)
    return fd


def link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=False):
    """Create a hard link to a file."""
    if src_dir_fd is not None or dst_dir_fd is not None:
        raise NotImplementedError("link: src_dir_fd and dst_dir_fd unavailable on this platform")
    source = os.path.realpath(src) if follow_symlinks else _place(src)
    target = _place(dst)
    number = _refusal_to_link(source, target)
    if number:
        raise bridge.error(number, src, None, dst)
    bridge.js.link(os.fsdecode(source), os.fsdecode(target))


def _place(path):
    """Where a path leads, without a link at its end."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _refusal_to_link(source, target):
    """As link(2)."""
    try:
        status = os.lstat(source)
        folder = os.stat(os.path.dirname(target))
    except OSError as error:
        return error.errno
    if not S_ISDIR(folder.st_mode):
        return errno.ENOTDIR
    if os.path.lexists(target):
        return errno.EEXIST
    if S_ISDIR(status.st_mode):
        return errno.EPERM
    # Files of the image, devices and the like are in another file system than the host's.
    return errno.EXDEV if status.st_uid != _UID or folder.st_uid != _UID else 0


def umask(mask, /):
    """Set the current numeric umask and return the previous umask."""
    return bridge.js.umask(mask & 0o777)


def forget_flags(fd):
    """The descriptor is being closed: its number starts anew."""
    _inheritable.discard(fd)
    _non_blocking.discard(fd)
    select.forget(fd)


def close(fd):
    """Close a file descriptor."""
    forget_flags(fd)
    _c_close(fd)


def closerange(fd_low, fd_high, /):
    for fd in range(fd_low, min(fd_high, 4096)):
        if bridge.js.firstBad(str(fd), "") < 0:
            close(fd)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    """Set the access and modified time of a path or descriptor."""
    if not isinstance(path, int):
        if ns is None:
            return _c_utime(path, times, follow_symlinks=follow_symlinks)
        return _c_utime(path, ns=ns, follow_symlinks=follow_symlinks)
    # Emscripten looks for the path that the descriptor was opened with, which may be gone.
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if ns is not None:
        times = (ns[0] / 1e9, ns[1] / 1e9)
    if times is None:
        import time

        times = (time.time(),) * 2
    _checked(-bridge.js.touch(path, times[0] * 1000, times[1] * 1000))


def readinto(fd, buffer, /):
    """Read into a buffer object from a file descriptor."""
    view = memoryview(buffer).cast("B")
    data = read(fd, len(view))
    view[: len(data)] = data
    return len(data)


def read(fd, length, /):
    """Read from a file descriptor. Pipes, sockets and terminals wait."""
    if bridge.js is None or not bridge.js.isKernelDescriptor(fd):
        return _c_read(fd, length)
    asked = False
    while True:
        got = bridge.js.recv(fd, length, False)
        if not isinstance(got, int):
            return got.to_bytes()
        if got == 0:
            return b""
        if got != -errno.EAGAIN:
            raise bridge.error(-got)
        if fd in _non_blocking:
            if asked or not bridge.js.mustAsk(fd):
                raise bridge.error(errno.EAGAIN)
            asked = True
            waiting.wait_for(bridge.js.wait(str(fd), "", 0, False))
            continue

        def start(milliseconds, main):
            return bridge.js.wait(str(fd), "", milliseconds, main)

        waiting.interruptible(start, None)


#: What one call of `sendfile` takes at most, in bytes.
_SENT_AT_ONCE = 256 * 1024


def sendfile(out_fd, in_fd, offset, count):
    """Copy count bytes from file descriptor in_fd to out_fd; returns how many were copied."""
    count = min(count, _SENT_AT_ONCE)
    if offset is not None:
        return write(out_fd, _posix.pread(in_fd, count, offset))
    begin = _posix.lseek(in_fd, 0, os.SEEK_CUR)
    sent = write(out_fd, _c_read(in_fd, count))
    _posix.lseek(in_fd, begin + sent, os.SEEK_SET)
    return sent


def write(fd, data, /):
    """Write to a file descriptor."""
    if bridge.js is None or not bridge.js.isKernelDescriptor(fd):
        return _c_write(fd, data)
    data = bytes(memoryview(data).cast("B"))
    if bridge.js.mayBeAbandoned(fd):
        waiting.wait_for(bridge.js.wait("", str(fd), 0, False))
    while True:
        sent = bridge.js.send(fd, bridge.to_js(data))
        if sent >= 0:
            return sent
        if sent != -errno.EAGAIN or fd in _non_blocking:
            if sent == -errno.EPIPE:
                kill(getpid(), 13)
            raise bridge.error(-sent)

        def start(milliseconds, main):
            return bridge.js.wait("", str(fd), milliseconds, main)

        waiting.interruptible(start, None)


_REPLACED = [
    name
    for name, value in list(globals().items())
    if (callable(value) and getattr(value, "__module__", None) == __name__ and not name.startswith("_"))
    or name in ("_exit", "WNOHANG", "WUNTRACED", "WCONTINUED")
]


#: What other modules of this layer call.
_OWN = (
    "install",
    "after_fork_in_child",
    "executable",
    "forget_flags",
    "inherited_environment",
    "refusal_to_execute",
    "refuse_to_write_proc",
    "reopened",
    "show_proc",
)


def install():
    """Put the replacements into `posix` and into `os`, which has copied the names already."""
    for name in _REPLACED:
        if name in _OWN:
            continue
        value = globals()[name]
        setattr(_posix, name, value)
        setattr(os, name, value)
        if name not in os.__all__ and not name.startswith("_"):
            os.__all__.append(name)
    for alias, original in (("geteuid", getuid), ("getegid", getgid)):
        setattr(_posix, alias, original)
        setattr(os, alias, original)
    _install_exec_and_spawn()
    _install_looking()


def _install_looking():
    """Only what programs call: the import system has C's own, and no business in `/proc`."""
    for name in ("access", "listdir", "lstat", "scandir", "stat", "statvfs"):
        original = getattr(os, name)
        replacement = _looks(original)
        setattr(os, name, replacement)
        for supported in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
            if original in supported:
                supported.add(replacement)


def _install_exec_and_spawn():
    """`os` defines these only where it found `fork` and `execv` when it was imported."""
    for name, value in (
        ("POSIX_SPAWN_OPEN", 0),
        ("POSIX_SPAWN_CLOSE", 1),
        ("POSIX_SPAWN_DUP2", 2),
        ("MFD_CLOEXEC", 1),
        ("MFD_ALLOW_SEALING", 2),
    ):
        setattr(_posix, name, value)
        setattr(os, name, value)
    for name in ("fork", "execv", "execve"):
        os.__dict__[name] = globals()[name]
