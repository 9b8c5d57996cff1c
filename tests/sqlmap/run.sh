#!/bin/sh
# run.sh NUAN [PORT] -- sqlmap (Debian package) against a demo county of its own: every parameter of the pages that ask the database by what
# is typed, as a worker, a head, an administrator and nobody.  Takes some minutes, so ./dev test does not run it; docs/security.md.
set -eu
nuan=$1 port=${2:-8391}
command -v sqlmap >/dev/null || { echo 'sqlmap is missing: apt-get install sqlmap'; exit 2; }
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$dir"' EXIT
"$nuan" demo --fill-only --dir "$dir" >/dev/null
"$nuan" serve --dir "$dir" --port "$port" 2>"$dir/log" &
server=$!
base=http://127.0.0.1:$port
until curl -sf -o /dev/null "$base/login"; do sleep 0.2; done

token() { sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' | head -n 1; }
sign_in() {
    csrf=$(curl -s -c "$dir/$1" "$base/login" | token)
    curl -s -o /dev/null -b "$dir/$1" -c "$dir/$1" -d "csrf=$csrf&name=$1&password=nuan-demo-1" "$base/login"
    awk '$6 == "nuan" { print "nuan=" $7 }' "$dir/$1"
}
asked=0 found=0 params=0
# try USER ADDRESS [BODY]
try() {
    user=$1 address=$2 body=${3:-}
    set -- -u "$base$address" --batch --level 2 --risk 2 --technique BEUSQ --flush-session --output-dir "$dir/out" --disable-coloring \
        --answers 'follow=N,redirect=N' --skip 'csrf,to,_once,_page' --threads 2
    [ "$user" = nobody ] || set -- "$@" --cookie "$(cat "$dir/cookie-$user")"
    if [ -n "$body" ]; then
        csrf=$(curl -s ${user:+-b "$dir/$user"} "$base/people" | token)
        set -- "$@" --data "csrf=$csrf&$body"
    fi
    asked=$((asked + 1))
    sqlmap "$@" >"$dir/report" 2>&1 || true
    tried=$(grep -c 'parameter .* does not seem to be injectable' "$dir/report" || true)
    params=$((params + tried))
    if grep -q 'is vulnerable\|injection point(s)' "$dir/report" || [ "$tried" = 0 ]; then
        found=$((found + 1))
        echo "not ok $user $address"
        grep -A4 'Parameter:\|CRITICAL' "$dir/report" || true
    else
        echo "ok $user $address ($tried parameters)"
    fi
}
for user in worker1 head admin county; do sign_in "$user" >"$dir/cookie-$user"; done
: >"$dir/nobody"
person=$(curl -s -b "$dir/worker1" "$base/people" | sed -n 's/.*href="\/people\/\([0-9]\{10,\}\)".*/\1/p' | head -n 1)
unit_of() { curl -s -b "$dir/$1" "$base/" | sed -n 's/.*href="\/unit\/\([0-9]*\)".*/\1/p' | head -n 1; }

try worker1 '/people?q=li&village=350424100001&sex=1&age=old&category=A01&unit=1&sort=newest&per=20&after=1&from=1'
try worker1 '/search?q=li'
try worker1 '/households?q=H&village=350424100001&after=1'
try worker1 '/cases?view=open&q=li&state=intake&worker=1&urgency=1&sort=due&page=1'
try worker1 '/referrals?view=all&q=li&state=sent&source=clerk&page=1'
try worker1 '/disclosures?q=li&kind=referral&page=1'
try worker1 '/discoveries?view=all&q=1&state=new&page=1'
try worker1 '/reports?view=all&q=1&duty=minor&page=1'
try worker1 "/people/$person?x=1"
try worker1 '/access?view=mine&page=1'
try head '/access?view=all&page=1'
try head '/people/doubles?page=1'
try head '/merges?page=1'
try head "/staff?q=li&unit=$(unit_of head)&all=1&skip=0"
try county "/figures?unit=$(unit_of county)&period=custom&from=2026-01-01&to=2026-02-01"
try county '/network?q=x&level=station'
try admin '/users?all=1'
try nobody '/login?next=/people'
try worker1 /people/lookup 'q=li'
try worker1 /find 'to=/people&q=li&sex=1'
try nobody /login 'name=worker1&password=x&next=/'
try worker1 /people/new 'name=x&sex=1&born=1950-01-01&phone=13800000000&village=1'
errors=$(grep -c 'level=error' "$dir/log" || true)
echo "$asked addresses, $params parameters, $found injectable or not tried, $errors errors in the server's log"
grep 'level=error' "$dir/log" | grep -v 'does not open' | sed 's/.*msg=/  /' | sort | uniq -c | sort -rn | head -n 5
[ "$found" = 0 ]
