#!/bin/sh
# run.sh NUAN ENGINE [PART] -- fills a demo county on "sqlite" or "pg", serves it and runs every *.test.mjs against it (PART: those
# whose name begins so).
# The server's log is NUAN_LOG for the tests.  NUAN_PG_SOCKET is the folder of a running PostgreSQL; NUAN_SHOTS a folder for screenshots.
here=$(cd "$(dirname "$0")" && pwd)
nuan=$1 engine=$2
dir=$(mktemp -d) || exit 1
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$dir"' EXIT
db=$dir/nuan.db
if [ "$engine" = pg ]; then
    psql -q -c 'DROP DATABASE IF EXISTS browser' -c 'CREATE DATABASE browser' 2>/dev/null || exit 1
    db="postgresql:///browser?host=$NUAN_PG_SOCKET&user=nuan"
fi
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
"$nuan" demo --fill-only --dir "$dir" --db "$db" >"$dir/users" || exit 1
"$nuan" serve --dir "$dir" --db "$db" --port "$port" 2>"$dir/log" &
server=$!
export NUAN_URL="http://127.0.0.1:$port" NUAN_USERS="$dir/users" NUAN_LOG="$dir/log"
tries=0
until node -e 'fetch(process.env.NUAN_URL + "/login").then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))'; do
    tries=$((tries + 1))
    [ $tries -lt 50 ] || { echo 'not ok the server does not answer'; exit 1; }
    sleep 0.2
done
status=0
found=
for file in "$here"/"${3:-}"*.test.mjs; do
    [ -f "$file" ] || continue
    found=1
    node "$file" || status=1
done
[ -n "$found" ] || echo 'ok no browser test yet # SKIP'
exit $status
