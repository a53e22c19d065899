exec 2> /dev/null
# Stand-ins for servers: what tells of them is what is looked at.
cat > server.sh <<'S'
#!/bin/sh
trap 'echo reloaded; r=1' HUP
trap 'echo bye; exit 0' TERM
trap 'echo interrupted; exit 130' INT
echo $$ > server.pid
echo started
while :; do sleep 0.05; done
S
chmod +x server.sh
./server.sh > server.log 2>&1 &
pid=$!
while [ ! -s server.pid ]; do sleep 0.02; done
[ "$(cat server.pid)" = "$pid" ] && echo same; kill -0 $pid && echo alive
kill -HUP $(cat server.pid); while ! grep -q reloaded server.log; do sleep 0.02; done; echo heard
ps -p $pid -o pid= | tr -d ' ' | grep -cx "$pid"; ps -o comm= -p $pid
kill $pid; wait $pid; echo "ended $?"; cat server.log; kill -0 $pid 2>/dev/null || echo gone
sleep 30 & a=$!; sleep 31 & b=$!; jobs -p | wc -l | tr -d ' '; kill $a; wait $a; echo $?; kill -9 $b; wait $b; echo $?
(exit 3) & wait $!; echo $?; wait; echo $?; sleep 0.05 & wait -n; echo $?
{ sleep 0.05; echo done > flag; } & until [ -f flag ]; do sleep 0.02; done; cat flag; wait
for i in 1 2 3; do (echo "worker $i" > "w$i") & done; wait; cat w1 w2 w3
timeout 0.2 sh -c 'while :; do sleep 0.05; done'; echo $?
trap 'echo parent got usr1' USR1; kill -USR1 $$; sh -c 'kill -TERM $$'; echo $?; sh -c 'trap "" TERM; kill -TERM $$; echo survived'
(trap 'echo sub exit' EXIT; echo in); trap - USR1; trap; set -m; sleep 5 & kill %1; wait %1 2>/dev/null; echo $?
coproc_like() { "$@" & echo $! > p; }; coproc_like sleep 9; kill "$(cat p)"; wait "$(cat p)"; echo $?; kill 999999; echo $?; kill -l 15; kill -l | tr ' ' '\n' | grep -c SIGTERM
wait 999999; echo $?; kill -s TERM; echo $?; disown -a; echo $?; pgrep -f 'no-such-thing-[x]'; echo $?; pkill -f 'no-such-thing-[x]'; echo $?
