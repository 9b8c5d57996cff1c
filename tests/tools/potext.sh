#!/bin/sh
# potext.sh POTEXT FOLDER -- what potext finds in FOLDER/potext is what the file "expected" says.
dir=$2/potext
if got=$("$1" "$dir/en.po" "$dir/src" 2>&1); then echo 'potext found nothing'; exit 1; fi
printf '%s\n' "$got" | sed "s|^$dir/||" | diff "$dir/expected" -
