"""`_signal`, replaced: signals that the kernel sends.

Also the clock of the threads: the worker lets CPython run `_tick` every 5 ms (`process/interrupts.ts`), as
CPython's own switch interval would. There a busy thread gives way and a busy main thread handles its signals.
"""

import _signal as _c_signal
import errno
import sys

from . import bridge, waiting

# Numbers as on Linux, which musl shares.
SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE = 1, 2, 3, 4, 5, 6, 7, 8
SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGSTKFLT = 9, 10, 11, 12, 13, 14, 15, 16
SIGCHLD = SIGCLD = 17
SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGXCPU, SIGXFSZ = 18, 19, 20, 21, 22, 23, 24, 25
SIGVTALRM, SIGPROF, SIGWINCH = 26, 27, 28
SIGIO = SIGPOLL = 29
SIGPWR, SIGSYS = 30, 31
SIGIOT = SIGABRT
NSIG = 65
SIG_DFL, SIG_IGN = 0, 1
SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK = 0, 1, 2
ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2
ItimerError = OSError
struct_siginfo = _c_signal.struct_siginfo  # pyright: ignore[reportGeneralTypeIssues]

#: A signal of CPython's own that nobody uses here carries the tick.
_TICK = SIGPWR

_DISPOSITION = {SIG_DFL: "default", SIG_IGN: "ignore"}
_handlers: dict = {number: SIG_DFL for number in range(1, NSIG) if number not in (32, 33)}
_wakeup_fd = -1
_warn_on_full_buffer = True
_blocked = set()
#: Blocked signals that have come, and threads that wait for one of some: the signals, and the token that wakes them.
_held = []
_waiting_threads = []


default_int_handler = _c_signal.default_int_handler  # pyright: ignore[reportGeneralTypeIssues]
_handlers[SIGINT] = default_int_handler
_handlers[SIGPIPE] = SIG_IGN
_handlers[SIGXFSZ] = SIG_IGN


def _check_number(signalnum):
    if not 1 <= signalnum < NSIG:
        raise ValueError("signal number out of range")


