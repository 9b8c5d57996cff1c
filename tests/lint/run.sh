#!/bin/sh
# run.sh BUILD -- the checks of ./dev lint; NUAN_PG_SOCKET is the folder of a running PostgreSQL.
here=$(dirname "$0")
build=$1
out=$(mktemp) || exit 1
trap 'rm "$out"' EXIT
failed=0

# queries ENGINE URL [SCANS]
queries() {
    engine=$1
    shift
    "$build/tests/lint/queries" "$@" >"$out" || failed=1
    sed "s/^\(not ok\|ok\) /\1 $engine: /" "$out"
}

queries sqlite :memory: "$here/scans.txt"
psql -q -c 'DROP DATABASE IF EXISTS lint' -c 'CREATE DATABASE lint' 2>/dev/null || failed=1
queries postgresql "postgresql:///lint?host=$NUAN_PG_SOCKET&user=nuan"
"$build/tests/lint/shards" "postgresql:///lint?host=$NUAN_PG_SOCKET&user=nuan" "$here/shards.txt" >"$out" || failed=1
sed 's/^\(not ok\|ok\) /\1 one shard: /' "$out"
node "$here/style.mjs" || failed=1
node "$here/../coverage/coverage.mjs" --check || failed=1
if "$build/ddict" -o "$build/dictionary.md" "$here"/../../src/*/migrations/*.sql; then
    echo 'ok every table has a comment'
else
    echo 'not ok every table has a comment'
    failed=1
fi
exit $failed
