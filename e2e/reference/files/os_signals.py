"""What the operating system does with signals and children. Prints the same on every Linux."""

import os
import signal
import socket
import time

awake, wakes = socket.socketpair()
for end in (awake, wakes):
    end.setblocking(False)
print(signal.set_wakeup_fd(wakes.fileno()))
signal.signal(signal.SIGUSR1, lambda number, frame: print("handled", number))
os.kill(os.getpid(), signal.SIGUSR1)
print(awake.recv(10), signal.set_wakeup_fd(-1) == wakes.fileno())
for fd in (999, os.pipe()[1]):
    try:
        signal.set_wakeup_fd(fd)
    except OSError as error:
        print(error.strerror)
    except ValueError as error:
        print(str(error).replace(str(fd), "N"))
print(os.get_blocking(wakes.fileno()), os.get_blocking(os.pipe()[0]))

child = os.fork()
if child == 0:
    time.sleep(30)
    os._exit(0)
os.kill(child, signal.SIGSTOP)
pid, status = os.waitpid(child, os.WUNTRACED)
print("stopped:", pid == child, os.WIFSTOPPED(status), os.WSTOPSIG(status) == signal.SIGSTOP)
print("told once:", os.waitpid(child, os.WUNTRACED | os.WNOHANG))
os.kill(child, signal.SIGCONT)
os.kill(child, signal.SIGTERM)
pid, status = os.waitpid(child, os.WUNTRACED)
print("ended:", pid == child, os.WIFSIGNALED(status), os.WTERMSIG(status))
print(os.waitstatus_to_exitcode(status))

signal.signal(signal.SIGALRM, lambda number, frame: print("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.05)
signal.pause()
print(signal.alarm(10), signal.alarm(0))