def signal(signalnum, handler, /):
    """Set the action for the given signal; returns the previous one."""
    if not waiting.is_main():
        raise ValueError("signal only works in main thread of the main interpreter")
    _check_number(signalnum)
    signalnum = int(signalnum)
    if not callable(handler) and handler not in (SIG_DFL, SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    if signalnum in (SIGKILL, SIGSTOP):
        raise bridge.error(errno.EINVAL)
    handler = handler if callable(handler) and not isinstance(handler, int) else int(handler)
    previous = _handlers.get(signalnum)
    _handlers[signalnum] = handler
    _announce(signalnum)
    return previous


def _announce(number):
    """Tell the kernel what a signal does: one that is blocked waits here, whatever it would do."""
    handler = _handlers[number]
    plain = isinstance(handler, int) and number not in _blocked
    bridge.js.signalAction(number, _DISPOSITION[handler] if plain else "handle")


def getsignal(signalnum, /):
    _check_number(signalnum)
    return _handlers.get(int(signalnum))


def announce_dispositions():
    """Tell the kernel what differs from the default, when a process begins."""
    for number, handler in _handlers.items():
        if handler == SIG_IGN:
            bridge.js.signalAction(number, "ignore")
        elif handler != SIG_DFL:
            bridge.js.signalAction(number, "handle")


def inherit_ignored(numbers):
    """Signals that the parent ignored stay ignored after exec."""
    for number in numbers:
        _handlers[number] = SIG_IGN


def _wake_up(number):
    """Write the signal's number where `set_wakeup_fd` said. Nobody to raise to: what fails is printed."""
    sent = bridge.js.send(_wakeup_fd, bridge.to_js(bytes((number,))))
    if sent >= 0 or (sent == -errno.EAGAIN and not _warn_on_full_buffer):
        return
    print("Exception ignored when trying to write to the signal wakeup fd:", file=sys.stderr)
    print(f"{type(bridge.error(-sent)).__name__}: {bridge.error(-sent)}", file=sys.stderr)


@waiting.calls_program
def _deliver():
    """Run the handlers of the signals that have come, oldest first. Main thread only."""
    if _held and not _blocked.issuperset(_held):
        ready = [number for number in _held if number not in _blocked]
        _held[:] = [number for number in _held if number in _blocked]
    else:
        ready = []
    while True:
        number = ready.pop(0) if ready else bridge.js.takeSignal()
        if number == 0:
            return
        if number in _blocked:
            if number not in _held:
                _held.append(number)
            _wake_who_waits_for(number)
            continue
        if _wakeup_fd >= 0:
            _wake_up(number)
        handler = _handlers.get(number)
        if callable(handler):
            handler(number, sys._getframe(1))
        elif handler == SIG_DFL:
            # It was blocked when it came.
            raise_signal(number)


waiting.deliver_signals = _deliver


def raise_signal(signalnum, /):
    import os

    os.kill(os.getpid(), signalnum)


def raise_in_main(signalnum):
    """As if the signal had come from outside."""
    bridge.js.simulateSignal(signalnum)


def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    global _wakeup_fd, _warn_on_full_buffer
    if not waiting.is_main():
        raise ValueError("set_wakeup_fd only works in main thread of the main interpreter")
    if fd != -1:
        import os

        if bridge.js.firstBad(str(fd), "") >= 0:
            raise bridge.error(errno.EBADF) if fd >= 0 else ValueError("invalid fd")
        if os.get_blocking(fd):
            raise ValueError(f"the fd {fd} must be in non-blocking mode")
    previous, _wakeup_fd = _wakeup_fd, fd
    _warn_on_full_buffer = bool(warn_on_full_buffer)
    return previous


def siginterrupt(signalnum, flag, /):
    _check_number(signalnum)


def _start_timer(seconds, interval=0.0):
    return bridge.js.setTimer(seconds * 1000, interval * 1000) / 1000


#: What the timer is set to again each time, in seconds.
_interval = 0.0


def _set_interval(interval):
    """Keep it for who asks; the one before."""
    global _interval
    before, _interval = _interval, float(interval)
    return before


def alarm(seconds, /):
    """Arrange for SIGALRM; returns the seconds that were left of the previous alarm."""
    left = _start_timer(float(seconds))
    _set_interval(0.0)
    return int(-(-left // 1))


def setitimer(which, seconds, interval=0.0, /):
    if which != ITIMER_REAL:
        raise bridge.error(errno.EINVAL)
    left = _start_timer(seconds, interval)
    return (left, _set_interval(interval))


def getitimer(which, /):
    if which != ITIMER_REAL:
        raise bridge.error(errno.EINVAL)
    return (bridge.js.timerLeft() / 1000, _interval)


def pause():
    """Wait until a signal has been handled."""
    outcome = waiting.INTERRUPTED
    while True:
        outcome = waiting.wait_for(bridge.js.sleep(-1, waiting.is_main()))
        if outcome == waiting.INTERRUPTED:
            _deliver()
            return


def pthread_kill(thread_id, signalnum, /):
    raise_signal(signalnum)


def pthread_sigmask(how, mask, /):
    previous = set(_blocked)
    mask = {int(number) for number in mask}
    for number in mask:
        _check_number(number)
    mask -= {SIGKILL, SIGSTOP}
    if how == SIG_BLOCK:
        _blocked.update(mask)
    elif how == SIG_UNBLOCK:
        _blocked.difference_update(mask)
    elif how == SIG_SETMASK:
        _blocked.clear()
        _blocked.update(mask)
    else:
        raise bridge.error(errno.EINVAL)
    for number in previous ^ _blocked:
        if number in _handlers:
            _announce(number)
    if _held and waiting.is_main():
        _deliver()
    return previous


def sigpending():
    if waiting.is_main():
        _deliver()
    return set(_held)


def _wake_who_waits_for(number):
    for entry in _waiting_threads:
        numbers, token = entry
        if number in numbers:
            _waiting_threads.remove(entry)
            bridge.js.unpark(token)
            return


def _wait_for_one(sigset, timeout):
    """The first of these signals that comes and is blocked; None when the time is over. `timeout` in seconds."""
    wanted = {int(number) for number in sigset}
    for number in wanted:
        _check_number(number)
    deadline = waiting.deadline_after(timeout)
    if waiting.is_main():
        _deliver()
    while True:
        for number in _held:
            if number in wanted:
                _held.remove(number)
                return number
        entry = (wanted, bridge.js.newToken())
        _waiting_threads.append(entry)
        if not _parked(entry, deadline) and not wanted.intersection(_held):
            return None


def _parked(entry, deadline):
    def park(milliseconds, main):
        return bridge.js.park(entry[1], milliseconds, main)

    try:
        return waiting.interruptible(park, deadline)
    finally:
        if entry in _waiting_threads:
            _waiting_threads.remove(entry)


def sigwait(sigset, /):
    """Wait until one of the signals, which are blocked, has come; returns its number."""
    return _wait_for_one(sigset, None)


def sigwaitinfo(sigset, /):
    """As sigwait, with what is known of the signal: who sent it is not."""
    return _information(_wait_for_one(sigset, None))


def sigtimedwait(sigset, timeout, /):
    """As sigwaitinfo, for so many seconds at most; then None."""
    if timeout < 0:
        raise ValueError("timeout must be non-negative")
    number = _wait_for_one(sigset, timeout)
    return None if number is None else _information(number)


def _information(number):
    return struct_siginfo((number, 0, 0, 0, 1000, 0, 0))


def valid_signals():
    return set(_handlers)


def strsignal(signalnum, /):
    _check_number(signalnum)
    return _c_signal.strsignal(signalnum)


def _tick(signalnum, frame):
    """Every 5 ms of computing: let others run, then handle signals."""
    if bridge.js is None or waiting.entering or waiting.current == 0:
        return
    if not bridge.can_run_sync() or not waiting.may_give_way(frame):
        return
    waiting.wait_for(bridge.js.tick())
    if waiting.is_main() and bridge.js.signalsPending():
        _deliver()


def start_ticking():
    _c_signal.signal(_TICK, _tick)
