cat > .env <<'ENV'
# settings of the app
FLASK_APP=app.py
SECRET_KEY=abc123
DATABASE_URL=sqlite:///db.sqlite

DEBUG=1
ENV
export $(grep -v '^#' .env | xargs); env | grep -E '^(FLASK_APP|SECRET_KEY|DATABASE_URL|DEBUG)=' | sort
unset FLASK_APP SECRET_KEY DATABASE_URL DEBUG; set -a; . ./.env; set +a; sh -c 'echo "$FLASK_APP $DEBUG"'
env -i $(cat .env | grep -v '#' | xargs) sh -c 'echo "${SECRET_KEY} ${HOME:-nohome}"'
printf 'A="x y"\nB='"'"'q $A'"'"'\nC=$HOME/c\n' > quoted.env; . ./quoted.env; echo "$A|$B|$C"
while IFS='=' read -r k v; do case $k in ''|'#'*) continue;; esac; echo "$k -> $v"; done < .env
grep -E '^SECRET_KEY=' .env | cut -d= -f2-; sed -i 's/^DEBUG=.*/DEBUG=0/' .env; grep DEBUG .env; echo 'NEW=1' >> .env; tail -1 .env
sed 's/^\([A-Z_]*\)=.*/\1=/' .env | grep = > .env.example; cat .env.example; diff <(cut -d= -f1 .env | sort) <(cut -d= -f1 .env.example | sort)
PORT=5001 sh -c 'echo ${PORT:-5000}'; echo ${PORT:-5000}; export PORT; PORT=${PORT:=7000}; echo $PORT; readonly PORT; PORT=1; echo "still $PORT"
echo 'Hello $NAME, port ${PORT}, cost $5' > t; NAME=Ada envsubst < t; NAME=Ada envsubst '$NAME' < t; printenv PORT HOME
: "${REQUIRED:?must be set}"; echo not reached
