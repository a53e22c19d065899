wait_for() { local tries=0; until "$@" 2>/dev/null; do tries=$((tries + 1)); if [ $tries -ge "${MOST:-3}" ]; then echo "gave up after $tries" >&2; return 1; fi; sleep 0.02; done; echo "ready after $tries"; }
wait_for true; wait_for false; echo $?; (sleep 0.03; touch ready) & MOST=500 wait_for test -f ready > /dev/null; wait
retry() { local n=$1; shift; for ((i = 1; i <= n; i++)); do "$@" && return 0; echo "try $i failed with $?"; done; return 1; }; retry 2 sh -c 'exit 9'; echo $?
set -o pipefail; false | cat; echo $?; set +o pipefail; echo "a b" | { read -r x y; echo "$y"; }; cmd="echo hi"; $cmd; eval "$cmd there"; "$cmd"; echo $?
log() { printf '%s [%-5s] %s\n' "$(date -u -d @0 +%FT%TZ)" "$1" "${*:2}"; }; log INFO started on port 8000; log ERROR "two  spaces"
if ! command -v nosuchtool > /dev/null 2>&1; then echo "nosuchtool is missing"; fi; type -t ls if cd log nosuch; hash nosuch; echo $?
n=0; while true; do n=$((n + 1)); [ $n -eq 2 ] && continue; [ $n -gt 3 ] && break; echo "n $n"; done; until (( n-- <= 2 )); do :; done; echo $n
[ -t 0 ] && echo terminal || echo no terminal; [ -z "$PS1" ] && echo script; echo "${0##*/}" | grep -c .; echo "$-" | grep -q i || echo noninteractive; exec 3>log.txt; echo to log >&3; exec 3>&-; cat log.txt; { echo out; echo err >&2; } 2>&1 | sort; echo x 2>/dev/null >&2; ls nosuch 2>&1 >/dev/null | wc -l; exec 4< log.txt; read -r line <&4; echo "$line"; exec 4<&-
printf '%s\n' {a,b}{1,2} | paste -sd' '; printf '%-10s|%5s|\n' ab cd; printf '%b' 'tab\there\n'; printf '%q\n' "it's" 'a b'; printf '%(%Y)T\n' 0; echo -e 'a\nb' | nl; seq 3 | awk '{s=s $1 ","} END {print substr(s, 1, length(s)-1)}'
false || { echo fallback; }; true && { echo then; false; } || echo else; ! false && echo not; test -n "$(ls)" && echo files; [ "$(id -u)" -ge 0 ] && echo id; x=; [ $x = 1 ]; echo $?; [ a = ]; echo $?; [[ $x == "" ]] && echo empty; (( 1 / 0 )); echo $?; echo $((08)); echo after
