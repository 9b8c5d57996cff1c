#!/bin/sh
# run.sh BUILD SECONDS JOBS -- runs every fuzzer of the build for so long, JOBS at a time; prints "ok …" or "not ok …".
# The input that broke one is left in BUILD/fuzz/NAME.
here=$(cd "$(dirname "$0")" && pwd)
build=$1 seconds=$2 jobs=$3
one() {
    name=$(basename "$1" | sed 's/^fuzz_//')
    dir=$build/fuzz/$name
    rm -rf "$dir"
    mkdir -p "$dir/found"
    if "$1" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -max_len=4096 -print_final_stats=1 \
        -artifact_prefix="$dir/" "$dir/found" "$here/corpus/$name" >"$dir/log" 2>&1; then
        echo "ok fuzz $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/log") inputs"
    else
        echo "not ok fuzz $name"
        tail -n 40 "$dir/log" | sed 's/^/# /'
    fi
}
if [ $# -eq 4 ]; then
    one "$4"
else
    find "$build/tests/fuzz" -maxdepth 1 -name 'fuzz_*' -type f -print0 | sort -z |
        xargs -0 -n 1 -P "$jobs" "$0" "$build" "$seconds" "$jobs"
fi
