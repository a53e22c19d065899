servers=("web1:8000" "web2:8001" "web 3:8002")
for s in "${servers[@]}"; do echo "${s%%:*} -> ${s##*:}"; done
echo "${#servers[@]} ${servers[0]} ${servers[-1]} ${servers[@]:1:2}"
servers+=(last); unset 'servers[1]'; echo "${!servers[*]}"; printf '<%s>' "${servers[@]}"; echo
declare -A status=([/]=200 [/about]=404); status[/x]=500
for path in $(printf '%s\n' "${!status[@]}" | sort); do echo "$path ${status[$path]}"; done
[[ -v status[/] ]] && echo has; [[ -n ${status[/nosuch]:-} ]] || echo none; echo ${#status[@]}
mapfile -t lines < <(printf 'one\ntwo words\n\nfour\n'); echo "${#lines[@]} '${lines[1]}' '${lines[2]}'"
IFS=, read -r a b c <<< "x,y z,w"; echo "$b|$c"; IFS=: read -ra parts <<< "/usr/bin:/bin"; echo "${parts[1]}"
args=(-s -o /dev/null -w '%{http_code}'); echo "curl ${args[*]} url"
sum=0; for n in {1..5}; do ((sum += n)); done; echo $sum; for ((i = 10; i > 0; i -= 4)); do printf '%d ' $i; done; echo
str="Hello, World"; echo "${str,,} ${str^^} ${str/World/Bash} ${str:7} ${str: -5:2} ${#str} ${str//[^A-Z]/}"
x=5; (( x > 3 && x < 10 )) && echo between; [[ abc =~ ^a(.)c$ ]] && echo "${BASH_REMATCH[1]}"; case abc in a*|b*) echo yes ;;& *c) echo also ;; esac
printf -v padded '%05d' 42; echo $padded; echo "${servers[*]/#/http://}"; echo $((16#ff)) $((2#101)); echo {a..e} {01..03} x{1,2}y
copy=("${servers[@]}"); copy[0]=new; echo "${servers[0]} ${copy[0]}"; echo "${copy[@]@Q}"; set -- "${copy[@]}"; echo $# "$1"
time_of() { local start=$SECONDS; :; echo $((SECONDS - start)); }; time_of; echo ${FUNCNAME[0]:-none} ${#BASH_SOURCE[@]}
while IFS='=' read -r key value; do [[ $key == \#* || -z $key ]] && continue; echo "$key is $value"; done <<< $'# c\nA=1\n\nB=x=y'
select_first() { printf '%s\n' "$@" | head -n1; }; select_first "${servers[@]}"
[[ "a b" == a\ b ]] && echo eq; [[ file.tar.gz == *.tar.* ]] && echo glob; [[ 10 -gt 9 && ! -e /nosuch ]] && echo num
