#!/bin/sh
# run.sh NUAN [PORT] -- the proxy of README.md in front of a demo of its own, with a certificate made here: which protocols and ciphers it
# speaks, what its answers carry, where http leads.  Needs nginx and openssl; testssl, when it is there, looks for known weaknesses too.
# Takes half a minute, so ./dev test does not run it; docs/security.md.
set -eu
nuan=$1 port=${2:-8443}
plain=$((port + 1)) behind=$((port + 2))
here=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$PATH:/usr/sbin
for tool in nginx openssl curl; do
    command -v $tool >/dev/null || { echo "$tool is missing: apt-get install nginx-light openssl curl"; exit 2; }
done
dir=$(mktemp -d)
chmod 755 "$dir"
server=
trap '[ ! -f "$dir/pid" ] || kill "$(cat "$dir/pid")"; [ -z "$server" ] || kill "$server"; wait; rm -rf "$dir"' EXIT
failed=0
# is NAME CONDITION...: one line of the report
is() {
    name=$1
    shift
    if "$@"; then echo "ok $name"; else echo "not ok $name"; failed=$((failed + 1)); fi
}

# ---- The proxy, as README.md says, with the paths and ports of this run

openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/key" -out "$dir/crt" -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
{
    echo "pid $dir/pid; error_log $dir/error.log; events {} http { access_log off;"
    for part in client_body proxy fastcgi uwsgi scgi; do echo "${part}_temp_path $dir/$part;"; done
    sed -n '/^server {$/,/^}$/p' "$here/README.md" | sed "s#listen 443#listen 127.0.0.1:$port#; s#listen 80;#listen 127.0.0.1:$plain;#
        s#/etc/ssl/private/nuan.key#$dir/key#; s#/etc/ssl/nuan.crt#$dir/crt#; s#nuan.example.org#localhost#; s#127.0.0.1:8080#127.0.0.1:$behind#"
    echo '}'
} >"$dir/nginx.conf"
is 'the lines of README.md are what nginx takes' nginx -q -t -c "$dir/nginx.conf" -e "$dir/error.log"
[ "$failed" = 0 ] || { cat "$dir/error.log"; exit 1; }
"$nuan" demo --fill-only --dir "$dir" >/dev/null 2>&1
"$nuan" serve --secure --no-supervisor --dir "$dir" --port "$behind" 2>"$dir/log" &
server=$!
nginx -c "$dir/nginx.conf" -e "$dir/error.log"
base=https://localhost:$port
until curl -sf --cacert "$dir/crt" -o /dev/null "$base/login"; do sleep 0.2; done

# ---- Protocols and ciphers

# speaks OPTION...: does a handshake succeed?  Old protocols are tried at security level 0, else it is our side that refuses.
speaks() { openssl s_client -connect "127.0.0.1:$port" -servername localhost -CAfile "$dir/crt" "$@" </dev/null 2>&1 | grep -q 'Cipher is [A-Z]'; }
refuses() { ! speaks "$@"; }
is 'TLS 1.3' speaks -tls1_3
is 'TLS 1.2' speaks -tls1_2
is 'no TLS 1.1' refuses -tls1_1 -cipher 'ALL:@SECLEVEL=0'
is 'no TLS 1.0' refuses -tls1 -cipher 'ALL:@SECLEVEL=0'
for suite in ECDHE-RSA-AES128-GCM-SHA256 ECDHE-RSA-AES256-GCM-SHA384 ECDHE-RSA-CHACHA20-POLY1305; do is "$suite" speaks -tls1_2 -cipher $suite; done
for weak in kRSA aNULL eNULL DHE AES128-SHA ECDHE-RSA-AES128-SHA ECDHE-RSA-AES128-SHA256 ECDHE-RSA-AES256-SHA384 RC4 3DES MD5; do
    [ -n "$(openssl ciphers -s -tls1_2 "$weak:@SECLEVEL=0" 2>/dev/null)" ] || continue         # this openssl could not speak it either
    is "no $weak" refuses -tls1_2 -cipher "$weak:@SECLEVEL=0"
done

# ---- What comes through

has() { printf '%s' "$2" | grep -qi "$1"; }
for path in /login /people /nowhere /static/nuan.js /healthz; do
    head=$(curl -s --cacert "$dir/crt" -D - -o /dev/null "$base$path")
    for line in 'strict-transport-security: max-age=' 'content-security-policy: ' 'x-content-type-options: nosniff' 'referrer-policy: same-origin' \
        'cross-origin-opener-policy: same-origin'; do
        is "$path: $line" has "^$line" "$head"
    done
    is "$path: no version of the proxy" sh -c '! printf "%s" "$1" | grep -qi "nginx/"' - "$head"
done
head=$(curl -s --cacert "$dir/crt" -D - -o /dev/null "$base/login")
is 'cookies: Secure, HttpOnly, SameSite' has '^set-cookie: .*httponly; samesite=lax; secure' "$head"
is 'http leads to https' has '^location: https://localhost' "$(curl -s -D - -o /dev/null "http://localhost:$plain/people")"
is 'the probes are shut from outside' has ' 404' "$(curl -s --cacert "$dir/crt" -D - -o /dev/null "$base/metrics" | head -n 1)"
csrf=$(curl -s --cacert "$dir/crt" -c "$dir/jar" "$base/login" | sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' | head -n 1)
signed=$(curl -s --cacert "$dir/crt" -b "$dir/jar" -c "$dir/jar" -D - -o /dev/null -d "csrf=$csrf&name=worker1&password=nuan-demo-1" "$base/login")
is 'signing in through the proxy' has '^location: /' "$signed"
is 'and working' has ' 200' "$(curl -s --cacert "$dir/crt" -b "$dir/jar" -D - -o /dev/null "$base/people" | head -n 1)"

# ---- Known weaknesses

if command -v testssl >/dev/null; then
    testssl --quiet --color 0 --warnings off -p -U -f --severity MEDIUM --jsonfile "$dir/weak.json" "localhost:$port" >"$dir/weak" 2>&1 || true
    is 'testssl finds no weakness of level MEDIUM or more' sh -c '[ -s "$1" ] && ! grep -q "\"severity\" *: *\"\(MEDIUM\|HIGH\|CRITICAL\)\"" "$1"' - "$dir/weak.json"
    grep -B3 '"severity" *: *"\(MEDIUM\|HIGH\|CRITICAL\)"' "$dir/weak.json" || true
fi
echo "$failed failed"
[ "$failed" = 0 ]
