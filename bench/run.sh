#!/bin/sh
# run.sh BUILD [SECONDS] -- serves the demo county from a release build and measures its pages; docs/performance.md.
build=$1 seconds=${2:-10}
dir=$(mktemp -d) || exit 1
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$dir"' EXIT
port=8190
"$build/nuan" demo --fill-only --dir "$dir" >"$dir/users" || exit 1
"$build/nuan" serve --dir "$dir" --port $port 2>"$dir/log" &
server=$!
sleep 1
load="$build/bench/load $port"
$load 1 "$seconds" /login
$load 16 "$seconds" /login
$load 16 "$seconds" /static/nuan.css
for pid in "$server" $(cat "/proc/$server/task/$server/children"); do
    awk -v pid="$pid" '/^VmRSS/ { printf "RSS of %s: %.1f MB\n", pid, $2 / 1024 }' "/proc/$pid/status"
done
