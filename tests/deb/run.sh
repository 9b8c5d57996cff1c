#!/bin/sh
# run.sh BUILD -- builds the package, unpacks it and uses what is in it.  Prints "ok …" or "not ok …".
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
dir=$(mktemp -d) || exit 1
server= failed=0
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$dir"' EXIT
result() {
    if [ "$1" -eq 0 ]; then echo "ok $2"; return 0; fi
    sed 's/^/# /' "$dir/log"
    echo "not ok $2"
    failed=1
}
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')

"$top/packaging/build.sh" "$1" "$dir" >"$dir/log" 2>&1
result $? 'the package is built'
deb=$(echo "$dir"/nuan_*.deb)
dpkg-deb -x "$deb" "$dir/root" >"$dir/log" 2>&1 && dpkg-deb -e "$deb" "$dir/control" >>"$dir/log" 2>&1
result $? 'it can be unpacked'
nuan=$dir/root/usr/bin/nuan
(cd "$dir/root" && md5sum -c --quiet "$dir/control/md5sums") >"$dir/log" 2>&1
result $? 'its files are what it says'
! find "$dir/root" \( -name '*.key' -o -name '*faults*' -o -perm /6022 ! -type l \) | grep . >"$dir/log"
result $? 'nothing in it that does not belong there'
! strings -a "$nuan" | grep -F '/test/assert' >"$dir/log"
result $? 'no bug of the tests is in the program'
for script in postinst prerm postrm; do sh -n "$dir/control/$script" || exit 1; done >"$dir/log" 2>&1
result $? 'its scripts can be read'

export NUAN_DIR="$dir/var"
{ "$nuan" divisions import "$dir/root/usr/share/nuan/divisions" && "$nuan" init --profile ninghua --division 350424 --admin admin &&
    "$nuan" backup "$dir/a.backup" && "$nuan" check; } >"$dir/log" 2>&1
result $? 'its program makes a place, a backup and a check'
"$nuan" serve --port "$port" >"$dir/log" 2>&1 &
server=$!
tries=0
until node -e 'fetch(`http://127.0.0.1:${process.argv[1]}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$port"; do
    tries=$((tries + 1))
    [ $tries -lt 50 ] || break
    sleep 0.1
done
[ $tries -lt 50 ]
result $? 'its program serves'
kill "$server"
wait "$server"
result $? 'and stops in order'
server=

# The units, with the program where the package was unpacked.
mkdir "$dir/units"
for unit in "$dir"/root/lib/systemd/system/*; do
    sed -e "s|/usr/bin/nuan|$nuan|" -e '/^Documentation=/d' "$unit" >"$dir/units/$(basename "$unit")"
done
if command -v systemd-analyze >/dev/null; then
    systemd-analyze verify "$dir"/units/* >"$dir/log" 2>&1 && ! grep . "$dir/log"
    result $? 'systemd understands its units'
    systemd-analyze security --offline=true --threshold=20 "$dir/units/nuan.service" >"$dir/log" 2>&1
    result $? 'the service is shut in'
else
    echo 'ok systemd understands its units # SKIP no systemd'
fi
if command -v lintian >/dev/null; then
    lintian --fail-on error,warning --no-cfg --allow-root "$deb" >"$dir/log" 2>&1
    result $? 'lintian has nothing to say'
else
    echo 'ok lintian has nothing to say # SKIP no lintian'
fi
exit $failed
