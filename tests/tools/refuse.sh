#!/bin/sh
# refuse.sh SQLGEN TMPLC PO2C FOLDER -- each file of FOLDER/bad is refused with the message that FOLDER/refusals says.
sqlgen=$1 tmplc=$2 po2c=$3 dir=$4
out=$(mktemp -d) || exit 1
trap 'rm -r "$out"' EXIT
failed=0
for file in "$dir"/bad/*; do
    name=${file##*/}
    case $name in
    *.sql) "$sqlgen" -o "$out/bad" --schema "$dir/good/schema.sql" -- "$file" 2>"$out/err" ;;
    *.html) "$tmplc" -o "$out/bad" "$file" 2>"$out/err" ;;
    *.po) "$po2c" -o "$out/bad.c" "$file" 2>"$out/err" ;;
    esac
    status=$?
    got=$(sed 's|^.*/bad/||' "$out/err")
    want=$(grep "^$name:" "$dir/refusals")
    if [ $status -ne 1 ] || [ -z "$want" ] || [ "$got" != "$want" ]; then
        printf 'want: %s\ngot:  %s (status %d)\n' "$want" "$got" $status
        failed=1
    fi
done
[ "$(wc -l < "$dir/refusals")" -eq "$(ls "$dir/bad" | wc -l)" ] || { echo 'refusals and bad/ do not match'; failed=1; }
exit $failed
