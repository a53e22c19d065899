#!/usr/bin/env bash
# Starts a server, asks it, changes it by signals, and looks at what it has told.
set -euo pipefail

log=server.log
declare -A codes=()

start() {
  "$@" > "$log" 2>&1 &
  server=$!
  trap 'kill "$server" 2> /dev/null || true' EXIT
  for _ in {1..200}; do
    (echo > /dev/tcp/127.0.0.1/8000) 2> /dev/null && return 0
    sleep 0.1
  done
  echo "no server" >&2
  return 1
}

# Waits until the log has a line so many times.
told() {
  local -n count=$2
  for _ in {1..200}; do
    count=$(grep -c "$1" "$log") || true
    ((count >= $3)) && return 0
    sleep 0.1
  done
  echo "not told: $1" >&2
  return 1
}

start gunicorn --pid server.pid app:app
[[ $(< server.pid) == "$server" ]] && echo "the pid is the server's"

for path in / '/?name=ann' /nothing; do
  code=$(curl -s -o body -w '%{http_code}' "localhost:8000$path")
  ((codes[$code]++)) || true
  echo "$path: $code $(head -c 20 body | head -1)"
done
printf '%s answered %d\n' 200 "${codes[200]}" 404 "${codes[404]}"

times=0
kill -HUP "$server"
told 'hook: on_reload' times 1 && told 'hook: worker_exit' times 1 && echo "reloaded: $times"
kill -TTIN "$server"
told 'hook: nworkers_changed from 1 to 2' times 1 && echo "one more"
kill -TERM "$server"
status=0
wait "$server" || status=$?
echo "ended with $status"
told 'hook: on_exit' times 1 && grep -m 3 -o 'hook: .*' "$log"
