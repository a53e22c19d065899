"""`_posixsubprocess`, replaced: `fork_exec` starts a program in a child, without forking first where it can.

Follows CPython's `Modules/_posixsubprocess.c` in what is reported of a child that could not start.
"""

import errno
import os
import stat

from . import bridge, waiting
from .posix import _as_object, _checked, executable, inherited_environment


def fork_exec(
    args,
    executable_list,
    close_fds,
    pass_fds,
    cwd,
    env,
    p2cread,
    p2cwrite,
    c2pread,
    c2pwrite,
    errread,
    errwrite,
    errpipe_read,
    errpipe_write,
    restore_signals,
    start_new_session,
    process_group,
    gid,
    extra_groups,
    uid,
    umask,
    preexec_fn,
    /,
):
    """Run the first executable that exists; what fails is reported on the error pipe, as the child would."""
    arguments = [_text(argument) for argument in args]
    programs = [_text(program) for program in executable_list]
    environment = None
    if env is not None:
        environment = dict(_text(item).split("=", 1) for item in env)
    descriptors = {0: p2cread, 1: c2pwrite, 2: errwrite}
    kept = [fd for fd in pass_fds if fd != errpipe_write]
    directory = os.fsdecode(cwd) if cwd is not None else None

    def prepare():
        _prepare(directory, umask, start_new_session, process_group, extra_groups, gid, uid, preexec_fn)

    if preexec_fn is not None or umask >= 0 or uid is not None or gid is not None or extra_groups is not None:
        pid = os.fork()
        if pid == 0:
            _run_child(programs, arguments, environment, descriptors, kept, close_fds, errpipe_write, prepare)
        return pid
    failure = _check_directory(directory)
    program = None
    if failure is None:
        program, number = executable(programs, directory)
        failure = (number, "") if program is None else None
    if failure is not None:
        os.write(errpipe_write, b"OSError:%x:%s" % (failure[0], failure[1].encode()))
        return _checked(waiting.wait_for(bridge.js.spawn(bridge.to_js(["false"]), _as_object({}), "/", "", False, -1)))
    mapping = {child: (parent if parent != -1 else child) for child, parent in descriptors.items()}
    mapping.update({fd: fd for fd in kept})
    if not close_fds:
        mapping.update({fd: fd for fd in bridge.js.openDescriptors().to_py() if fd > 2 and os.get_inheritable(fd)})
    text = ",".join(f"{child}:{parent}" for child, parent in mapping.items())
    return _checked(
        waiting.wait_for(
            bridge.js.spawn(
                bridge.to_js([program, *arguments[1:]]),
                _as_object(inherited_environment() if environment is None else environment),
                directory if directory is not None else os.getcwd(),
                text,
                bool(start_new_session),
                process_group,
            )
        )
    )


def _text(value):
    text = os.fsdecode(value)
    if "\0" in text:
        raise ValueError("embedded null byte")
    return text


def _check_directory(directory):
    """What chdir(2) would say, as the child reports it; None if nothing."""
    if directory is None:
        return None
    try:
        if stat.S_ISDIR(os.stat(directory).st_mode):
            return None
        return errno.ENOTDIR, "noexec:chdir"
    except OSError as error:
        return error.errno, "noexec:chdir"


def _prepare(directory, umask, start_new_session, process_group, extra_groups, gid, uid, preexec_fn):
    """What the child does to itself before its program begins, in the order of `child_exec`."""
    failure = _check_directory(directory)
    if failure is not None:
        raise _Failure(failure)
    if directory is not None:
        os.chdir(directory)
    if umask >= 0:
        os.umask(umask)
    if start_new_session:
        os.setsid()
    if process_group >= 0:
        os.setpgid(0, process_group)
    if extra_groups is not None:
        os.setgroups(extra_groups)
    if gid is not None:
        os.setgid(gid)
    if uid is not None:
        os.setuid(uid)
    if preexec_fn is not None:
        try:
            preexec_fn()
        except Exception:
            raise _Failure(None) from None


class _Failure(Exception):
    """With an errno and what stands behind it; None for a `preexec_fn` that raised."""


@waiting.calls_program
def _run_child(programs, arguments, environment, descriptors, kept, close_fds, error_pipe, prepare):
    """The life of a forked child until its program takes over."""
    said = b""
    try:
        _take_descriptors(descriptors, kept, close_fds, error_pipe)
        prepare()
        program, number = executable(programs, None)
        if program is None:
            raise _Failure((number, ""))
        os.execve(program, arguments, inherited_environment() if environment is None else environment)
    except _Failure as failure:
        reason = failure.args[0]
        if reason is None:
            said = b"SubprocessError:0:Exception occurred in preexec_fn."
        else:
            said = b"OSError:%x:%s" % (reason[0], reason[1].encode())
    except OSError as error:
        said = b"OSError:%x:noexec" % (error.errno or 0)
    finally:
        if said:
            os.write(error_pipe, said)
        os._exit(255)


def _take_descriptors(descriptors, kept, close_fds, error_pipe):
    """Give the child its standard streams; others are open in its program if they are inheritable, or kept."""
    # None may be overwritten before it has its place.
    sources = {child: os.dup(parent) for child, parent in descriptors.items() if parent != -1}
    for child, source in sources.items():
        os.dup2(source, child)
        os.close(source)
    for child in descriptors:
        if bridge.js.firstBad(str(child), "") < 0:
            os.set_inheritable(child, True)
    for fd in bridge.js.openDescriptors().to_py():
        if fd > 2 and fd != error_pipe and (close_fds or fd in kept):
            os.set_inheritable(fd, fd in kept)
