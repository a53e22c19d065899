# A deploy script with strict mode, traps and a lock.
cat > deploy.sh <<'SCRIPT'
#!/usr/bin/env bash
set -euo pipefail
IFS=$'\n\t'
readonly APP_DIR="${1:?usage: deploy.sh FOLDER [VERSION]}"
VERSION="${2:-dev}"
TMP="$(mktemp -d)"
cleanup() {
  local code=$?
  rm -rf "$TMP"
  echo "cleanup with $code"
  exit "$code"
}
trap cleanup EXIT
trap 'echo "failed in line $LINENO: $BASH_COMMAND" >&2' ERR
log() { printf '[%s] %s\n' "deploy" "$*"; }
log "deploying $VERSION to $APP_DIR"
mkdir -p "$APP_DIR"/{releases,shared}
release="$APP_DIR/releases/$VERSION"
if [[ -d "$release" ]]; then
  log "already there"
  exit 3
fi
cp -r src "$release"
ln -sfn "releases/$VERSION" "$APP_DIR/current"
for file in "$release"/*.py; do
  log "file: ${file##*/} ($(wc -l < "$file") lines)"
done
old=$(ls -1t "$APP_DIR/releases" | tail -n +3 || true)
[[ -n "${old}" ]] && log "old: $old"
log "current -> $(readlink "$APP_DIR/current")"
SCRIPT
chmod +x deploy.sh
mkdir src; printf 'a\nb\n' > src/app.py; printf 'c\n' > src/wsgi.py
./deploy.sh site v1; echo "status $?"
./deploy.sh site v1; echo "status $?"
./deploy.sh; echo "status $?"
rm -r src; ./deploy.sh site v2; echo "status $?"
bash -n deploy.sh && echo parsed
find site | sort; ls site/current
