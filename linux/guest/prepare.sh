#!/bin/sh
# The first program when the disc is made: does what needs Debian's own programs, with memory over the disc, and writes what that changed to the
# second disc, as a tar archive. See scripts/linux-image/prepare-root.ts.
set -eu
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin
export PATH LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

if [ "${1:-}" != below ]; then
	mount -t tmpfs -o mode=755,size=90% memory /mnt
	mkdir /mnt/upper /mnt/work /mnt/root
	mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/root
	cd /mnt/root
	pivot_root . lower
	exec chroot . /usr/lib/two-servers/prepare below
fi

fail() {
	echo "prepare: failed: $1" >/dev/console
	sleep 1000000
}
trap 'fail "a command of the preparation"' EXIT
say() { echo "prepare: $1" >/dev/console; }

mount -t devtmpfs devices /dev
mount -t proc proc /proc
mount -t tmpfs run /run
mount -t tmpfs tmp /tmp
# The same bytes whenever it is made.
date -s @1767225600 >/dev/null
export PYTHONHASHSEED=0
umask 022

# Two machines share the work: the kernel's command line says which half is this one's. It sets a variable of the first program.
half=${half:-1}
if [ "$half" = 1 ]; then
	# The scripts that come with packages ask their questions here: nobody answers, so that each takes its default.
	cat >/tmp/confmodule <<'END'
for question in version capb get set input go title beginblock endblock fset fget register unregister subst reset metaget purge stop; do
	eval "db_$question() { RET=; }"
done
END
	mount --bind /tmp/confmodule /usr/share/debconf/confmodule
	# What starts in the machine is said elsewhere, and Perl is slow here.
	for program in /usr/bin/deb-systemd-helper /usr/sbin/update-rc.d; do mount --bind /usr/bin/true "$program"; done
	while read -r package; do
		say "$package"
		script=/var/lib/dpkg/info/$package.postinst
		[ -e "$script" ] || script=/var/lib/dpkg/info/$package:i386.postinst
		DPKG_MAINTSCRIPT_PACKAGE=$package DPKG_MAINTSCRIPT_NAME=postinst DPKG_MAINTSCRIPT_ARCH=i386 "$script" configure '' \
			</dev/null >/tmp/printed 2>&1 || { cat /tmp/printed >/dev/console; fail "$package's script"; }
	done </usr/lib/two-servers/to-configure
	umount /usr/share/debconf/confmodule /usr/bin/deb-systemd-helper /usr/sbin/update-rc.d

	say 'the linker'
	cd /
	while read -r pattern; do
		# shellcheck disable=SC2086 # the patterns are to be expanded
		rm -rf ./$pattern
	done </usr/lib/two-servers/left-out
	ldconfig
fi

say 'byte code'
# Against the content of the source, and never checked: a page has no other source.
python3 -B -m compileall -q --invalidation-mode unchecked-hash -i "/usr/lib/two-servers/to-compile-$half" >/tmp/printed 2>&1 ||
	{ cat /tmp/printed >/dev/console; fail 'byte code'; }

say writing
umount /tmp
tar --create --file /dev/sdb --directory /lower/mnt/upper .
sync
trap - EXIT
say done
sleep 1000000
