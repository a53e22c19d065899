#!/bin/sh
# The browser of the tests that run beside the labs: on a busy processor it takes less than half of what theirs takes. Linux weighs sessions
# first, and the processes of each after that (man 7 sched, "autogroup").
{ echo 4 >/proc/self/autogroup; } 2>/dev/null
exec nice -n 4 "$BESIDE_BROWSER" "$@"
