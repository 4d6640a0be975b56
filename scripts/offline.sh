#!/usr/bin/env bash
# Runs a command with no network but this machine's own loopback: the proof that nothing reaches out.
#   sudo scripts/offline.sh npm test
# Linux only, as root. The usual database server stays outside the new network, so this one gets its own.
set -euo pipefail
cd "$(dirname "$0")/.."

POSTGRES_DIR=$(mktemp -d -t postlude-offline-XXXXXX)
export POSTGRES_DIR
chmod 711 "$POSTGRES_DIR"

unshare --net bash -c '
  ip link set lo up
  "$@"
  code=$?
  PATH=$PWD/node_modules/.bin:$PATH node scripts/dev-db.ts stop
  exit $code
' -- "$@" && code=0 || code=$?
rm -rf "$POSTGRES_DIR"
exit "$code"
