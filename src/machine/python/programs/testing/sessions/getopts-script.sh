cat > run.sh <<'SCRIPT'
#!/bin/sh
usage() { echo "usage: $0 [-v] [-p PORT] [-e KEY=VALUE]... APP" >&2; exit 64; }
port=8000 verbose=0 envs=
while getopts ':vp:e:h' option; do
  case $option in
    v) verbose=$((verbose + 1)) ;;
    p) port=$OPTARG
       case $port in '' | *[!0-9]*) echo "not a port: $port" >&2; exit 65 ;; esac ;;
    e) envs="$envs $OPTARG" ;;
    h) usage ;;
    :) echo "-$OPTARG needs a value" >&2; usage ;;
    \?) echo "unknown: -$OPTARG" >&2; usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] || usage
for pair in $envs; do export "${pair?}"; done
echo "app=$1 port=$port verbose=$verbose KEY=${KEY-unset} B=${B:-none}"
SCRIPT
chmod +x run.sh
./run.sh app:app; ./run.sh -vv -p 9000 -e KEY=1 -e B=2 wsgi; ./run.sh -p; echo $?; ./run.sh -x; echo $?
./run.sh -p abc a; echo $?; ./run.sh; echo $?; ./run.sh -v -- -app; ./run.sh a b; echo $?; ./run.sh -vp8080 a; ./run.sh -h 2>&1 | cut -c1-8
long() { while [ $# -gt 0 ]; do case $1 in --port=*) echo "port ${1#*=}" ;; --port) echo "port $2"; shift ;; --) shift; break ;; -*) echo "bad $1" ;; *) break ;; esac; shift; done; echo "rest $*"; }
long --port=1 --port 2 --nosuch -- x y
