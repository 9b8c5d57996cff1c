#!/bin/sh
# run.sh BUILD ROUNDS -- the crash test on both databases at once; NUAN_PG_SOCKET is the folder of a running PostgreSQL.
build=$1 rounds=$2
out=$(mktemp) || exit 1
trap 'rm "$out"' EXIT
"$build/tests/crash/crash" "$build/nuan" "$rounds" >"$out" 2>&1 &
sqlite=$!
"$(dirname "$0")/../pg.sh" "$build/tests/crash/crash" "$build/nuan" "$rounds" | sed 's/^\(not ok\|ok\) /\1 postgresql: /'
wait $sqlite
status=$?
sed 's/^\(not ok\|ok\) /\1 sqlite: /' "$out"
exit $status
