"""`_posixsubprocess`, replaced: `fork_exec` starts a program in a child without forking first."""

import errno
import os

from . import bridge, waiting
from .posix import _as_object, _checked


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
    """Spawn the first executable that exists; a missing one is reported on the error pipe, as the child would."""
    if preexec_fn is not None:
        raise RuntimeError("preexec_fn is not supported here")
    programs = [os.fsdecode(program) for program in executable_list]
    found = next((program for program in programs if bridge.js.isProgram(program)), None)
    if found is None:
        os.write(errpipe_write, b"OSError:%x:" % errno.ENOENT)
        return _checked(waiting.wait_for(bridge.js.spawn(bridge.to_js(["false"]), _as_object({}), "/", "", False, -1)))
    arguments = [os.fsdecode(argument) for argument in args]
    arguments[0] = found
    if env is None:
        environment = {os.fsdecode(key): os.fsdecode(value) for key, value in os.environ.items()}
    else:
        environment = dict(os.fsdecode(item).split("=", 1) for item in env)
    descriptors = {0: p2cread, 1: c2pwrite, 2: errwrite}
    mapping = {child: (parent if parent != -1 else child) for child, parent in descriptors.items()}
    mapping.update({fd: fd for fd in pass_fds if fd != errpipe_write})
    if not close_fds:
        mapping.update({fd: fd for fd in bridge.js.openDescriptors().to_py() if fd > 2 and os.get_inheritable(fd)})
    text = ",".join(f"{child}:{parent}" for child, parent in mapping.items())
    directory = os.fsdecode(cwd) if cwd is not None else os.getcwd()
    return _checked(
        waiting.wait_for(
            bridge.js.spawn(
                bridge.to_js(arguments),
                _as_object(environment),
                directory,
                text,
                bool(start_new_session),
                process_group,
            )
        )
    )
